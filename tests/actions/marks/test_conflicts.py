"""Two people change one mark, each without knowing of the other's change."""

import json
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid4, uuid5

import pytest

from picking.actions.marks.marks import Asked, apply_operations, apply_together
from picking.models import Micrograph, Project, User
from picking.models.marks import Label, Mark, Region, Verdict
from picking.operation_forms import parse
from tests.people import People

TABLE = json.loads((Path(__file__).parent.parent.parent / "data" / "conflicts.json").read_text())
CASES = [pytest.param(case, id=case["name"]) for case in TABLE["cases"]]
UNKNOWING = [
    pytest.param(case, id=case["name"]) for case in TABLE["cases"] if not any(step["seen"] for step in case["steps"])
]
pytestmark = pytest.mark.django_db


def id_of(mark: str) -> UUID:
    return uuid5(NAMESPACE_OID, mark)


def asked(micrograph: Micrograph, wanted: dict[str, Any], mark: str, after: int | None = None) -> Any:
    said = {name: value for name, value in wanted.items() if name != "mark"}
    return parse({**said, "operation": str(uuid4()), "id": id_of(mark), "micrograph": micrograph.pk, "after": after})


@pytest.fixture
def both(people: People, micrograph: Micrograph) -> dict[str, User]:
    """Anna owns the project, and has put the marks that the table begins with."""
    start = [asked(micrograph, wanted, mark) for mark, wanted in TABLE["start"].items()]
    apply_operations(people.project.pk, people.owner, start)
    return {"anna": people.owner, "ben": people.member}


def batches(case: dict[str, Any]) -> list[list[dict[str, Any]]]:
    """The steps of a case, those together that come together."""
    found: list[list[dict[str, Any]]] = []
    for step in case["steps"]:
        if step.get("joined"):
            found[-1].append(step)
        else:
            found.append([step])
    return found


def marks_now() -> dict[UUID, Mark]:
    return {mark.pk: mark for model in (Label, Region, Verdict) for mark in model._default_manager.all()}


def reached(people: People) -> int:
    return Project.objects.get(pk=people.project.pk).sequence


def assert_end(case: dict[str, Any]) -> None:
    there = marks_now()
    for mark, as_after in case["end"].items():
        if as_after is None:
            assert id_of(mark) not in there
        else:
            wanted = TABLE["operations"][as_after]
            said = {name: value for name, value in wanted.items() if name not in ("mark", "type")}
            assert {name: getattr(there[id_of(mark)], name) for name in said} == said


@pytest.mark.parametrize("case", CASES)
def test_the_marks_end_as_the_table_says_and_who_lost_is_told_by_whom(
    people: People, micrograph: Micrograph, both: dict[str, User], case: dict[str, Any]
) -> None:
    sequences = [reached(people)]
    for steps in batches(case):
        operations = []
        for step in steps:
            wanted = TABLE["operations"][step["does"]]
            after = None if step["seen"] is None else sequences[step["seen"]]
            operations.append(asked(micrograph, wanted, wanted["mark"], after))
        sequence, results = apply_operations(people.project.pk, both[steps[0]["who"]], operations)
        assert [result.status for result in results] == [step["comes"] for step in steps], steps
        for result in results:
            if result.status == "overtaken":
                assert sequence == sequences[-1]
                assert (result.by, both["ben"].username in result.detail) == (both["ben"].pk, True)
        sequences += [sequence] * len(steps)
    assert_end(case)


@pytest.mark.parametrize("case", UNKNOWING)
def test_it_is_the_same_where_they_come_in_one_transaction(
    people: People, micrograph: Micrograph, both: dict[str, User], case: dict[str, Any]
) -> None:
    at_first = reached(people)
    asks = []
    for steps in batches(case):
        wanted = [TABLE["operations"][step["does"]] for step in steps]
        afters = [None if step["seen"] is None else at_first for step in steps]
        operations = [asked(micrograph, each, each["mark"], after) for each, after in zip(wanted, afters, strict=True)]
        asks.append(Asked(both[steps[0]["who"]], operations))
    _, results = apply_together(people.project.pk, asks)
    assert [result.status for some in results for result in some] == [step["comes"] for step in case["steps"]]
    assert_end(case)


def test_a_change_that_was_overtaken_is_so_again_when_it_is_sent_again(
    people: People, micrograph: Micrograph, both: dict[str, User]
) -> None:
    at_first = reached(people)
    for who, does, after in (("ben", "erase", None), ("anna", "move right", at_first)):
        wanted = TABLE["operations"][does]
        operation = asked(micrograph, wanted, wanted["mark"], after)
        apply_operations(people.project.pk, both[who], [operation])
    _, [again] = apply_operations(people.project.pk, both["anna"], [operation])
    assert again.status == "overtaken"
    assert not Label.objects.exists()


def test_what_was_made_offline_long_ago_is_kept(people: People, micrograph: Micrograph, both: dict[str, User]) -> None:
    at_first = reached(people)
    erase = TABLE["operations"]["erase"]
    apply_operations(people.project.pk, both["ben"], [asked(micrograph, erase, "label")])
    new = TABLE["operations"]["move left"]
    _, [result] = apply_operations(people.project.pk, both["anna"], [asked(micrograph, new, "another", at_first)])
    assert result.status == "applied"
    assert Label.objects.count() == 1
