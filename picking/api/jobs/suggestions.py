"""Label these next."""

from dataclasses import asdict
from typing import TypedDict

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from picking.access import project_for
from picking.actions.locked_project import require_open
from picking.models import Right
from picking.queries.jobs.due import guesses
from picking.queries.micrographs.pick_sets import latest_pick_sets
from picking.queries.picks.suggestions import suggestions
from picking.refusals import Conflict
from picking.science.suggest import Question


class SuggestionWire(TypedDict):
    """A place to label, in full-resolution pixels. `question`: what the networks do not know there, or "sure"."""

    micrograph: int
    x: float
    y: float
    question: Question


class Suggestions(TypedDict):
    """The places where a label would teach most, in the order in which to go."""

    places: list[SuggestionWire]


@extend_schema(responses=Suggestions)
@api_view(["GET"])
def suggest(request: Request, project_id: int) -> Response:
    """The places where a label would teach most; for those who may label them."""
    project = project_for(request, project_id, Right.ANNOTATE)
    require_open(project)
    if not latest_pick_sets(project).exists():
        if project.current_training_id is None and not guesses(project):
            raise Conflict("Train first: then the networks can show where a label would teach them most.")
        raise Conflict("The networks have not picked any micrograph yet. Try again in a moment.")
    return Response({"places": [asdict(place) for place in suggestions(project)]})
