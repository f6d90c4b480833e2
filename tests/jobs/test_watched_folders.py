"""Watched folders: which are looked into, and what is told of them."""

from datetime import timedelta
from pathlib import Path

from django.test import override_settings
from django.utils import timezone

from picking.actions.micrographs.watched import claim_scan, start_watching, stop_watching
from picking.models import Job, Micrograph, PickSet, Project, Source, Training, WatchedFile, WatchedFolder
from picking.queries.projects.watched import watched_detail
from tests.conftest import noisy_discs, write_mrc
from tests.jobs.watching import now, run_imports, scan
from tests.people import People


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


def test_a_folder_whose_root_was_taken_from_who_watches_it_is_said_and_not_looked_into(
    watched: WatchedFolder, session: Path
) -> None:
    write_mrc(session / "a.mrc", noisy_discs())
    with override_settings(CRYOWEB_DATA_ROOTS={session: ["somebody else"]}):
        assert scan(3) == 0
        assert "allowed data roots" in now(watched)["error"]
    assert scan(2) == 1


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


def test_a_pattern_can_be_watched(people: People, session: Path) -> None:
    start_watching(people.project.pk, people.member, str(session / "*" / "*_DW.mrc"), subfolders=False)
    write_mrc(session / "g1" / "a_DW.mrc", noisy_discs())
    write_mrc(session / "g1" / "a.mrc", noisy_discs(seed=1))
    assert scan(2) == 1
