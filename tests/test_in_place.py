"""A micrograph's file that is used where it lies, and changes or vanishes after its import."""

from pathlib import Path

import mrcfile
import numpy as np
import pytest

from picking import storage
from picking.actions.micrographs.imports import import_in_place
from picking.in_place import read_source
from picking.jobs.inputs import network_input
from picking.jobs.refusal import CannotDo
from picking.jobs.tasks import run_job
from picking.models import Micrograph
from picking.science.imaging.network_input import InputSettings
from picking.science.imaging.read import UnreadableMicrograph
from tests.conftest import SIDE, noisy_discs, write_mrc
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)  # the lease is renewed from another thread


@pytest.fixture
def file(people: People, tmp_path: Path) -> Path:
    """Of a micrograph that was imported."""
    file = write_mrc(tmp_path / "raw" / "a.mrc", noisy_discs(), 4.0)
    (job,), _ = import_in_place(people.project.pk, people.owner, [file])
    run_job(job.pk)
    return file


@pytest.mark.parametrize("image", [noisy_discs(seed=1), noisy_discs(side=SIDE + 2)], ids=["pixels", "size"])
def test_a_file_that_shows_something_else_is_not_read(file: Path, image: np.ndarray) -> None:
    write_mrc(file, image, 4.0)
    with pytest.raises(UnreadableMicrograph, match="something else than when it was imported"):
        read_source(Micrograph.objects.get())


def test_a_file_of_which_the_header_was_corrected_is_read(file: Path) -> None:
    with mrcfile.open(file, "r+") as opened:
        opened.voxel_size = 3.0
    assert read_source(Micrograph.objects.get()).pixels.shape == (SIDE, SIDE)


@pytest.mark.parametrize("vanishes", [True, False], ids=["vanished", "changed"])
def test_what_needs_the_file_says_which_and_why(file: Path, vanishes: bool) -> None:
    micrograph = Micrograph.objects.get()
    for kept in storage.micrograph_folder(micrograph.project_id, micrograph.key).glob("input-*.npz"):
        kept.unlink()
    if vanishes:
        file.unlink()
    else:
        write_mrc(file, noisy_discs(seed=1), 4.0)
    with pytest.raises(CannotDo, match=r"a\.mrc.* Restore"):
        network_input(micrograph, InputSettings())
