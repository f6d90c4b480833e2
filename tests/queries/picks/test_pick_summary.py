"""A summary of the picks that a page does not hold."""

from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from picking.models import Label, Micrograph, Project
from picking.queries.micrographs import micrograph_list
from picking.queries.micrographs.final_picks import final_picks
from picking.queries.micrographs.micrographs import included
from picking.queries.picks.pick_summary import pick_summary
from picking.queries.projects.snapshot import snapshot_of
from picking.wire import PickSummaryWire
from tests.people import People
from tests.trainings import make_picks, make_training

pytestmark = pytest.mark.django_db
ROWS = [[100, 100, 0.9, 0.1], [120, 100, 0.8, 0.1], [300, 300, 0.4, 0.2], [500, 500, 0.7, 0.9], [2, 2, 0.95, 0.0]]


@pytest.fixture
def project(people: People) -> Project:
    """With picks on three micrographs: one has labels near a pick and elsewhere, one thresholds of its own."""
    project = people.project
    make_picked(project, 3)
    first, second, _ = project.micrographs.order_by("pk")
    for kind, x in (("background", 100.0), ("particle", 400.0)):
        Label.objects.create(id=uuid4(), micrograph=first, author=people.member, kind=kind, x=x, y=100.0, sequence=1)
    Micrograph.objects.filter(pk=second.pk).update(particle_threshold=0.3, contamination_threshold=1.0)
    project.border_margin, project.minimum_distance = 0.1, 0.0
    return project


def make_picked(project: Project, count: int) -> None:
    """Adds so many micrographs with the same picks."""
    size = {"file_name": "m.mrc", "width": 640, "height": 640, "header_pixel_size": 2.0}
    rows = [Micrograph(project=project, name=f"m{n}", **size) for n in range(count)]
    training = project.current_training or make_training(project)
    project.current_training = training
    project.save(update_fields=["current_training"])
    for micrograph in Micrograph.objects.bulk_create(rows):
        make_picks(training, micrograph, ROWS)


def by_the_rule(project: Project, reader: int) -> dict[int, Any]:
    """Final picks, those of networks, and their mean score, as the rule of exports has them."""
    found = {}
    for each in final_picks(project, included(project), reader):
        scores = each.picks.particle_score[~np.isnan(each.picks.particle_score)]
        networks = sum(source != "label" for source in each.picks.source)
        found[each.micrograph.pk] = (len(each.picks), networks, pytest.approx(scores.mean()))
    return found


def counted(summary: PickSummaryWire) -> dict[int, tuple[int, int, float | None]]:
    columns = (summary[name] for name in ("final", "found", "score"))
    return dict(zip(summary["micrographs"], zip(*columns, strict=True), strict=True))


@pytest.mark.parametrize("minimum_distance", [0.0, 0.6])
def test_it_counts_as_the_rule_of_final_picks(people: People, project: Project, minimum_distance: float) -> None:
    project.minimum_distance = minimum_distance
    expected = by_the_rule(project, people.viewer.pk)
    assert counted(pick_summary(project, people.viewer.pk)) == expected
    assert len({final for final, *_ in expected.values()}) > 1


def test_it_counts_at_thresholds_that_are_tried(people: People, project: Project) -> None:
    before = pick_summary(project, people.viewer.pk)
    path = f"/api/v1/projects/{project.pk}/picks/summary"
    tried = people.client("viewer").get(path, {"particle_threshold": 0.85, "border_margin": 0.1}).json()
    assert tried["final"] != before["final"]
    assert people.client("viewer").get(path, {"particle_threshold": 2}).status_code == 400


def test_nothing_is_counted_again_while_the_project_is_unchanged(
    people: People, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, client = f"/api/v1/projects/{project.pk}/picks/summary", people.client("viewer")
    known = {"If-None-Match": client.get(path)["ETag"]}
    monkeypatch.setattr("picking.api.marks.pick_summary.pick_summary", lambda *_: {"counted": "again"})
    assert client.get(path, headers=known).status_code == 304
    Project.objects.filter(pk=project.pk).update(sequence=project.sequence + 1)
    assert client.get(path, headers=known).json() == {"counted": "again"}


def test_scores_are_counted_of_all_picks_that_keep_the_margin(people: People, project: Project) -> None:
    found = pick_summary(project, people.viewer.pk)
    assert found["total"] == sum(found["particle"]) == sum(found["contamination"]) == sum(found["plane"]) == 3 * 4
    assert (found["particle"][44], found["contamination"][44]) == (3, 3)  # 0.9 as float32


def test_another_margin_leaves_other_scores(people: People, project: Project) -> None:
    before = pick_summary(project, people.viewer.pk)
    project.border_margin = 0.0
    assert pick_summary(project, people.viewer.pk)["total"] == before["total"] + 3


def test_excluded_micrographs_do_not_take_part(people: People, project: Project) -> None:
    project.micrographs.filter(name="m2").update(excluded=True)
    assert len(pick_summary(project, people.viewer.pk)["micrographs"]) == 2


def test_a_thousand_micrographs_cost_no_more_queries_than_ten(people: People) -> None:
    def queries() -> list[int]:
        counts = []
        for ask in (pick_summary, lambda project, reader: snapshot_of(project.pk, people.viewer)):
            micrograph_list.forget()  # no event told of these micrographs
            with CaptureQueriesContext(connection) as made:
                ask(people.project, people.viewer.pk)
            counts.append(len(made))
        return counts

    make_picked(people.project, 10)
    ten = queries()
    more = people.project.micrographs.first()
    assert more is not None
    size = {"file_name": "m.mrc", "width": 640, "height": 640}
    Micrograph.objects.bulk_create(Micrograph(project=people.project, name=f"n{n}", **size) for n in range(990))
    assert people.project.current_training is not None
    for micrograph in people.project.micrographs.filter(name__startswith="n")[:300]:
        make_picks(people.project.current_training, micrograph, ROWS)
    assert queries() == ten
