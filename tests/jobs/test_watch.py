"""Files of a watched folder: each is imported, once, when it is whole."""

import os
import struct
from pathlib import Path

import pytest
import tifffile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from picking.actions.micrographs.deleted_micrographs import delete_micrographs, restore_micrographs
from picking.actions.micrographs.imports import import_in_place
from picking.actions.micrographs.watched import claim_scan, start_watching
from picking.jobs import watch
from picking.models import Job, Micrograph, WatchedFile, WatchedFolder
from picking.queries.projects.watched import watched_detail
from tests.conftest import noisy_discs, write_mrc
from tests.jobs.watching import counts, run_imports, scan
from tests.people import People


def touch(file: Path) -> None:
    """Its time changes, as when it is written again."""
    later = file.stat().st_mtime_ns + 10**9
    os.utime(file, ns=(later, later))


def test_a_file_is_imported_once_it_stays_as_it_is_for_two_scans_and_never_again(
    watched: WatchedFolder, session: Path
) -> None:
    write_mrc(session / "grid1" / "a.mrc", noisy_discs())
    assert (scan(), counts(watched)) == (0, (1, 0, 1, 0))
    assert (scan(), counts(watched)) == (1, (1, 0, 0, 0))
    assert scan(3) == 0
    run_imports()
    assert scan(3) == 0
    assert counts(watched) == (1, 1, 0, 0)
    assert Micrograph.objects.get().source == str(session / "grid1" / "a.mrc")


@pytest.mark.parametrize("kind", ["mrc", "tif"])
def test_a_growing_file_waits_until_it_is_whole_however_long_its_writer_pauses(
    watched: WatchedFolder, session: Path, kind: str
) -> None:
    whole = session.parent / f"whole.{kind}"
    if kind == "mrc":
        write_mrc(whole, noisy_discs())
    else:
        tifffile.imwrite(whole, noisy_discs())
    content, file = whole.read_bytes(), session / f"a.{kind}"
    whole.unlink()
    for part in (0.1, 0.5, 0.99):
        file.write_bytes(content[: int(len(content) * part)])
        assert scan(3) == 0
        assert counts(watched)[2:] == (1, 0)
    file.write_bytes(content)
    assert (scan(), scan()) == (0, 1)


def test_files_that_came_while_nobody_looked_are_imported_each_once(watched: WatchedFolder, session: Path) -> None:
    write_mrc(session / "a.mrc", noisy_discs())
    scan(2)
    run_imports()
    for name in ("b", "c"):
        write_mrc(session / f"{name}.mrc", noisy_discs(seed=ord(name)))
    assert scan(4) == 2
    run_imports()
    scan()
    assert sorted(Micrograph.objects.values_list("name", flat=True)) == ["a", "b", "c"]
    assert Job.objects.filter(kind=Job.Kind.IMPORT).count() == 3


def test_a_movie_is_refused_with_the_reason_and_tried_again_only_when_it_changes(
    watched: WatchedFolder, session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_mrc(session / "a.mrc", noisy_discs())
    content = file.read_bytes()
    head = bytearray(content)
    struct.pack_into("<3i", head, 0, 640, 480, 40)
    file.write_bytes(head)
    scan(2)
    assert counts(watched) == (1, 0, 0, 1)
    ((refused),) = watched_detail(watched)["left_out"]
    assert "movie of 40 frames" in refused["reason"]
    assert refused["names"] == ["a.mrc"]
    looks: list[Path] = []
    monkeypatch.setattr(watch, "read_header", looks.append)
    scan(3)
    assert looks == []
    monkeypatch.undo()
    file.write_bytes(content)
    touch(file)
    assert scan(2) == 1


def test_a_file_whose_import_failed_is_refused_with_its_error_and_not_tried_for_ever(
    watched: WatchedFolder, session: Path
) -> None:
    file = write_mrc(session / "a.mrc", noisy_discs() * 0)
    scan(2)
    run_imports()
    assert scan(3) == 0
    assert counts(watched) == (1, 0, 0, 1)
    assert "same value" in watched_detail(watched)["left_out"][0]["reason"]
    write_mrc(file, noisy_discs())
    touch(file)
    assert scan(2) == 1


def test_a_micrograph_that_a_person_removed_does_not_come_back(
    people: People, watched: WatchedFolder, session: Path
) -> None:
    write_mrc(session / "a.mrc", noisy_discs())
    scan(2)
    run_imports()
    scan()
    delete_micrographs(people.project.pk, people.owner, [Micrograph.objects.get().pk])
    assert scan(3) == 0
    assert watched_detail(watched)["left_out"][0]["reason"] == "taken out of the project"


def test_what_was_imported_and_deleted_before_the_watch_began_does_not_come_back(people: People, session: Path) -> None:
    file = write_mrc(session / "a.mrc", noisy_discs())
    import_in_place(people.project.pk, people.owner, [file])
    run_imports()
    micrograph = Micrograph.objects.get()
    delete_micrographs(people.project.pk, people.owner, [micrograph.pk])
    watched = start_watching(people.project.pk, people.owner, str(session), subfolders=True)
    assert scan(3) == 0
    assert watched_detail(watched)["left_out"][0]["reason"] == "taken out of the project"
    restore_micrographs(people.project.pk, people.owner, [micrograph.pk])
    assert scan(2) == 0
    assert counts(watched) == (1, 1, 0, 0)


def test_of_two_workers_one_gets_the_scan_by_an_update_of_one_row_alone(watched: WatchedFolder) -> None:
    with CaptureQueriesContext(connection) as made:
        assert claim_scan() == watched
        assert claim_scan() is None
    [update] = [query["sql"] for query in made if query["sql"].startswith("UPDATE")]
    assert "SELECT" not in update
    assert 'scan_at" <=' in update


def test_a_file_that_a_person_imported_first_is_no_longer_waited_for(
    people: People, watched: WatchedFolder, session: Path
) -> None:
    file = write_mrc(session / "a.mrc", noisy_discs())
    scan()
    answer = people.client("manager").post(
        f"/api/v1/projects/{people.project.pk}/imports", {"path": str(session)}, format="json"
    )
    assert answer.json()["jobs"] == 1
    run_imports()
    assert scan(3) == 0
    assert counts(watched) == (1, 1, 0, 0)
    assert WatchedFile.objects.get(path=str(file)).state == WatchedFile.State.QUEUED


def test_files_that_no_import_can_use_are_named(watched: WatchedFolder, session: Path) -> None:
    (session / "a.mrc.mdoc").write_text("x")
    scan()
    assert "MDOC" in now_detail(watched)


def now_detail(watched: WatchedFolder) -> str:
    watched.refresh_from_db()
    return " ".join(row["reason"] for row in watched_detail(watched)["left_out"])


def test_a_file_that_is_gone_before_it_was_whole_is_forgotten(watched: WatchedFolder, session: Path) -> None:
    file = write_mrc(session / "a.mrc", noisy_discs())
    scan()
    file.unlink()
    scan()
    assert counts(watched) == (0, 0, 0, 0)


def test_many_files_at_once_are_taken_in_parts(
    watched: WatchedFolder, session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "MOST_AT_ONCE", 2)
    for seed in range(5):
        write_mrc(session / f"{seed}.mrc", noisy_discs(seed))
    assert [scan() for _ in range(5)] == [0, 2, 2, 1, 0]
