"""A database that an earlier version filled is brought to this version, and keeps what it held."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.postgres import empty_database, missing

ROOT = Path(__file__).parent.parent.parent
EACH = 100
"""Labels and regions on each of three micrographs."""

FILL = f"""
import os, uuid
from datetime import timedelta
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

executor = MigrationExecutor(connection)
executor.loader.replace_migrations = False  # step by step
executor.loader.build_graph()
executor.migrate([("picking", "0018_kept_answer_project")])
old = MigrationExecutor(connection).loader.project_state([("picking", "0018_kept_answer_project")]).apps
model = lambda name: old.get_model("picking", name).objects
anna, ben = (model("User").create(username=name) for name in ("anna", "ben"))
thresholds = {{"particle_threshold": 0.5, "contamination_threshold": 0.5}}
LINK = os.path.join(os.environ["CRYOWEB_DATA"], "m.mrc")
os.symlink("/elsewhere/m.mrc", LINK)
project = model("Project").create(name="Old", particle_diameter=100.0, border_margin=80.0, **thresholds)
model("Membership").create(project=project, user=anna, role="owner")
model("Membership").create(project=project, user=ben, role="annotator")
told = []
for number in range(3):
    size = {{"width": 99, "height": 99}}
    row = model("Micrograph").create(project=project, name=f"m{{number}}", file_name="m.mrc", source=LINK, **size)
    told.append(("micrograph.added", {{"micrograph": {{"id": row.pk, "name": row.name}}}}, None))
    for at in range({EACH}):
        by = (anna, ben)[at % 2]
        mark = {{"id": uuid.uuid4(), "micrograph": row, "author": by, "sequence": 1}}
        label = model("Label").create(**mark, kind="particle", x=1.0, y=2.0)
        said = {{"id": str(label.pk), "micrograph": row.pk, "author": by.pk, "kind": "particle", "x": 1.0, "y": 2.0}}
        said["created_at"] = label.created_at.isoformat()
        told.append(("label.put", said, by))
        region = model("Region").create(**{{**mark, "id": uuid.uuid4()}}, polygon=[[0, 0], [9, 0], [9, 9]])
        said = {{**said, "id": str(region.pk), "polygon": region.polygon}}
        told.append(("region.put", said, by))
    told.append(("picks.added", {{"micrograph": row.pk, "source": 1, "count": 0}}, None))
told.append(("micrograph.removed", {{"id": 999}}, anna))
for margin in (0.0, 80.0):
    said = {{"id": project.pk, "name": "Old", "particle_diameter": 100.0, "border_margin": margin}}
    told.append(("project.changed", {{"project": said}}, anna))
model("Event").bulk_create(
    old.get_model("picking", "Event")(
        project=project, sequence=number, data={{**data, "type": kind}}, actor=by, operation=uuid.uuid4()
    )
    for number, (kind, data, by) in enumerate(told, 1)
)
model("Label").filter(pk=model("Label").filter(author=ben).last().pk).update(sequence=2)  # which was Anna's doing
project.sequence = len(told)
project.save()
later = timezone.now() + timedelta(days=1)
for token, used in (("open", None), ("used", timezone.now())):
    model("Invitation").create(project=project, role="viewer", token_hash=token, expires_at=later, used_at=used)
"""

TABLES = """
import json
from django.db import connection
with connection.cursor() as cursor:
    look = connection.introspection
    tables = sorted(look.table_names(cursor))
    columns = {table: sorted(look.get_table_description(cursor, table)) for table in tables}
    constraints = {table: sorted(look.get_constraints(cursor, table).values(), key=str) for table in tables}
print(json.dumps([columns, constraints], default=str))
"""

CHECK = """
import json
from collections import Counter
from picking.models import Event, Invitation, Label, Membership, Micrograph, Project, Region
from picking.queries.past.history import entries, told_in_history
from picking.queries.past.moments import settings_at
from picking.queries.past.past import marks_at
project = Project.objects.get()
told = told_in_history(project, None).order_by("-sequence")
print(json.dumps({
    "types": Counter(Event.objects.values_list("type", flat=True)),
    "placed": Counter(Event.objects.values_list("micrograph", flat=True)).most_common(3)[0][1],
    "removed": Event.objects.get(type="micrograph.removed").micrograph,
    "unplaced": Event.objects.filter(micrograph=None).count(),
    "invitations": list(Invitation.objects.values_list("token_hash", "uses", "most_uses")),
    "roles": dict(Membership.objects.values_list("user__username", "role")),
    "marks": [Label.objects.count(), Region.objects.count()],
    "lie_at": list(Micrograph.objects.values_list("lies_at", flat=True)),
    "changed": list(Label.objects.exclude(changed_by=None).values_list("author__username", "changed_by__username")),
    "then": len(marks_at(project, 21)["labels"]["id"]),
    "margins": [settings_at(project, each)["border_margin"] for each in (project.sequence - 1, project.sequence)],
    "margin": project.border_margin,
    "last": entries(project, list(told[:2]))[0]["who"],
}))
"""


@pytest.fixture
def databases(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The addresses of two empty databases, which are dropped at the end."""
    if request.param == "SQLite":
        yield f"sqlite:///{tmp_path / 'old.sqlite3'}", f"sqlite:///{tmp_path / 'new.sqlite3'}"
        return
    if reason := missing():
        pytest.skip(reason)
    with empty_database() as old, empty_database() as new:
        yield old, new


@pytest.mark.parametrize("databases", ["SQLite", "PostgreSQL"], indirect=True)
def test_what_was_there_before_comments_roles_and_history_is_there_afterwards_in_the_tables_of_a_new_database(
    databases: tuple[str, str], tmp_path: Path
) -> None:
    def run(database: str, *words: str) -> str:
        environment = {**os.environ, "CRYOWEB_DATABASE_URL": database, "CRYOWEB_DATA": str(tmp_path)}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def run_lines(database: str, program: str) -> str:
        return run(database, "shell", "--no-imports", "-c", program)

    old, new = databases
    run_lines(old, FILL)
    run(old, "migrate", "--no-input")
    run(new, "migrate", "--no-input")
    assert run_lines(old, TABLES) == run_lines(new, TABLES)
    found: dict[str, Any] = json.loads(run_lines(old, CHECK).splitlines()[-1])
    assert found == {
        "types": {
            "label.put": 3 * EACH,
            "region.put": 3 * EACH,
            "micrograph.added": 3,
            "picks.added": 3,
            "micrograph.removed": 1,
            "project.changed": 2,
        },
        "placed": 2 * EACH + 2,
        "removed": 999,
        "unplaced": 2,
        "invitations": [["open", 0, 1]],
        "roles": {"anna": "owner", "ben": "annotator"},
        "marks": [3 * EACH, 3 * EACH],
        "lie_at": ["/elsewhere/m.mrc"] * 3,
        "changed": [["ben", "anna"]],
        "then": 10,
        "margins": [0.5, 0.8],
        "margin": 0.8,
        "last": "anna",
    }
