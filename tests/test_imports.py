"""The direction of imports (CONTRIBUTING.md): a convention without a check does not exist."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Each room, and the rooms whose code it may use. A room is a file or a folder of `picking`, or a file of `cryoweb`.
ALLOWED: dict[str, set[str]] = {
    "__init__": set(),
    "apps": set(),
    "science": {"science"},
    "models": {"models"},
    "admin": {"actions", "models", "pages", "room"},
    "wire": {"wire", "models", "science"},
    "storage": {"models"},
    "events": {"wire", "server", "models"},
    "queries": {"queries", "in_place", "server", "refusals", "storage", "wire", "models", "science", "version"},
    "data_roots": {"models"},
    "folders": {"data_roots", "refusals", "science"},
    "in_place": {"data_roots", "models", "science", "storage"},
    "places": {"places", "data_roots", "folders", "refusals", "science"},
    "access": {"server", "models"},
    "signins": {"models"},
    "files": set(),
    "refusals": set(),
    "problems": {"server", "refusals", "room"},
    "finite_float": set(),
    "operation_forms": {"actions", "finite_float", "wire"},
    "room": set(),
    "version": set(),
    "server": {"server"},
    "observed": {"server", "models"},
    "heartbeat": {"actions", "server", "models", "room", "version"},
    "backups": {"backups", "actions", "models", "refusals", "room", "version"},
    "zipping": set(),
    "checks": {"checks", "jobs", "models", "queries", "room", "science", "version"},
    "bodies": {"problems", "room", "tiles"},
    "actions": {
        "actions",
        "data_roots",
        "events",
        "files",
        "server",
        "queries",
        "refusals",
        "room",
        "storage",
        "version",
        "wire",
        "models",
        "science",
    },
    "jobs": {
        "jobs",
        "actions",
        "data_roots",
        "files",
        "heartbeat",
        "in_place",
        "server",
        "places",
        "queries",
        "refusals",
        "room",
        "storage",
        "wire",
        "models",
        "science",
        "zipping",
    },
    "tiles": {"tiles", "access", "live", "server", "signins", "storage", "models", "science"},
    "schema": {"schema", "live", "problems", "wire", "models"},
    "live": {
        *(
            "live",
            "access",
            "actions",
            "events",
            "heartbeat",
            "models",
            "operation_forms",
            "server",
            "problems",
            "signins",
        ),
        *("server", "wire"),
    },
    "api": {
        "api",
        "access",
        "actions",
        "server",
        "data_roots",
        "finite_float",
        "operation_forms",
        "places",
        "problems",
        "queries",
        "refusals",
        "room",
        "schema",
        "signins",
        "storage",
        "wire",
        "models",
        "science",
        "tiles",
        "zipping",
    },
    "pages": {
        *("pages", "access", "actions", "server", "models", "problems", "refusals", "room", "signins"),
        *("checks", "live", "observed", "queries"),
    },
    "templatetags": {"pages", "room"},
    "web_server": {"live"},
    "management": {
        "management",
        "checks",
        "actions",
        "backups",
        "data_roots",
        "queries",
        "places",
        "jobs",
        "models",
        "pages",
        "refusals",
        "room",
        "schema",
        "science",
        "server",
        "web_server",
        "wire",
        "cryoweb.environment",
    },
    "cryoweb.environment": set(),
    "cryoweb.accounts": set(),
    "cryoweb.logs": set(),
    "cryoweb.settings": {"cryoweb.accounts", "cryoweb.environment", "cryoweb.logs"},
    "cryoweb.celery": {"cryoweb.environment"},
    "cryoweb.__init__": {"cryoweb.celery"},
    "cryoweb.urls": set(),
    "cryoweb.asgi": {"cryoweb.urls", "bodies", "live", "observed", "tiles"},
}


def room_of(module: str) -> str:
    """The room of a module of ours by its full name, `picking.live.urls` say."""
    package, name = [*module.split("."), "__init__"][:2]
    return name if package == "picking" else f"{package}.{name}"


def files() -> dict[Path, str]:
    """Every file of ours with its room. Django writes the migrations."""
    ours = [*(ROOT / "picking").rglob("*.py"), *(ROOT / "cryoweb").rglob("*.py")]
    names = {file: ".".join(file.relative_to(ROOT).with_suffix("").parts) for file in sorted(ours)}
    return {file: room_of(name) for file, name in names.items() if not name.startswith("picking.migrations.")}


FILES = files()


def files_of(room: str) -> list[Path]:
    return [file for file, its_room in FILES.items() if its_room == room]


def imported(file: Path) -> Iterator[str]:
    """Full names of the modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module, f"{file} imports from a dot: write the full name"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_room_has_a_rule() -> None:
    assert {*FILES.values()} == {*ALLOWED}


@pytest.mark.parametrize("room", ALLOWED)
def test_imports_point_one_way(room: str) -> None:
    breaches = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in files_of(room)
        for name in imported(file)
        if name.split(".")[0] in {"picking", "cryoweb"} and room_of(name) not in ALLOWED[room]
    ]
    assert breaches == []


def test_no_two_rooms_need_each_other() -> None:
    TopologicalSorter({room: allowed - {room} for room, allowed in ALLOWED.items()}).prepare()


@pytest.mark.parametrize("room", ["actions", "api"])
def test_no_two_rooms_inside_a_room_need_each_other(room: str) -> None:
    needs: dict[str, set[str]] = {}
    for file in files_of(room):
        inner = file.parent.name
        names = (name.split(".") for name in imported(file))
        needs.setdefault(inner, set()).update(
            parts[2]
            for parts in names
            if parts[:2] == ["picking", room] and (ROOT / "picking" / room / parts[2]).is_dir()
        )
    TopologicalSorter({inner: others - {inner} for inner, others in needs.items()}).prepare()


def test_science_knows_no_django() -> None:
    web = {"django", "rest_framework", "channels", "celery"}
    breaches = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in files_of("science")
        for name in imported(file)
        if name.split(".")[0] in web
    ]
    assert breaches == []


ROW_METHODS = {"create", "bulk_create", "get_or_create", "update_or_create", "update", "save", "delete", "bulk_update"}
WRITES = {*ROW_METHODS, *(f"a{method}" for method in ROW_METHODS), "create_user", "create_superuser", "execute"}
# Whatever these methods are called on is taken for a row, in every room but two: science knows no rows.
NO_ROWS = {
    ("cryoweb/celery.py", "app.conf.update"): "settings of Celery",
    ("cryoweb/settings.py", "*.update"): "settings",
    ("picking/jobs/import_micrograph.py", "*.save"): "the networks' input, into a file",
    ("picking/jobs/inputs.py", "made.save"): "the networks' input, into a file",
    ("picking/jobs/guess.py", "guess.networks.save"): "networks, into a file",
    ("picking/jobs/train.py", "networks.save"): "networks, into a file",
    ("picking/queries/exports/export.py", "self.tally.by_source.update"): "a counter",
    ("picking/jobs/write_export.py", "digest.update"): "a checksum",
    ("picking/zipping.py", "digest.update"): "a checksum",
    ("picking/queries/micrographs/marks.py", "counts.update"): "a dictionary",
    ("picking/server/prepared.py", "cursor.execute"): "what actions and queries hand to it",
    ("picking/checks/ready.py", "cursor.execute"): "asks whether the database answers",
    ("picking/checks/machine.py", "cursor.execute"): "asks the database what time it is",
    ("picking/backups/database.py", "copy.execute"): "the copy of a database, in its own file",
    ("picking/backups/database.py", "cursor.execute"): "asks who is connected",
}
WRITTEN_ELSEWHERE = {
    ("picking/events.py", "*.save"): "the table of events: actions append to it by this module",
    ("picking/management/commands/serve.py", "User.objects.create_superuser"): "the first account, before any project",
    ("picking/pages/account.py", "form.save"): "one's own account: Django's form",
    ("picking/pages/joining.py", "form.save"): "a new account: Django's form",
}


def writes() -> Iterator[tuple[str, str]]:
    """Each method that writes rows, called or handed on outside of actions: the file, and what stands there.

    `*` stands for what is not a plain name, the answer of another call say.
    """
    for file, room in FILES.items():
        if room in {"actions", "science"}:
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Attribute) and node.attr in WRITES:
                on = ast.unparse(node.value)
                plain = on.replace(".", "").isidentifier()
                yield str(file.relative_to(ROOT)), f"{on if plain else '*'}.{node.attr}"


def test_state_changes_only_in_actions() -> None:
    """A line too many in either list fails too: whoever takes its code away takes it away."""
    assert {*writes()} == {*NO_ROWS, *WRITTEN_ELSEWHERE}


# What turns the rows of picks and marks into arrays, and decides by them.
ROWS_INTO_SCIENCE = {
    "picking.science.picks.unpack",
    "picking.science.final",
    "picking.science.suggest.suggest",
    "picking.science.evaluate.agreement",
    "picking.science.imaging.centre",
}


def test_only_queries_turn_rows_into_science() -> None:
    breaches = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file, room in FILES.items()
        if room not in {"queries", "science"}
        for name in imported(file)
        if any(f"{name}.".startswith(f"{each}.") for each in ROWS_INTO_SCIENCE)
    ]
    assert breaches == []


MARKS = {"Label", "Region", "Verdict", "Mark"}
MANAGERS = {"objects", "including_deleted", "_default_manager", "_base_manager"}
QUERIES = {"all", "filter", "exclude", "order_by", "last", "values"}
# The only places that read marks or events without asking who wants to see them (docs/decisions/0061-blind.md).
READ_ALL = {
    ("picking/queries/micrographs/visible.py", "kind"): "the gate itself",
    ("picking/queries/micrographs/visible.py", "project.events"): "the gate itself, for events",
    ("picking/actions/jobs/jobs.py", "Event"): "forgets the progress of a job that ended",
    ("picking/api/http/idempotency.py", "model"): "asks of which project a training or a micrograph is",
    ("picking/actions/projects/named_snapshots.py", "project.events"): "asks whether anything was changed",
    ("picking/queries/past/past.py", "project.events"): "replays all, and shows what may be seen",
    ("picking/queries/past/history.py", "Event"): "what rows were before events that the reader sees",
    ("picking/queries/past/history.py", "project.events"): "when events were, and names of micrographs",
    ("picking/queries/past/moments.py", "project.events"): "settings and whose picks there were: everyone sees them",
    ("picking/queries/past/moments.py", "micrograph.project.events"): "what was said of a micrograph: everyone sees it",
    ("picking/queries/past/restorations.py", "project.events"): "what a restoration changed: nothing that is blind",
    ("picking/queries/micrographs/micrograph_list.py", "project.events"): "asks whether a micrograph may have changed",
    ("picking/queries/projects/project_list.py", "Event"): "narrowed by told_to",
    ("picking/live/pages.py", "Event"): "each person gets a text of their own where one is needed",
    ("picking/actions/marks/marks.py", "Event"): "asks which operations were applied before",
    ("picking/actions/labelling/revealing.py", "Event"): "tells everyone what was hidden",
    ("picking/queries/micrographs/comments.py", "Comment"): "the gate itself, for comments",
    ("picking/actions/marks/comments.py", "Comment"): "asks whether an id is taken",
    ("picking/api/marks/comments.py", "Comment"): "shows people what they wrote or asked for through the gate",
    ("picking/actions/marks/marks.py", "model"): "writes marks, and asks is_visible of each that is there",
}


def readers() -> Iterator[tuple[str, str]]:
    """Each use of the rows of marks and events: the file, and whose rows. Science knows no rows."""
    for file, room in FILES.items():
        if room == "science":
            continue
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
                model = ast.unparse(node.value)
                if model in {*MARKS, "Event", "Comment"} or (node.attr != "objects" and model.islower()):
                    yield str(file.relative_to(ROOT)), model
            elif isinstance(node, ast.Attribute) and node.attr in QUERIES and ast.unparse(node.value)[-7:] == ".events":
                yield str(file.relative_to(ROOT)), ast.unparse(node.value)


def test_marks_and_events_are_read_by_those_who_ask_for_whom() -> None:
    assert {*readers()} == {*READ_ALL}
