"""A micrograph that two people have labelled blind, and finished."""

from collections.abc import Sequence
from uuid import uuid4

from picking.actions.labelling import queue
from picking.actions.labelling.double_labelling import DoubleLabelling, begin_double_labelling
from picking.actions.marks.marks import apply_operations
from picking.actions.marks.operations import PutLabel
from picking.models import Micrograph, User
from tests.people import People

Places = Sequence[tuple[float, float, str]]


def begin(people: People) -> None:
    """The owner and the member label all that is free."""
    pair = DoubleLabelling([people.owner.pk, people.member.pk], 1.0, seed=7)
    begin_double_labelling(people.project.pk, people.owner, pair)


def label(people: People, micrograph: Micrograph, actor: User, places: Places) -> list[PutLabel]:
    puts = [PutLabel(uuid4(), uuid4(), micrograph.pk, kind, x, y) for x, y, kind in places]
    apply_operations(people.project.pk, actor, puts)
    return puts


def labelled_twice(
    people: People, micrograph: Micrograph, first: Places, second: Places
) -> tuple[list[PutLabel], list[PutLabel]]:
    """By the owner and by the member; what they put."""
    begin(people)
    put = label(people, micrograph, people.owner, first), label(people, micrograph, people.member, second)
    queue.finish(micrograph, people.owner)
    queue.finish(micrograph, people.member)
    return put
