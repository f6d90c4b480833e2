"""Imports by the real job."""

import unicodedata
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile
from typing import Any

import numpy as np
import pytest
from django.conf import settings

from picking import storage
from picking.actions.jobs.jobs import LostClaim
from picking.actions.micrographs import imports
from picking.jobs import import_micrograph
from picking.jobs.inputs import network_input
from picking.jobs.refusal import CannotDo
from picking.jobs.tasks import run_job
from picking.models import Event, Job, Micrograph
from picking.science.imaging.network_input import InputSettings, NetworkInput
from tests.conftest import noisy_discs, write_mrc
from tests.people import People

Import = Callable[..., Job]


def folders(people: People) -> list[Path]:
    folder = storage.project_folder(people.project.pk) / "micrographs"
    return list(folder.iterdir()) if folder.exists() else []


def test_an_import_leaves_the_source_the_pyramid_and_the_networks_input(people: People, import_file: Import) -> None:
    job = import_file("a.mrc", noisy_discs(side=700), pixel_size=1.5)
    micrograph = Micrograph.objects.get()
    names = {path.name for path in storage.micrograph_folder(people.project.pk, micrograph.key).iterdir()}
    assert job.status == Job.Status.FINISHED
    assert names == {"source.mrc", "pyramid.u8", "size.json", storage.input_name(160, 4, InputSettings().digest)}
    assert (micrograph.name, micrograph.width, micrograph.height) == ("a", 700, 700)
    assert micrograph.header_pixel_size == pytest.approx(1.5)


def test_people_are_told_of_the_pixels_that_were_replaced(people: People, import_file: Import) -> None:
    image = noisy_discs(side=200)
    image[3, 4:6] = np.nan
    import_file(image=image)
    snapshot = people.client("viewer").get(f"/api/v1/projects/{people.project.pk}/snapshot").json()
    assert snapshot["micrographs"][0]["replaced_pixels"] == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("image", [noisy_discs(), np.ones((200, 200), np.float32)], ids=["good", "bad"])
def test_the_uploaded_file_is_gone_once_its_import_has_ended(
    people: People, import_file: Import, image: np.ndarray
) -> None:
    job = import_file(image=image)
    assert not Path(job.source).exists()


def test_a_pixel_size_typed_for_the_project_wins_over_the_header(people: People, import_file: Import) -> None:
    import_file(pixel_size=1.5)
    snapshot = people.client("viewer").get(f"/api/v1/projects/{people.project.pk}/snapshot").json()
    assert snapshot["micrographs"][0]["pixel_size"] == 4.0


def test_without_any_pixel_size_the_import_still_works_and_leaves_the_input_for_later(
    people: People, import_file: Import
) -> None:
    people.project.pixel_size = None
    people.project.save()
    assert import_file().status == Job.Status.FINISHED
    (folder,) = folders(people)
    assert not list(folder.glob("input-*"))


@pytest.mark.parametrize(
    ("image", "reason"),
    [
        (np.full((200, 200), np.nan, np.float32), "NaN"),
        (np.zeros((5, 200, 200), np.float32), "5"),
        (np.ones((200, 200), np.float32), "same value"),
    ],
    ids=["nan", "stack", "constant"],
)
def test_an_unfit_file_fails_with_its_name_and_the_reason_and_leaves_nothing(
    people: People, import_file: Import, image: np.ndarray, reason: str
) -> None:
    job = import_file("bad.mrc", image)
    assert job.status == Job.Status.FAILED
    assert job.error.startswith("bad.mrc: ")
    assert reason in job.error
    assert not Micrograph.objects.exists()
    assert folders(people) == []


def test_the_others_go_on_beside_a_failed_import(people: People, import_file: Import) -> None:
    import_file("bad.mrc", np.full((200, 200), np.nan, np.float32))
    assert import_file("good.mrc").status == Job.Status.FINISHED


def test_a_worker_that_lost_its_job_leaves_no_folder(
    people: People, import_file: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(*_: Any) -> None:
        raise LostClaim

    monkeypatch.setattr(import_micrograph, "finish_import", lose)
    import_file()
    assert folders(people) == []
    assert not Micrograph.objects.exists()


def test_a_file_used_in_place_is_neither_copied_nor_changed(people: People, tmp_path: Path) -> None:
    source = write_mrc(tmp_path / "here.mrc", noisy_discs())
    before = source.read_bytes(), source.stat().st_mtime_ns
    (job,), _ = imports.import_in_place(people.project.pk, people.owner, [source])
    run_job(job.pk)
    (folder,) = folders(people)
    assert not list(folder.glob("source*"))
    assert Micrograph.objects.get().source == str(source)
    assert (source.read_bytes(), source.stat().st_mtime_ns) == before


def test_files_already_there_are_skipped_and_named(people: People, import_file: Import, tmp_path: Path) -> None:
    import_file("a.mrc", noisy_discs())
    uploaded = tmp_path / "a.mrc"
    copyfile(storage.source_path(Micrograph.objects.get()), uploaded)
    write_mrc(tmp_path / "b.mrc", noisy_discs(seed=1))
    jobs, skipped = imports.import_in_place(
        people.project.pk, people.owner, [uploaded, tmp_path / "b.mrc", tmp_path / "b.tif", tmp_path / "b.mrc"]
    )
    assert ([job.name for job in jobs], skipped) == (["b.mrc"], ["a.mrc", "b.tif", "b.mrc"])


def test_a_link_to_a_file_that_is_there_under_the_same_name_is_no_other(people: People, tmp_path: Path) -> None:
    file = write_mrc(tmp_path / "raw" / "a.mrc", noisy_discs())
    imports.import_in_place(people.project.pk, people.owner, [file])
    (tmp_path / "links").mkdir()
    for name in ("a.mrc", "001_a.mrc"):
        (tmp_path / "links" / name).symlink_to(file)
    links = [tmp_path / "links" / "a.mrc", tmp_path / "links" / "001_a.mrc"]
    jobs, skipped = imports.import_in_place(people.project.pk, people.owner, links)
    assert ([job.name for job in jobs], skipped) == (["001_a.mrc"], ["a.mrc"])


def test_of_two_files_of_one_name_both_get_their_folder_and_browsers_hear_of_it(
    people: People, import_file: Import
) -> None:
    import_file("g1/001.mrc", noisy_discs(1))
    first = Micrograph.objects.get()
    assert first.name == "001"
    import_file("g2/001.mrc", noisy_discs(2))
    assert sorted(Micrograph.objects.values_list("name", "file_name")) == [("g1/001", "001.mrc"), ("g2/001", "001.mrc")]
    told = [event.data["micrograph"] for event in people.project.events.filter(data__type="micrograph.changed")]
    assert [(micrograph["id"], micrograph["name"]) for micrograph in told] == [(first.pk, "g1/001")]


def test_a_name_in_two_spellings_is_one(people: People, import_file: Import) -> None:
    import_file(unicodedata.normalize("NFD", "Größe.mrc"))
    micrograph = Micrograph.objects.get()
    assert (micrograph.name, micrograph.file_name) == ("Größe", "Größe.mrc")
    assert micrograph.path == unicodedata.normalize("NFD", "Größe.mrc")


def test_a_missing_file_is_said_plainly(people: People, tmp_path: Path) -> None:
    (job,), _ = imports.import_in_place(people.project.pk, people.owner, [tmp_path / "gone.mrc"])
    run_job(job.pk)
    job.refresh_from_db()
    assert job.error == "gone.mrc: the file cannot be read (No such file or directory)."


def test_the_input_covers_the_micrograph_at_the_working_scale(people: People, import_file: Import) -> None:
    import_file()
    (folder,) = folders(people)
    made = NetworkInput.load(folder / storage.input_name(160, 4, InputSettings().digest))
    assert (made.width, made.height) == (640, 640)
    assert folder.is_relative_to(settings.CRYOWEB_DATA)


def test_a_diameter_that_does_not_fit_leaves_the_import_alone_and_is_said_at_the_training(
    people: People, import_file: Import
) -> None:
    people.project.particle_diameter = 4000.0
    people.project.save()
    assert import_file().status == Job.Status.FINISHED
    micrograph = Micrograph.objects.get()
    with pytest.raises(CannotDo, match="4000 Å is 1000"):
        network_input(micrograph, InputSettings())


def test_everyone_is_told_of_a_new_micrograph(people: People, import_file: Import) -> None:
    import_file("first.mrc")
    (told,) = Event.objects.filter(data__type="micrograph.added")
    assert told.data["micrograph"]["name"] == "first"
