"""Fixtures that many tests share."""

from collections.abc import Callable, Iterator
from math import ceil, floor
from pathlib import Path
from uuid import uuid4

import mrcfile
import numpy as np
import pytest
from django.db.models.signals import post_migrate
from django.test import override_settings
from hypothesis import settings

from picking.actions.locked_project import locked_project
from picking.actions.micrographs.imports import queue_import
from picking.jobs.tasks import run_job
from picking.models import Job, Micrograph
from picking.science.picks import Points, as_points
from tests.people import People, make_people

settings.register_profile("unhurried", deadline=None)  # how long an example takes says how busy the machine is
settings.load_profile("unhurried")

SIDE = 640
SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
REAL_DATA = SHARED / "data" / "empiar-10017"
needs_real_data = pytest.mark.skipif(
    not REAL_DATA.is_dir(), reason=f"needs the real micrographs in {REAL_DATA.parent}, which are not here"
)
DISCS = as_points([(80 + 120 * i, 80 + 120 * j) for i in range(5) for j in range(5)])
"""Centres of the dark discs in the micrographs that tests make."""


@pytest.fixture(scope="session", autouse=True)
def no_permissions_of_models() -> None:
    """Nothing asks for Django's own permissions. Making them again is most of what it takes to empty the database."""
    assert post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path) -> Iterator[Path]:
    """An empty data folder for each test."""
    folder = tmp_path / "data"
    folder.mkdir()
    with override_settings(CRYOWEB_DATA=folder):
        yield folder


@pytest.fixture
def people(db: None) -> People:
    return make_people()


def noisy_discs(seed: int = 0, centres: Points = DISCS, side: int = SIDE, radius: float = 18) -> np.ndarray:
    """(side, side) float32: dark discs in noise."""
    y, x = np.mgrid[:side, :side]
    image = np.random.default_rng(seed).normal(size=(side, side)).astype(np.float32)
    for cx, cy in centres:
        near = tuple(slice(max(0, floor(c - radius)), ceil(c + radius) + 1) for c in (cy, cx))
        image[near][np.hypot(x[near] - cx, y[near] - cy) < radius] -= 1.5
    return image


def write_mrc(path: Path, image: np.ndarray, pixel_size: float | None = None) -> Path:
    """Writes an MRC file as other programs would."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with mrcfile.new(path, overwrite=True) as file:
        file.set_data(image)
        if pixel_size:
            file.voxel_size = pixel_size
    return path


@pytest.fixture
def import_file(people: People, data_folder: Path) -> Callable[..., Job]:
    """Imports an image into the people's project by the real job, and returns the ended job."""

    def run(name: str = "", image: np.ndarray | None = None, pixel_size: float | None = None) -> Job:
        name = name or f"micrograph-{uuid4().hex[:6]}.mrc"
        image = noisy_discs() if image is None else image
        source = write_mrc(data_folder / "uploads" / "whole" / f"{uuid4()}.mrc", image, pixel_size)
        with locked_project(people.project.pk) as project:
            job = queue_import(project, people.owner, name, source)
        run_job(job.pk)
        job.refresh_from_db()
        return job

    return run


@pytest.fixture
def micrograph(people: People, import_file: Callable[..., Job]) -> Micrograph:
    job = import_file("first.mrc")
    assert job.status == Job.Status.FINISHED, job.error
    return Micrograph.objects.get(project=people.project, name="first")
