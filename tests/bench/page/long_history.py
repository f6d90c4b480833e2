"""Whether a project with five million events opens, and is looked back into, as fast as one with five thousand."""

import json
import time
from collections.abc import Callable
from typing import Any

from tests.bench.installation import SIDE, Installation, percentiles
from tests.bench.tables import Cell, print_table

EVENTS = (5_000, 5_000_000)
MARKS = 1_000
TIMES = 7
ADD = """
from django.db import connection
from picking.models import Project, User
project = Project.objects.get(pk={project})
micrograph, author = project.micrographs.get().pk, User.objects.get(username="anna").pk
with connection.cursor() as cursor:
    cursor.execute('''
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s),
        made AS (SELECT i, printf('00000000-0000-4000-8000-%%012d', i %% %s + %s * 100000) id FROM n)
        INSERT INTO picking_event (project_id, sequence, data, type, micrograph, restored, actor_id, created_at)
        SELECT %s, %s + i,
            '{{"type": "label.put", "id": "' || id || '", "micrograph": ' || %s || ', "author": ' || %s
            || ', "created_at": "2026-01-01T00:00:00+00:00", "kind": "particle", "x": ' || (i %% 900)
            || ', "y": ' || (i %% 700) || '}}',
            'label.put', %s, 0, %s, datetime('2026-01-01', '+' || (i / 10) || ' seconds')
        FROM made
    ''', [{events}, {marks}, project.pk, project.pk, project.sequence, micrograph, author, micrograph, author])
    cursor.execute('''
        INSERT INTO picking_label (id, micrograph_id, author_id, sequence, created_at, kind, x, y)
        SELECT replace(json_extract(data, '$.id'), '-', ''), micrograph, actor_id, sequence, '2026-01-01', 'particle',
            json_extract(data, '$.x'), json_extract(data, '$.y')
        FROM picking_event WHERE project_id = %s AND type = 'label.put' AND sequence > %s
    ''', [project.pk, project.sequence + {events} - {marks}])
    cursor.execute("ANALYZE")
Project.objects.filter(pk=project.pk).update(sequence=project.sequence + {events})
"""
REPLAY = """
import json, time
from picking.actions.marks.checkpoints import keep_checkpoints
from picking.models import Checkpoint, Project
from picking.queries.past.past import replayed
project = Project.objects.get(pk={project})
def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
half = lambda: replayed(project, project.sequence // 2 - 1)
without, keeping, kept = timed(half), timed(keep_checkpoints), timed(half)
json.dump([without, keeping, kept], open({file!r}, "w"))
"""


def run(installed: Installation) -> None:
    """Prints both projects side by side."""
    print(f"\nA long history: the same {MARKS:,} labels, changed again and again")
    columns = [_measured(installed, events) for events in EVENTS]
    rows: list[list[Cell]] = [[name, *(column[name] for column in columns)] for name in columns[0]]
    print_table(["", *(f"{events:,} events" for events in EVENTS)], rows)


def _measured(installed: Installation, events: int) -> dict[str, str]:
    project = installed.new_project(f"{events} events")
    installed.import_noise(project, 1, SIDE)
    installed.server.run(ADD.format(project=project, events=events, marks=MARKS))
    api = installed.anna
    opened = api.snapshot(project)
    half, micrograph = opened["sequence"] // 2, opened["micrographs"][0]["id"]
    address = f"/api/v1/projects/{project}"
    found = {
        "opening: the snapshot": _ms(lambda: api.snapshot(project)),
        "newest page of the history": _ms(lambda: api.get(f"{address}/history")),
        "timeline": _ms(lambda: api.get(f"{address}/timeline")),
    }
    file = installed.server.data / "replay.json"
    installed.server.run(REPLAY.format(project=project, file=str(file)))
    without, keeping, kept = (f"{seconds:.2f} s" for seconds in json.loads(file.read_text()))
    return found | {
        "a micrograph half way back": _ms(lambda: api.get(f"{address}/past?at={half}&micrograph={micrograph}")),
        "all marks half way back, without checkpoints": without,
        "  with checkpoints": kept,
        "  keeping them, once": keeping,
    }


def _ms(ask: Callable[[], Any]) -> str:
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        ask()
        times.append(1000 * (time.perf_counter() - start))
    return percentiles(times)
