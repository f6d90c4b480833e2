"""How people agree who labelled blind, and what of it is settled."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from picking.actions.labelling import queue
from picking.actions.labelling.revealing import reveal_early
from picking.actions.marks.marks import apply_operations
from picking.actions.marks.operations import DeleteMark, MarkOperation, PutLabel, PutVerdict
from picking.models import Label, Micrograph
from picking.queries.picks.double_agreement import double_agreement, is_settled, label_differences
from picking.science.compare.people import Difference
from picking.science.picks import as_points
from tests.double import begin, label, labelled_twice
from tests.people import People
from tests.queue import make_micrographs

pytestmark = pytest.mark.django_db

P, B = "particle", "background"
FIRST = [(100.0, 100.0, P), (300.0, 100.0, P), (500.0, 100.0, P), (100.0, 400.0, P)]
SECOND = [(102.0, 100.0, P), (300.0, 104.0, B), (525.0, 100.0, P), (400.0, 400.0, P)]


@pytest.fixture
def row(people: People) -> Micrograph:
    """A particle is 40 pixels large."""
    (micrograph,) = make_micrographs(people.project, 1)
    return micrograph


@pytest.fixture
def put(people: People, row: Micrograph) -> tuple[list[PutLabel], list[PutLabel]]:
    return labelled_twice(people, row, FIRST, SECOND)


Put = tuple[list[PutLabel], list[PutLabel]]


def delete(one: PutLabel) -> DeleteMark:
    return DeleteMark(uuid4(), one.id, PutLabel)


def accept(one: PutLabel) -> PutVerdict:
    return PutVerdict(uuid4(), uuid4(), one.micrograph, "accept", one.x, one.y)


def left(people: People, row: Micrograph, *done: MarkOperation) -> list[str]:
    """What is not settled after a manager's operations."""
    apply_operations(people.project.pk, people.manager, done)
    row.refresh_from_db()
    return [each["what"] for each in label_differences(row)["differences"] if not each["settled"]]


def test_a_pair_is_told_with_its_figures(people: People, put: Put) -> None:
    (pair,) = double_agreement(people.project)["pairs"]
    assert pair["people"] == (people.owner.pk, people.member.pk)
    assert (pair["first"], pair["second"], pair["matched"]) == (4, 3, 1)
    assert (pair["precision"], pair["recall"], pair["surplus"]) == (1 / 3, 1 / 4, -1)
    assert (pair["kinds_matched"], pair["kinds_agreed"], pair["kappa"]) == (2, 1, 0)
    told: tuple[object, ...] = (pair["offset"], pair["offset_px"], pair["offsets"])
    assert told == ((8.0, 0.0), (2.0, 0.0), [[8.0, 0.0]])


def test_differences_are_told_with_their_labels(people: People, row: Micrograph, put: Put) -> None:
    row.refresh_from_db()
    found = label_differences(row)
    assert found["people"] == [people.owner.pk, people.member.pk]
    assert [each["what"] for each in found["differences"]] == ["kind", "apart", "only_first", "only_second"]
    assert found["differences"][2]["first"] == {
        "id": str(put[0][3].id),
        "author": people.owner.pk,
        "kind": P,
        "x": 100,
        "y": 400,
    }


def test_a_label_that_is_deleted_settles_its_difference(people: People, row: Micrograph, put: Put) -> None:
    first, second = put
    assert left(people, row, delete(second[1]), delete(first[3])) == ["apart", "only_second"]
    assert double_agreement(people.project)["micrographs"] == [
        {"id": row.pk, "people": (people.owner.pk, people.member.pk), "differences": 4, "open": 2}
    ]


def test_what_is_accepted_is_settled_of_two_that_lie_apart_when_both_are(
    people: People, row: Micrograph, put: Put
) -> None:
    first, second = put
    assert left(people, row, accept(first[3]), accept(first[2])) == ["kind", "apart", "only_second"]
    assert left(people, row, accept(second[2])) == ["kind", "only_second"]


def test_undoing_an_accept_opens_its_difference_again(people: People, row: Micrograph, put: Put) -> None:
    accepted = accept(put[0][3])
    assert "only_first" not in left(people, row, accepted)
    assert "only_first" in left(people, row, DeleteMark(uuid4(), accepted.id, PutVerdict))


def test_labels_that_were_changed_until_they_agree_differ_no_more(people: People, row: Micrograph, put: Put) -> None:
    kind, apart = put[1][1], put[1][2]
    alike = PutLabel(uuid4(), kind.id, row.pk, P, kind.x, kind.y)
    nearer = PutLabel(uuid4(), apart.id, row.pk, P, 505.0, 100.0)
    assert left(people, row, alike, nearer) == ["only_first", "only_second"]


def test_settling_changes_no_figure(people: People, row: Micrograph, put: Put) -> None:
    before = double_agreement(people.project)["pairs"]
    left(people, row, *map(delete, put[0]))
    assert double_agreement(people.project)["pairs"] == before


def test_nothing_is_told_while_it_is_blind(people: People, row: Micrograph) -> None:
    begin(people)
    label(people, row, people.owner, FIRST)
    queue.finish(row, people.owner)
    row.refresh_from_db()
    assert double_agreement(people.project) == {"pairs": [], "micrographs": [], "unfinished": 0}
    assert label_differences(row) == {"people": [], "differences": []}


def test_what_was_revealed_before_two_had_finished_is_in_no_figure(people: People, row: Micrograph) -> None:
    begin(people)
    label(people, row, people.owner, FIRST)
    queue.finish(row, people.owner)
    reveal_early(people.project.pk, people.owner, [row.pk])
    row.refresh_from_db()
    assert double_agreement(people.project) == {"pairs": [], "micrographs": [], "unfinished": 1}
    assert label_differences(row)["differences"] == []


def test_micrographs_that_both_left_empty_agree(people: People, row: Micrograph) -> None:
    labelled_twice(people, row, [], [])
    (pair,) = double_agreement(people.project)["pairs"]
    assert (pair["first"], pair["second"], pair["kappa"], pair["offset"]) == (0, 0, None, (0, 0))


TABLE = json.loads((Path(__file__).parents[2] / "data" / "settled.json").read_text())


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in TABLE["cases"]])
def test_what_is_settled_is_as_the_page_has_it(case: dict[str, Any]) -> None:
    here = [Label(x=one[0], y=one[1], kind=one[2]) if one else None for one in case["labels"]]
    difference = Difference(case["what"], 0, 0)
    assert is_settled(difference, here, as_points(case["accepts"]), TABLE["near"]) == case["settled"]
