"""Trainings as they are listed."""

from django.db.models import F, QuerySet

from picking import wire
from picking.models import Training, User
from picking.queries.projects.project_list import projects_of


def light(trainings: QuerySet[Training]) -> QuerySet[Training]:
    """With their jobs, without what grows with the number of labels."""
    return trainings.select_related("job").defer("held_out", "settings")


def networks_of(user: User, only: int | None = None) -> list[wire.NetworksWire]:
    """The current networks of the projects a person is a member of, the newest first; `only`: as in `projects_of`."""
    trainings = Training.objects.filter(project__in=projects_of(user, only), pk=F("project__current_training"))
    newest_first = light(trainings).select_related("project").order_by("-created_at")
    return [wire.networks_wire(training) for training in newest_first]
