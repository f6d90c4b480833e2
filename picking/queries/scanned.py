"""Which micrographs the particle diameter is told from."""

from django.db.models import Q, QuerySet

from picking.models import Micrograph, Project
from picking.queries.micrographs import included

ENOUGH = 3
"""So many tell as much as more would (docs/method.md)."""


def scannable(project: Project) -> QuerySet[Micrograph]:
    """Those of a known pixel size."""
    known = Q() if project.pixel_size else Q(header_pixel_size__gt=0) | Q(listed_pixel_size__gt=0)
    return included(project).filter(known)
