"""A project with picks, without the minutes that a training takes."""

import json
from collections.abc import Sequence

from tests.e2e.client import ApiPerson
from tests.e2e.server import Server

ADD_PICKS = """
import json
from pathlib import Path
from picking.models import Micrograph, PickSet, Project, Source, Training
from picking.science.picks import as_picks, pack
project = Project.objects.get(pk={project})
training = Training.objects.create(
    project=project, version=1, weights="none", seed=0, settings={{}}, labels={{}}, losses=[],
    has_contamination_network=True,
)
source = Source.objects.create(project=project, kind="training", name="Training 1", training=training)
project.current_training = training
project.save(update_fields=["current_training"])
rows = as_picks(json.loads(Path({path!r}).read_text()))
for micrograph in project.micrographs.all():
    PickSet.objects.create(micrograph=micrograph, source=source, count=len(rows), rows=pack(rows))
"""


def add_picks(server: Server, project: int, rows: Sequence[Sequence[float]]) -> None:
    """Gives every micrograph the same picks: (x, y, particle score, contamination score)."""
    path = server.data / f"picks-{project}.json"
    path.write_text(json.dumps(rows))
    server.run(ADD_PICKS.format(project=project, path=str(path)))


ADD_SOURCE = """
import json
from pathlib import Path
from picking.actions.locked_project import locked_project
from picking.actions.marks.sources import NewSource, make_source
from picking.models import Micrograph, Source, User
from picking.science.picks import as_picks
rows = as_picks(json.loads(Path({path!r}).read_text()))
picks = {{pk: rows for pk in Micrograph.objects.filter(project={project}).values_list("pk", flat=True)}}
with locked_project({project}) as project:
    actor = User.objects.get(username={who!r})
    make_source(project, actor, NewSource(Source.Kind.IMPORTED, {name!r}, picks, {scored}, {{}}))
"""


def add_source(
    server: Server, project: int, name: str, rows: Sequence[Sequence[float]], scored: bool = True, who: str = "anna"
) -> None:
    """Gives every micrograph the same picks of another program: (x, y, score)."""
    path = server.data / f"source-{project}-{name}.json"
    path.write_text(json.dumps([(*row, 0) for row in rows]))
    server.run(ADD_SOURCE.format(project=project, path=str(path), name=name, scored=scored, who=who))


def verdicts(person: ApiPerson, project: int) -> list[tuple[str, float, float]]:
    """Kind and place of each verdict that the server holds."""
    return [(row["kind"], row["x"], row["y"]) for row in person.snapshot(project)["verdicts"]]
