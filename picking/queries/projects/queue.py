"""The queue: how far each micrograph is, who has it, and which is the next (docs/decisions/0060-queue.md)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone

from picking.models import Assignment, Micrograph, Project
from picking.models.assignment import CLAIM_LASTS
from picking.queries.micrographs.micrographs import by_name, included

State = Assignment.State
_FAR = {state: place for place, state in enumerate(State)}


def assignments(project: Project) -> QuerySet[Assignment]:
    """Of all its micrographs."""
    return Assignment.objects.filter(micrograph__project=project)


def last_seen(project: Project) -> dict[int, datetime]:
    """When each member last had a window on the project."""
    seen = project.memberships.filter(looked_at__isnull=False)
    return {user: at for user, at in seen.values_list("user", "looked_at") if at}


def state_of(work: Iterable[Assignment], double: bool, seen: Mapping[int, datetime], now: datetime) -> State:
    """How far a micrograph is: as far as the person who is least far, of all who are to work on it.

    `work`: all that was given or taken of it. `seen`: when each person last had a window on the project, by their ids.
    """
    states = [each for each in (work_state(one, seen.get(one.user_id), now) for one in work) if each]
    places = states + [State.TO_DO] * (people_wanted(double) - len(states))
    return min(places, key=_FAR.__getitem__)


def people_wanted(double: bool) -> int:
    """How many are to work on a micrograph."""
    return 2 if double else 1


def work_state(one: Assignment, seen: datetime | None, now: datetime) -> State | None:
    """How far one person is; None where they took it, left and did not finish: it is free for others.

    What a manager gave stays theirs. `seen`: when the person last had a window on the project; None if never.
    """
    if one.reviewed_at:
        return State.REVIEWED
    if one.done_at:
        return State.DONE
    if is_claimed(one, seen, now):
        return State.CLAIMED
    return State.ASSIGNED if one.assigned else None


def is_claimed(one: Assignment, seen: datetime | None, now: datetime) -> bool:
    """Whether somebody works on it. A program has no window: what it does counts as being here."""
    here = [moment for moment in (one.claimed_at, one.active_at, seen) if moment]
    return one.claimed_at is not None and now - max(here) < CLAIM_LASTS


@dataclass(frozen=True)
class Queue:
    """The queue of a project as it stands now. Excluded micrographs are not in it."""

    project: Project
    now: datetime = field(default_factory=timezone.now)

    @cached_property
    def micrographs(self) -> Sequence[Micrograph]:
        """In the order of their names."""
        return by_name(included(self.project).only("name", "double", "blind", "project"))

    @cached_property
    def work(self) -> Mapping[int, list[Assignment]]:
        """By micrograph, that of excluded ones too."""
        found: dict[int, list[Assignment]] = defaultdict(list)
        for one in assignments(self.project):
            found[one.micrograph_id].append(one)
        return found

    @cached_property
    def seen(self) -> Mapping[int, datetime]:
        return last_seen(self.project)

    def state(self, micrograph: Micrograph) -> State:
        return state_of(self.work.get(micrograph.pk, ()), micrograph.double, self.seen, self.now)

    def held(self, one: Assignment) -> State | None:
        """How far one person's work is; None where it is free for others."""
        return work_state(one, self.seen.get(one.user_id), self.now)

    def places(self, micrograph: Micrograph) -> int:
        """How many more people may take it."""
        return max(0, people_wanted(micrograph.double) - len(self._holders(micrograph)))

    def free(self, micrograph: Micrograph, user: int) -> bool:
        """Whether this person may take it: there is a place, and they have none."""
        return self.places(micrograph) > 0 and user not in self._holders(micrograph)

    def run_out(self, micrograph: Micrograph) -> list[Assignment]:
        """Claims on it that are no more: whoever takes it takes their place."""
        return [one for one in self.work.get(micrograph.pk, ()) if not self.held(one)]

    def _holders(self, micrograph: Micrograph) -> list[int]:
        return [one.user_id for one in self.work.get(micrograph.pk, ()) if self.held(one)]

    def mine(self, user: int) -> list[tuple[Micrograph, Assignment]]:
        """What a person is to do, in the order of names: that a claim has run out matters to others alone."""
        return [
            (micrograph, one)
            for micrograph in self.micrographs
            for one in self.work.get(micrograph.pk, ())
            if one.user_id == user and not one.done_at
        ]
