"""The direction of imports (CONTRIBUTING.md): a convention without a check does not exist."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Each room, and the rooms of `picking` whose code it may use.
ALLOWED = {
    "science": {"science"},
    "models": {"models"},
    "wire": {"wire", "models", "science"},
    "storage": {"models"},
    "events": {"wire", "models"},
    "queries": {"queries", "refusals", "storage", "wire", "models", "science"},
    "folders": {"refusals", "science"},
    "access": {"models"},
    "signins": {"models"},
    "files": set(),
    "actions": {
        "actions",
        "events",
        "files",
        "queries",
        "refusals",
        "room",
        "storage",
        "wire",
        "models",
        "science",
    },
    "jobs": {"jobs", "actions", "files", "queries", "room", "storage", "wire", "models", "science"},
    "tiles": {"tiles", "signins", "storage", "models", "science"},
    "schema": {"schema", "live", "wire"},
    "live": {"live", "actions", "events", "signins", "models"},
    "api": {
        "api",
        "access",
        "actions",
        "folders",
        "queries",
        "refusals",
        "room",
        "schema",
        "storage",
        "wire",
        "models",
        "science",
        "tiles",
        "zipping",
    },
    "pages": {"pages", "actions", "models", "refusals", "room", "working"},
    "templatetags": {"pages", "room"},
    "refusals": set(),
    "room": set(),
    "working": {"models", "room"},
    "bodies": {"room", "tiles"},
}


def imported(file: Path) -> Iterator[str]:
    """Full names of the modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def files_of(room: str) -> list[Path]:
    single = ROOT / "picking" / f"{room}.py"
    return [single] if single.exists() else sorted((ROOT / "picking" / room).rglob("*.py"))


@pytest.mark.parametrize("room", ALLOWED)
def test_imports_point_one_way(room: str) -> None:
    breaches = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in files_of(room)
        for name in imported(file)
        if name.startswith("picking.") and name.split(".")[1] not in ALLOWED[room]
    ]
    assert breaches == []


def test_science_knows_no_django() -> None:
    web = {"django", "rest_framework", "channels", "celery", "cryoweb"}
    breaches = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in files_of("science")
        for name in imported(file)
        if name.split(".")[0] in web
    ]
    assert breaches == []


WRITES = {"create", "bulk_create", "get_or_create", "update_or_create", "update", "save", "delete", "bulk_update"}


@pytest.mark.parametrize("room", ["api", "live", "tiles", "jobs", "pages", "queries"])
def test_state_changes_only_in_actions(room: str) -> None:
    """No method of Django's that writes is called on rows elsewhere; a file's `save` in jobs is not a row's."""
    breaches = [
        f"{file.relative_to(ROOT)}:{node.lineno} calls {node.func.attr}"
        for file in files_of(room)
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and not is_allowed(node.func)
    ]
    assert breaches == []


def is_allowed(call: ast.Attribute) -> bool:
    """Plain dictionaries and files have `update` and `save` too; these are all there are."""
    return ast.unparse(call) in {
        "counts.update",
        "said.update",
        "networks.save",
        "made.save",
        "image.save",
        "form.save",
    } or (call.attr == "save" and "make_network_input" in ast.unparse(call))


def test_the_rooms_are_all_there() -> None:
    assert [room for room in ALLOWED if not files_of(room)] == []
