"""Take micrographs from the queue, finish them, review what others did (docs/decisions/0060-queue.md).

The project's row is locked meanwhile: two people who ask for the next at the same moment get different ones.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from django.utils import timezone

from picking import events, wire
from picking.actions.labelling.revealing import reveal_if_done
from picking.actions.locked_project import locked_project, require_open
from picking.actions.people.activity import count_time
from picking.events import AssignmentChange
from picking.models import Assignment, Micrograph, Project, Role, User
from picking.models.people.membership import Right
from picking.queries.micrographs.micrographs import included
from picking.queries.picks.suggestions import teaching_order
from picking.queries.projects.queue import Queue
from picking.refusals import Conflict, Refused

Order = Literal["name", "teach"]
"""In which free micrographs are handed out: by name, or as labels on them teach most."""


def take_next(project_id: int, actor: User, after: int | None = None, order: Order = "name") -> Assignment | None:
    """The next of a person's own after the micrograph `after`, else the first free one, claimed; None: nothing is left.

    Asking again, as after a lost answer, gives the same one: it is their own then.
    """
    with locked_project(project_id) as project:
        require_open(project)
        queue = Queue(project)
        own = _following(queue, actor.pk, after)
        if own:
            return _claim(queue, own, actor)
        left = {each.pk for each, _ in queue.mine(actor.pk)}  # the one that they are at, where that claim has run out
        free = [each for each in queue.micrographs if each.pk not in left and queue.free(each, actor.pk)]
        if not free:
            return None
        return _take(queue, _first(project, free, order), actor)


def claim(micrograph: Micrograph, actor: User) -> Assignment:
    """A person works on this one. Raises Conflict where others have it, and Refused where it is excluded."""
    with locked_project(micrograph.project_id) as project:
        require_open(project)
        queue = Queue(project)
        own = _own(micrograph, actor)
        if own and own.done_at:
            raise Conflict(f"You have finished {micrograph.name}. Reopen it to go on with it.")
        return _claim(queue, own, actor) if own else _take(queue, _free(queue, micrograph, actor), actor)


def give_back(micrograph: Micrograph, actor: User) -> None:
    """Others may take it. One that a manager gave stays assigned."""
    with locked_project(micrograph.project_id) as project:
        require_open(project)
        own = _own(micrograph, actor)
        if own is None or own.done_at:
            raise Conflict(f"You are not working on {micrograph.name}.")
        if not own.assigned:
            remove(project, [own], actor)
        else:
            count_time(own, timezone.now())
            own.claimed_at = None
            _save(project, own, actor, "put_down")


def finish(micrograph: Micrograph, actor: User) -> Assignment:
    """A person is done with it. One that nobody has needs no claiming first. Raises Conflict where others have it."""
    with locked_project(micrograph.project_id) as project:
        require_open(project)
        queue = Queue(project)
        own = _own(micrograph, actor) or _new(queue, _free(queue, micrograph, actor), actor)
        if own.done_at:
            return own
        count_time(own, queue.now)
        own.claimed_at, own.done_at, own.sent_back = own.claimed_at or queue.now, queue.now, ""
        _save(project, own, actor, "finished")
        reveal_if_done(project, micrograph.pk, actor)
        return own


def reopen(micrograph: Micrograph, actor: User) -> Assignment:
    """A person goes on with what they had finished. A review of it no longer holds."""
    with locked_project(micrograph.project_id) as project:
        require_open(project)
        own = _own(micrograph, actor)
        if own is None or not own.done_at:
            raise Conflict(f"You have not finished {micrograph.name}.")
        _undo(own)
        own.claimed_at = own.active_at = timezone.now()
        return _save(project, own, actor, "reopened")


def review(micrograph: Micrograph, actor: User, worker: int, accepted: bool, reason: str = "") -> Assignment:
    """Accepts what another person did, or sends it back to them with a reason. Raises Conflict and Refused."""
    with locked_project(micrograph.project_id) as project:
        require_open(project)
        one = micrograph.assignments.select_related("user").filter(user=worker).first()
        if one is None or not one.done_at:
            raise Conflict("This person has not finished this micrograph. Review it when they have.")
        if project.micrographs.filter(pk=micrograph.pk, blind=True).exists():
            raise Refused(f"{micrograph.name} is labelled blind. Review it once everyone has finished.")
        if worker == actor.pk:
            raise Refused("Somebody else than the one who did it reviews it.")
        own = _own(micrograph, actor)
        if own and not own.done_at:
            raise Refused("You are to work on this micrograph yourself. Finish it, then review what others did.")
        if accepted:
            one.reviewed_by, one.reviewed_at = actor, timezone.now()
        else:
            _send_back(project, one, reason)
        return _save(project, one, actor, "accepted" if accepted else "sent_back")


def free_unfinished(project: Project, user_id: int, actor: User | None) -> None:
    """What a person has not finished goes to others: they have left the locked project, or label no more.

    On deleted micrographs too, which may be restored.
    """
    rows = Assignment.including_deleted.filter(micrograph__project=project, user=user_id, done_at=None)
    remove(project, rows, actor)


def remove(
    project: Project, rows: Iterable[Assignment], actor: User | None, change: AssignmentChange = "freed"
) -> None:
    """Frees micrographs, of the locked project."""
    rows = list(rows)
    Assignment.including_deleted.filter(pk__in=[row.pk for row in rows]).delete()
    if rows:
        tell(project, change, rows, actor, removed=True)


def tell(
    project: Project,
    change: AssignmentChange,
    rows: Sequence[Assignment],
    actor: User | None,
    removed: bool = False,
    doubled: Iterable[Micrograph] = (),
) -> None:
    """Tells what was done with assignments of the locked project. `removed`: they are no more."""
    told = events.AssignmentsChanged(
        assignments=[] if removed else [wire.assignment_wire(row) for row in rows],
        removed=[row.pk for row in rows] if removed else [],
        doubled=sorted({each.pk for each in doubled}),
        change=change,
        micrographs=sorted({row.micrograph_id for row in rows}),
        people=sorted({row.user_id for row in rows}),
    )
    events.append(project, told, actor)


def _send_back(project: Project, one: Assignment, reason: str) -> None:
    if not reason:
        raise Refused("Say what is to be done again.")
    role = project.memberships.filter(user=one.user_id).values_list("role", flat=True).first()
    if role is None or not Role(role).may(Right.ANNOTATE):
        raise Refused(f"{one.user} no longer labels here. Label it yourself, or give it to somebody else.")
    _undo(one)
    one.assigned, one.claimed_at, one.sent_back = True, None, reason


def _undo(one: Assignment) -> None:
    one.done_at = one.reviewed_by = one.reviewed_at = None


def _following(queue: Queue, user: int, after: int | None) -> Assignment | None:
    """Of a person's own in the order of names, round and round; never the one that they are at."""
    ids = [micrograph.pk for micrograph in queue.micrographs]
    at = ids.index(after) if after in ids else -1
    own = {micrograph.pk: one for micrograph, one in queue.mine(user)}
    return next((own[each] for each in [*ids[at + 1 :], *ids[: max(at, 0)]] if each in own), None)


def _first(project: Project, free: Sequence[Micrograph], order: Order) -> Micrograph:
    if order == "name":
        return free[0]
    rows = {micrograph.pk: micrograph for micrograph in free}
    return next(rows[each] for each in teaching_order(project) if each in rows)


def _own(micrograph: Micrograph, actor: User) -> Assignment | None:
    return micrograph.assignments.filter(user=actor).first()


def _free(queue: Queue, micrograph: Micrograph, actor: User) -> Micrograph:
    """The micrograph, where it is there to be taken. Raises Refused and Conflict."""
    row = included(queue.project).filter(pk=micrograph.pk).first()
    if row is None:
        raise Refused(f"{micrograph.name} is excluded. Include it again to work on it.")
    if not queue.free(row, actor.pk):
        raise Conflict(f"{micrograph.name} is in other hands. Press Next for one that is free.")
    return row


def _take(queue: Queue, micrograph: Micrograph, actor: User) -> Assignment:
    return _claim(queue, _new(queue, micrograph, actor), actor)


def _new(queue: Queue, micrograph: Micrograph, actor: User) -> Assignment:
    """A row for a place that is free. Whose claim on it has run out has it no more."""
    remove(queue.project, queue.run_out(micrograph), actor, "run_out")
    return Assignment(micrograph=micrograph, user=actor)


def _claim(queue: Queue, one: Assignment, actor: User) -> Assignment:
    if queue.held(one) == Assignment.State.CLAIMED:
        return one
    one.claimed_at = one.active_at = queue.now
    return _save(queue.project, one, actor, "taken")


def _save(project: Project, one: Assignment, actor: User, change: AssignmentChange) -> Assignment:
    one.save()
    tell(project, change, [one], actor)
    return one
