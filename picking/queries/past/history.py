"""The history: what anyone did, with changes of one kind by one person told as one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from picking import wire
from picking.models import Event, Job, Project, User
from picking.queries.micrographs.visible import visible_events
from picking.queries.past.moments import AT_FIRST
from picking.queries.past.past import FIELDS

PAUSE = timedelta(minutes=10)
"""After a longer one, a person's next change is told apart."""
NEW = timedelta(seconds=5)
"""A mark that was made no longer than this before it was told of is new."""
MOST_PLACES = 50

KINDS: Mapping[str, Sequence[str]] = {
    "labels": ["label.put", "label.deleted"],
    "regions": ["region.put", "region.deleted"],
    "verdicts": ["verdict.put", "verdict.deleted"],
    "restorations": ["marks.restored"],
    "settings": ["project.changed", "project.removed", "project.restored"],
    "micrographs": [
        *("micrograph.added", "micrograph.changed", "micrograph.removed", "micrograph.restored"),
        "ctf.changed",
    ],
    "queue": ["assignments.changed", "micrographs.blind", "micrograph.revealed"],
    "picks": ["source.added", "source.changed", "source.removed"],
    "trainings": ["training.finished", "training.made_current"],
    "comments": ["comment.changed"],
    "work": ["job.changed", "export.removed", "snapshot.removed", "averages.deleted"],
    "members": ["member.changed", "member.removed", "access.changed"],
    "folders": ["watched.changed"],
}
"""What the history can be narrowed to -> types of events. What no person did, such as progress, is in none."""
ASKED_FOR = [Job.Kind.TRAIN, Job.Kind.VALIDATE, Job.Kind.EXPORT, Job.Kind.SNAPSHOT, Job.Kind.AVERAGE]
"""Jobs that people ask for; the others follow from something that is told itself."""
SETTINGS: Mapping[str, tuple[str, Sequence[str]]] = {
    "project.changed": ("project", ["project.changed"]),
    "micrograph.changed": ("micrograph", ["micrograph.added", "micrograph.changed"]),
}
"""Types of events that tell a whole row -> its name in them, and which types told it before."""
NOT_SET = {"id", "key", "levels", "has_reference", "created_at", "created_by"}
"""Fields of such rows that nobody sets."""


def told_in_history(project: Project, reader: int | None, kinds: Iterable[str] = KINDS) -> QuerySet[Event]:
    """The events of some kinds that the history tells a person, without what the server does of its own accord."""
    types = [each for kind in kinds for each in KINDS[kind]]
    of_itself = Q(
        type__in=["job.changed", "micrograph.changed", "watched.changed", "source.removed", "averages.deleted"],
        actor=None,
    )
    of_networks = Q(type="source.added", data__source__kind__in=["training", "first_guess"])
    of_other_work = Q(type="job.changed", data__job__status="queued") & ~Q(data__job__kind__in=ASKED_FOR)
    moved_along = Q(type="assignments.changed", data__has_key="change", data__change__in=["run_out", "restored"])
    to_one_alone = Q(type="micrograph.restored", only_for__isnull=False)  # everyone is told of it as well
    untold = of_itself | of_networks | of_other_work | to_one_alone | moved_along | came_back()
    return visible_events(project, reader).filter(type__in=types).exclude(untold)


def came_back() -> Q:
    """Events that tell of a micrograph as added that was restored, which the next event says."""
    following = {"project": OuterRef("project"), "sequence": OuterRef("sequence") + 1}
    return Q(Exists(Event.objects.filter(type="micrograph.restored", **following)), type="micrograph.added")


def sequence_at(project: Project, at: datetime) -> int:
    """The number of the last event before a time; 0 where there is none. Events are numbered in order of time."""
    low, high = 0, project.sequence
    while low < high:
        middle = (low + high + 1) // 2
        event = project.events.filter(sequence__gte=middle).first()
        if event and event.created_at < at:
            low = event.sequence
        else:
            high = middle - 1
    return low


@dataclass
class _Entry:
    """Events of one kind by one person; the newest came first."""

    type: str
    newest: Event
    oldest: Event
    ids: set[str] = field(default_factory=set)
    micrographs: set[int] = field(default_factory=set)
    kinds: dict[str, int] = field(default_factory=dict)
    places: list[tuple[float, float]] = field(default_factory=list)
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    def take(self, event: Event, before: Mapping[str, Any] | None) -> None:
        self.oldest = event
        data = event.data.get("comment", event.data)
        if _is_of_queue(event):
            self.micrographs |= {*data["micrographs"]}
        elif event.micrograph is not None:
            self.micrographs.add(event.micrograph)
        keys = {*map(str, data["micrographs"] if _is_of_queue(event) else [data.get("id", event.sequence)])}
        new = not keys <= self.ids
        self.ids |= keys
        if event.type == "marks.restored":
            self.kinds = {name: data[name] for name in ("back", "gone", "changed")}
        if new and "kind" in data:
            self.kinds[data["kind"]] = self.kinds.get(data["kind"], 0) + 1
        if new and (place := _place(data)) and len(self.places) < MOST_PLACES:
            self.places.append(place)
        for name, (was, now) in _changes(event, before).items():
            self.changes[name] = (was, self.changes[name][1] if name in self.changes else now)


def entries(project: Project, page: Sequence[Event]) -> list[wire.HistoryEntryWire]:
    """The events of a page, the newest first, as entries, the newest first."""
    before = _told_before(project, page)
    found: list[_Entry] = []
    open_ones: dict[tuple[Any, ...], _Entry] = {}
    for event in page:
        kind = _type(event)
        key = (event.actor_id, kind, _apart(event))
        entry = open_ones.get(key)
        if entry is None or entry.oldest.created_at - event.created_at > PAUSE:
            entry = open_ones[key] = _Entry(kind, event, event)
            found.append(entry)
        entry.take(event, before.get(event.sequence))
    removed = {event.data["id"] for event in page if event.type == "member.removed"}
    workers = {each for event in page if _is_of_queue(event) for each in event.data["people"]}
    wanted = {event.actor_id for event in page} - {None} | removed | workers
    names, people = _names(project, found), User.objects.in_bulk(wanted)
    versions = dict(project.trainings.values_list("pk", "version"))
    about = [
        _others(each.newest, people) if _is_of_queue(each.newest) else _about(each.newest, versions, people)
        for each in found
    ]
    return [_wire(entry, names, people, words) for entry, words in zip(found, about, strict=True)]


def _apart(event: Event) -> Any:
    """What, besides person and kind, sets changes apart: where they are, or what they are about."""
    if event.type in ("micrograph.added", "project.changed", "ctf.changed"):
        return None
    if event.type == "member.removed":
        return event.data["id"]
    if _is_of_queue(event):
        return tuple(event.data["people"])
    return event.micrograph, _about(event, {}, {})


def _type(event: Event) -> str:
    """Whether a mark that was put is new, whether a member came by an invitation, and what was done with the queue."""
    if event.data.get("joined"):
        return "member.joined"
    if _is_of_queue(event):
        return f"assignments.{event.data['change']}"
    kind, _, what = event.type.partition(".")
    if kind not in FIELDS:
        return event.type
    if event.restored:
        return f"{kind}.restored"
    if what == "deleted" or event.created_at - _made(event) < NEW:
        return event.type
    return f"{kind}.changed"


def _is_of_queue(event: Event) -> bool:
    """Whether it says what was done with the queue: those of before do not."""
    return event.type == "assignments.changed" and "change" in event.data


def _made(event: Event) -> datetime:
    made = event.data.get("created_at")
    return datetime.fromisoformat(made) if made else event.created_at


def _place(data: Mapping[str, Any]) -> tuple[float, float] | None:
    """Where a mark is that was put: a move's target, the first corner of a region."""
    if "polygon" in data:
        return data["polygon"][0][0], data["polygon"][0][1]
    if data.get("to_x") is not None:
        return data["to_x"], data["to_y"]
    return (data["x"], data["y"]) if data.get("x") is not None else None


def _told_before(project: Project, page: Sequence[Event]) -> dict[int, dict[str, Any]]:
    """Number of an event that tells a row -> the row as it was told before it."""
    found: dict[int, dict[str, Any]] = {}
    for told, (name, types) in SETTINGS.items():
        numbers = [event.sequence for event in page if event.type == told]
        earlier = Event.objects.filter(project=project, type__in=types, sequence__lt=OuterRef("sequence"))
        if told == "micrograph.changed":
            earlier = earlier.filter(micrograph=OuterRef("micrograph"))
        before = Subquery(earlier.order_by("-sequence").values("data")[:1])
        rows = project.events.filter(sequence__in=numbers).annotate(before=before)
        found |= {number: data[name] for number, data in rows.values_list("sequence", "before") if data}
    return found


def _changes(event: Event, before: Mapping[str, Any] | None) -> dict[str, tuple[Any, Any]]:
    """Setting -> (before, after); of a row's first change, those that new rows have alike."""
    if event.type not in SETTINGS:
        return {}
    row = event.data[SETTINGS[event.type][0]]
    if before is None:
        before = AT_FIRST if event.type == "project.changed" else {}
    return {
        name: (before[name], now)
        for name, now in row.items()
        if name in before and name not in NOT_SET and not isinstance(now, dict | list) and before[name] != now
    }


def _names(project: Project, found: Sequence[_Entry]) -> dict[int, str]:
    """Of the micrographs that are told alone; of those that were removed by what was told of them last."""
    wanted = {each for entry in found if len(entry.micrographs) == 1 for each in entry.micrographs}
    names = dict(project.micrographs.filter(pk__in=wanted).values_list("pk", "name"))
    gone = project.events.filter(
        micrograph__in=wanted - set(names), type__in=["micrograph.added", "micrograph.changed"]
    )
    return names | {event.data["micrograph"]["id"]: event.data["micrograph"]["name"] for event in gone}


def _about(event: Event, versions: Mapping[int, int], people: Mapping[int, User]) -> str:
    """What an event is about that is about no micrograph, in a word or two. `versions`: of trainings, by their ids."""
    data: dict[str, Any] = event.data
    match event.type.partition(".")[0]:
        case "training":
            told = data["training"]
            about = told["version"] if isinstance(told, dict) else versions.get(told, "")
        case "source" if "source" in data:
            about = data["source"]["name"]
        case "member" if "member" in data:
            about = f"{data['member']['username']}: {data['member']['role']}"
        case "member":
            about = people[data["id"]].username if data["id"] in people else ""
        case "access":
            about = f"{data['what']} {data['change']}: {data['name']}"
        case "snapshot" | "export":
            about = data["name"]
        case "averages":
            about = data["number"]
        case "marks":
            about = "undo" if data["undoes"] else ""
        case "comment":
            about = data["change"]
        case "job":
            about = f"{data['job']['kind']} {data['job']['status']}"
        case "watched":
            about = data["watched"]["place"]
        case _:
            about = ""
    return str(about)


def _others(event: Event, people: Mapping[int, User]) -> str:
    """Whose micrographs of the queue it is about, besides those of who did it."""
    return ", ".join(
        people[each].username for each in event.data["people"] if each in people and each != event.actor_id
    )


def _wire(entry: _Entry, names: Mapping[int, str], people: Mapping[int, User], about: str) -> wire.HistoryEntryWire:
    newest, one = entry.newest, len(entry.micrographs) == 1
    micrograph = next(iter(entry.micrographs)) if one else None
    who = people.get(newest.actor_id) if newest.actor_id else None
    return {
        "first": entry.oldest.sequence,
        "last": newest.sequence,
        "since": entry.oldest.created_at.isoformat(),
        "until": newest.created_at.isoformat(),
        "actor": newest.actor_id,
        "who": who.username if who else "",
        "type": entry.type,
        "count": len(entry.ids),
        "micrograph": micrograph,
        "micrographs": len(entry.micrographs),
        "name": names.get(micrograph, "") if micrograph is not None else "",
        "kinds": entry.kinds,
        "places": entry.places,
        "changes": entry.changes,
        "about": about,
    }
