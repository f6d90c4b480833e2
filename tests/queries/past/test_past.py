"""The marks of a moment, replayed from events, are those that the snapshot had then."""

from random import Random
from typing import Any
from uuid import UUID, uuid4

from picking.actions.locked_project import locked_project
from picking.actions.marks.checkpoints import keep_checkpoints
from picking.actions.marks.marks import apply_operations, put_labels
from picking.actions.marks.operations import MARKS, DeleteMark, Operation, PutLabel, PutRegion, PutVerdict
from picking.actions.micrographs.deleted_micrographs import delete_micrographs, restore_micrographs
from picking.models import Checkpoint, Event, Micrograph, Project, Verdict
from picking.queries.past.past import PEOPLE, marks_at
from picking.queries.past.restorations import Scope, difference
from picking.queries.projects.snapshot import snapshot_of
from tests.api.jobs.test_exports import add_micrographs
from tests.people import People

FIELDS = ("labels", "regions", "verdicts")


def marks_now(people: People) -> dict[str, Any]:
    """The marks of the snapshot: rows that share a sequence number do not exist, so their order is settled."""
    snapshot = snapshot_of(people.project.pk, people.owner)
    return {name: snapshot[name] for name in FIELDS}  # type: ignore[literal-required]


def random_put(random: Random, mark: UUID, micrograph: int) -> Operation:
    x, y = random.uniform(0, 98), random.uniform(0, 98)
    kind = random.choice(("label", "region", "verdict"))
    if kind == "label":
        return PutLabel(uuid4(), mark, micrograph, random.choice(("particle", "background")), x, y)
    if kind == "region":
        corners = [[x - 30, y - 30], [x + 30, y - 30], [x, y + 30]]  # some reach over the border, and are clipped
        return PutRegion(uuid4(), mark, micrograph, corners)
    return PutVerdict(uuid4(), mark, micrograph, "accept", x, y, fit=random.choice((None, 0.5)))


def random_operation(random: Random, used: list[UUID], micrographs: list[int]) -> Operation:
    """A new mark, a change of one, another kind with the same id, or a mark that goes; some of them twice."""
    if used and random.random() < 0.3:
        return DeleteMark(uuid4(), random.choice(used), MARKS[random.choice(("label", "region", "verdict"))])
    mark = random.choice(used) if used and random.random() < 0.4 else uuid4()
    used.append(mark)
    return random_put(random, mark, random.choice(micrographs))


def sequence_of(project: Project) -> int:
    project.refresh_from_db()
    return project.sequence


def test_marks_at_any_moment_are_those_the_snapshot_had_then(people: People) -> None:
    rows: list[Micrograph] = add_micrographs(people, "mic_1", "mic_2", "mic_3")
    random, used, kept = Random(7), list[UUID](), dict[int, dict[str, Any]]()
    for turn in range(40):
        left = list(people.project.micrographs.values_list("pk", flat=True))
        actor = random.choice((people.owner, people.member))
        asked = [random_operation(random, used, left) for _ in range(random.randrange(1, 8))]
        apply_operations(people.project.pk, actor, [*asked, asked[0]])
        if turn == 25:
            delete_micrographs(people.project.pk, people.owner, [rows[-1].pk])
        if turn == 35:
            restore_micrographs(people.project.pk, people.owner, [rows[-1].pk])
        kept[sequence_of(people.project)] = marks_now(people)
    people.member.delete()
    assert any(kept[max(kept)][name]["id"] for name in FIELDS)
    assert marks_at(people.project, people.project.sequence) == marks_now(people)
    for sequence, then in kept.items():
        assert marks_at(people.project, sequence) == without_member(then, people)


def without_member(marks: dict[str, Any], people: People) -> dict[str, Any]:
    """As they are shown now that the member's account is gone."""
    return {
        name: {**columns, **{who: [a if a == people.owner.pk else None for a in columns[who]] for who in PEOPLE}}
        for name, columns in marks.items()
    }


def test_labels_that_came_in_a_file_are_replayed_too(people: People) -> None:
    [row] = add_micrographs(people, "mic_1")
    with locked_project(people.project.pk) as project:
        put_labels(project, None, [PutLabel(uuid4(), uuid4(), row.pk, "particle", 5.5, n) for n in range(3)])
    assert marks_at(people.project, sequence_of(people.project)) == marks_now(people)


def test_the_marks_of_one_micrograph_are_given_alone(people: People) -> None:
    first, second = add_micrographs(people, "mic_1", "mic_2")
    puts = [PutLabel(uuid4(), uuid4(), row.pk, "particle", 5.0, 5.0) for row in (first, second)]
    apply_operations(people.project.pk, people.owner, puts)
    now = marks_at(people.project, sequence_of(people.project), second.pk)
    assert now["labels"]["id"] == [str(puts[1].id)]


def test_before_the_first_event_there_is_nothing(people: People) -> None:
    assert marks_at(people.project, 0)["labels"]["id"] == []


def test_verdicts_that_were_told_before_they_had_a_fit_have_none(people: People) -> None:
    [row] = add_micrographs(people, "mic_1")
    verdict = PutVerdict(uuid4(), uuid4(), row.pk, "accept", 5, 5, fit=0.5)
    apply_operations(people.project.pk, people.member, [verdict])
    then = sequence_of(people.project)
    assert marks_at(people.project, then)["verdicts"]["fit"] == [0.5]
    event = Event.objects.get(type="verdict.put")
    del event.data["fit"]
    event.save()
    keep_checkpoints(every=then)
    assert marks_at(people.project, then)["verdicts"]["fit"] == [None]
    assert Checkpoint.objects.filter(project=people.project, sequence=then).exists()
    Verdict.objects.update(fit=None)
    assert difference(people.project, then, Scope()).micrographs == 0
