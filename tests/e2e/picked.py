"""A project with picks, without the minutes that a training takes."""

from tests.e2e.client import ApiPerson
from tests.e2e.server import Server

ADD_PICKS = """
from picking.models import Micrograph, PickSet, Project, Training
from picking.science.picks import as_picks, pack
project = Project.objects.get(pk={project})
training = Training.objects.create(
    project=project, version=1, weights="none", seed=0, settings={{}}, labels={{}}, losses=[],
    has_contamination_network=True,
)
project.current_training = training
project.save(update_fields=["current_training"])
for micrograph in project.micrographs.all():
    rows = as_picks({rows})
    PickSet.objects.create(micrograph=micrograph, training=training, count=len(rows), rows=pack(rows))
"""


def add_picks(server: Server, project: int, rows: list[tuple[float, float, float, float]]) -> None:
    """Gives every micrograph the same picks: (x, y, particle score, contamination score)."""
    server.manage("shell", "-v0", "-c", ADD_PICKS.format(project=project, rows=rows))


def verdicts(person: ApiPerson, project: int) -> list[tuple[str, float, float]]:
    """Kind and place of each verdict that the server holds."""
    return [(row[2], row[3], row[4]) for row in person.snapshot(project)["verdicts"]]
