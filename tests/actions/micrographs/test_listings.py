"""What lists say of micrographs, kept with them."""

from dataclasses import replace
from pathlib import Path

import pytest

from picking.actions.micrographs.imports import import_in_place
from picking.jobs.tasks import run_job
from picking.models import Ctf, Event, Micrograph
from picking.science.imaging.ctf import CtfValues
from picking.science.lists import ListedMicrograph
from tests.conftest import noisy_discs, write_mrc
from tests.people import People

CTF = CtfValues(15000, 14000, 30, 300, 2.7, 0.1, 0, 3.5)
LISTED = ListedMicrograph(
    "MotionCorr/job002/a.mrc", "MotionCorr/job002/a_noDW.mrc", "opticsGroup1", str(2**63 + 1), 0.885, CTF
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_mrc(tmp_path / "raw" / "a.mrc", noisy_discs(), pixel_size=1.5)


def bring(people: People, file: Path, listed: ListedMicrograph | None) -> None:
    jobs, _ = import_in_place(people.project.pk, people.member, [file], {file: listed} if listed else {})
    for job in jobs:
        run_job(job.pk)


def test_names_uid_pixel_size_and_ctf_come_with_the_micrograph(people: People, file: Path) -> None:
    bring(people, file, LISTED)
    row = Micrograph.objects.get()
    assert (row.listed_as, row.listed_undosed_as) == (LISTED.path, LISTED.undosed)
    assert (row.optics_group, row.cryosparc_uid) == ("opticsGroup1", str(2**63 + 1))
    assert [row.listed_pixel_size, row.header_pixel_size] == pytest.approx([0.885, 1.5])
    assert (row.ctf.defocus_u, row.ctf.resolution) == (15000, 3.5)


def test_the_pixel_size_of_a_list_goes_before_the_header_and_after_a_persons(people: People, file: Path) -> None:
    bring(people, file, LISTED)
    assert Micrograph.objects.get().pixel_size == 4.0
    people.project.pixel_size = None
    people.project.save()
    assert Micrograph.objects.get().pixel_size == 0.885


def test_a_list_also_tells_of_micrographs_that_are_there(people: People, file: Path) -> None:
    people.project.pixel_size = None
    people.project.save()
    bring(people, file, None)
    assert not Ctf.objects.exists()
    bring(people, file, LISTED)
    row = Micrograph.objects.get()
    assert (row.listed_as, row.pixel_size, row.ctf.defocus_u) == (LISTED.path, 0.885, 15000)
    told = Event.objects.filter(data__type="micrograph.changed").last()
    assert told and told.data["micrograph"]["pixel_size"] == 0.885


def test_what_a_later_list_does_not_say_stays(people: People, file: Path) -> None:
    bring(people, file, LISTED)
    bring(people, file, replace(LISTED, path="J7/a.mrc", undosed="", pixel_size=None, ctf=None))
    row = Micrograph.objects.get()
    assert (row.listed_as, row.listed_undosed_as, row.listed_pixel_size) == ("J7/a.mrc", LISTED.undosed, 0.885)
    assert row.ctf.defocus_u == 15000
