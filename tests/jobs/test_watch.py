"""Watched folders: every file is imported, once, when it is whole."""

import os
import struct
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import tifffile
from django.test import override_settings
from django.utils import timezone

from picking.actions.imports import remove_micrograph
from picking.actions.watched import claim_scan, start_watching, stop_watching
from picking.jobs import watch
from picking.jobs.tasks import run_job
from picking.models import Job, Micrograph, PickSet, Project, Source, Training, WatchedFile, WatchedFolder
from picking.queries.watched import watched_detail, watched_wire
from picking.wire import WatchedWire
from tests.conftest import noisy_discs, write_mrc
from tests.people import People


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Path]:
    session = tmp_path / "raw" / "session"
    session.mkdir(parents=True)
    with override_settings(CRYOWEB_DATA_ROOTS=[tmp_path / "raw"]):
        yield session


@pytest.fixture
def watched(people: People, session: Path) -> WatchedFolder:
    return start_watching(people.project.pk, people.member, str(session), subfolders=True)


def scan(times: int = 1) -> int:
    """As the sweeper does it, however short ago the last was; returns how many imports were queued."""
    queued = 0
    for _ in range(times):
        WatchedFolder.objects.update(scan_at=timezone.now())
        queued += watch.scan_due()
    return queued


def run_imports() -> None:
    for job in Job.objects.filter(kind=Job.Kind.IMPORT, status=Job.Status.QUEUED):
        run_job(job.pk)


def now(watched: WatchedFolder) -> WatchedWire:
    watched.refresh_from_db()
    return watched_wire(watched)


def counts(watched: WatchedFolder) -> tuple[int, int, int, int]:
    """Found, imported, growing, refused."""
    wire = now(watched)
    return wire["found"], wire["imported"], wire["growing"], wire["refused"]


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
    remove_micrograph(Micrograph.objects.get(), people.owner)
    assert scan(3) == 0
    assert watched_detail(watched)["left_out"][0]["reason"] == "taken out of the project"


def test_a_file_that_a_person_imported_first_is_no_longer_waited_for(
    people: People, watched: WatchedFolder, session: Path
) -> None:
    file = write_mrc(session / "a.mrc", noisy_discs())
    scan()
    answer = people.client("member").post(
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


def test_a_folder_that_is_not_there_just_now_is_said_and_looked_into_again(
    watched: WatchedFolder, session: Path
) -> None:
    session.rename(session.with_name("away"))
    scan()
    assert "not a folder" in now(watched)["error"]
    session.with_name("away").rename(session)
    write_mrc(session / "a.mrc", noisy_discs())
    assert scan(2) == 1
    assert now(watched)["error"] == ""


def test_a_file_that_is_gone_before_it_was_whole_is_forgotten(watched: WatchedFolder, session: Path) -> None:
    file = write_mrc(session / "a.mrc", noisy_discs())
    scan()
    file.unlink()
    scan()
    assert counts(watched) == (0, 0, 0, 0)


def test_a_folder_that_is_stopped_is_left_alone(people: People, watched: WatchedFolder, session: Path) -> None:
    write_mrc(session / "a.mrc", noisy_discs())
    scan()
    stop_watching(watched, people.member)
    assert scan(3) == 0


def test_the_folders_of_an_archived_project_are_left_alone(
    people: People, watched: WatchedFolder, session: Path
) -> None:
    write_mrc(session / "a.mrc", noisy_discs())
    Project.objects.update(archived_at=timezone.now())
    assert scan(3) == 0
    assert now(watched)["found"] == 0


def test_one_of_several_workers_scans_a_folder(watched: WatchedFolder) -> None:
    assert claim_scan() == watched
    assert claim_scan() is None


def test_browsers_are_told_of_what_is_new_and_of_nothing_else(
    people: People, watched: WatchedFolder, session: Path
) -> None:
    write_mrc(session / "a.mrc", noisy_discs())
    told = people.project.events.filter(data__type="watched.changed")
    before = told.count()
    scan(2)
    assert told.count() == before + 2
    run_imports()
    scan(3)
    assert told.count() == before + 3
    last = told.last()
    assert last and last.data["watched"]["imported"] == 1


def picked(people: People, after: timedelta) -> None:
    """Networks, and their picks on the only micrograph so long after its file arrived."""
    training = Training.objects.create(
        project=people.project,
        version=1,
        weights="none",
        seed=0,
        settings={},
        labels={},
        losses=[],
        has_contamination_network=False,
    )
    source = Source.objects.create(project=people.project, kind="training", name="Training 1", training=training)
    Project.objects.update(current_training=training)
    pick_set = PickSet.objects.create(micrograph=Micrograph.objects.get(), source=source, count=0, rows=b"")
    arrived = WatchedFile.objects.get(path__endswith="a.mrc").arrived
    PickSet.objects.filter(pk=pick_set.pk).update(created_at=arrived + after)


def test_how_far_picking_is_behind_is_told_of_files_that_came_since(
    people: People, watched: WatchedFolder, session: Path
) -> None:
    write_mrc(session / "a.mrc", noisy_discs())
    scan(2)
    run_imports()
    picked(people, timedelta(seconds=12))
    write_mrc(session / "b.mrc", noisy_discs(seed=1))
    scan(2)
    wire = now(watched)
    assert (wire["picked"], wire["median_delay"], wire["newest_delay"]) == (1, 12.0, 12.0)
    assert wire["waiting_since"] == WatchedFile.objects.get(path__endswith="b.mrc").arrived.isoformat()
    ((_, delay),) = watched_detail(watched)["delays"]
    assert delay == 12.0


def test_files_that_were_there_before_do_not_count_as_late(people: People, session: Path) -> None:
    write_mrc(session / "a.mrc", noisy_discs())
    watched = start_watching(people.project.pk, people.member, str(session), subfolders=False)
    WatchedFolder.objects.update(since=timezone.now() + timedelta(hours=1))
    scan(2)
    run_imports()
    picked(people, timedelta(hours=5))
    scan()
    wire = now(watched)
    assert (wire["picked"], wire["median_delay"], wire["waiting_since"]) == (1, None, None)


def test_a_list_that_grows_can_be_watched(people: People, session: Path) -> None:
    star = session / "micrographs.star"
    head = "data_\nloop_\n_rlnMicrographName\n_rlnMicrographPixelSize\n"
    write_mrc(session / "a.mrc", noisy_discs())
    star.write_text(f"{head}a.mrc 0.885\n")
    start_watching(people.project.pk, people.member, str(star), subfolders=False)
    assert scan(2) == 1
    write_mrc(session / "b.mrc", noisy_discs(seed=1))
    star.write_text(f"{head}a.mrc 0.885\nb.mrc 1.0\n")
    assert scan(2) == 1
    assert [job.listed and job.listed["pixel_size"] for job in Job.objects.order_by("pk")] == [0.885, 1.0]


def test_many_files_at_once_are_taken_in_parts(
    watched: WatchedFolder, session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "MOST_AT_ONCE", 2)
    for seed in range(5):
        write_mrc(session / f"{seed}.mrc", noisy_discs(seed))
    assert [scan() for _ in range(5)] == [0, 2, 2, 1, 0]


def test_a_pattern_can_be_watched(people: People, session: Path) -> None:
    start_watching(people.project.pk, people.member, str(session / "*" / "*_DW.mrc"), subfolders=False)
    write_mrc(session / "g1" / "a_DW.mrc", noisy_discs())
    write_mrc(session / "g1" / "a.mrc", noisy_discs(seed=1))
    assert scan(2) == 1
