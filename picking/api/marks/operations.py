"""What people do on the canvas, in batches."""

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from picking.access import person, project_for
from picking.actions.marks.marks import apply_operations
from picking.models import Right
from picking.operation_forms import Batch, applied_wire, parse
from picking.wire import AppliedWire


@extend_schema(request=Batch, responses=AppliedWire)
@api_view(["POST"])
def apply(request: Request, project_id: int) -> Response:
    """Applies operations in order; one that is refused says why, and the others continue."""
    project_for(request, project_id, Right.ANNOTATE)
    batch = Batch(data=request.data)
    batch.is_valid(raise_exception=True)
    wanted = [parse(each) for each in batch.validated_data["operations"]]
    return Response(applied_wire(*apply_operations(project_id, person(request), wanted)))
