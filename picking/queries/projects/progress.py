"""How far a project and each of its people are, and the time it takes them."""

from collections import Counter, defaultdict
from statistics import median

from django.db.models import Count

from picking import wire
from picking.models import Assignment, Label, Project
from picking.queries.micrographs.visible import visible
from picking.queries.projects.queue import Queue

State = Assignment.State


def queue_wire(project: Project) -> wire.QueueWire:
    """The queue as it stands now."""
    queue = Queue(project)
    far = Counter(queue.state(micrograph) for micrograph in queue.micrographs)
    people: dict[int, list[Assignment]] = defaultdict(list)
    for micrograph in queue.micrographs:
        for one in queue.work.get(micrograph.pk, ()):
            people[one.user_id].append(one)
    labels = _labels(project)
    return {
        "progress": {
            "to_do": far[State.TO_DO],
            "assigned": far[State.ASSIGNED],
            "claimed": far[State.CLAIMED],
            "done": far[State.DONE],
            "reviewed": far[State.REVIEWED],
        },
        "people": [_person(queue, user, people[user], labels) for user in sorted(people)],
    }


def _person(
    queue: Queue, user: int, work: list[Assignment], labels: dict[tuple[int, int], int]
) -> wire.QueuePersonWire:
    far = Counter(queue.held(one) for one in work)
    finished = [one for one in work if one.done_at]
    open_to_all = {micrograph.pk for micrograph in queue.micrographs if not micrograph.blind}
    counts = [labels.get((user, one.micrograph_id), 0) for one in finished if one.micrograph_id in open_to_all]
    return {
        "user": user,
        "assigned": far[State.ASSIGNED],
        "claimed": far[State.CLAIMED],
        "done": far[State.DONE],
        "reviewed": far[State.REVIEWED],
        "median_seconds": median(one.seconds_worked for one in finished) if finished else None,
        "labels_per_micrograph": sum(counts) / len(counts) if counts else None,
    }


def _labels(project: Project) -> dict[tuple[int, int], int]:
    """(author, micrograph) -> how many labels, where everyone sees them."""
    rows = visible(Label, None).filter(micrograph__project=project, author__isnull=False).order_by()
    counted = rows.values_list("author", "micrograph").annotate(n=Count("pk"))
    return {(author, micrograph): n for author, micrograph, n in counted if author is not None}
