"""One measurement of tests/bench/export.py, in a process of its own: makes the project, writes a zip of it, or reads it."""

import io
import json
import resource
import sys
import time
import zipfile
from collections.abc import Iterator
from functools import partial

import django
import numpy as np

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from picking.models import Micrograph, PickSet, Project, Training, User  # noqa: E402
from picking.queries.export import export  # noqa: E402
from picking.science.formats import FORMATS  # noqa: E402
from picking.science.picks import as_picks, pack  # noqa: E402
from picking.zipping import streamed_zip  # noqa: E402


def make(micrographs: int, picks: int) -> None:
    """A project whose every pick passes its thresholds."""
    call_command("migrate", verbosity=0)
    person = User.objects.create_user("anna")
    project = Project.objects.create(
        name="Measured", particle_diameter=180.0, pixel_size=1.2, particle_threshold=0.3, contamination_threshold=0.6,
        created_by=person,
    )  # fmt: skip
    training = Training.objects.create(
        project=project, version=1, weights="x", seed=1, settings={}, labels={}, losses=[],
        has_contamination_network=True,
    )  # fmt: skip
    project.current_training = training
    project.save()
    random = np.random.default_rng(0)
    rows = (
        Micrograph(project=project, name=f"grid1_{n:05}_aligned", file_name=f"grid1_{n:05}_aligned.mrc",
                   width=4096, height=4096)
        for n in range(micrographs)
    )  # fmt: skip
    made = Micrograph.objects.bulk_create(rows, batch_size=500)
    PickSet.objects.bulk_create(
        (
            PickSet(micrograph=each, training=training, count=picks, rows=pack(as_picks(drawn(random, picks))))
            for each in made
        ),
        batch_size=500,
    )


def drawn(random: np.random.Generator, picks: int) -> np.ndarray:
    return random.uniform([0, 0, 0.4, 0], [4095, 4095, 1, 0.5], (picks, 4))


def write(key: str) -> float:
    """Writes the zip and returns its size in MB."""
    size = 0
    with (settings.CRYOWEB_DATA / f"{key}.zip").open("wb") as file:
        for piece in streamed_zip(FORMATS[key].write(export(Project.objects.get()))):
            size += file.write(piece)
    return size / 1e6


def read(key: str) -> float:
    with zipfile.ZipFile(settings.CRYOWEB_DATA / f"{key}.zip") as archive:
        files = {name: partial(archive.open, name) for name in archive.namelist()}
        found = sum(len(each.coordinates) for each in FORMATS[key].parse(files))
        print(found, file=sys.stderr)
    return 0.0


def main() -> None:
    work, *arguments = sys.argv[1:]
    started = time.perf_counter()
    size = {"write": write, "read": read}[work](*arguments) if work != "make" else make(*map(int, arguments))
    used = resource.getrusage(resource.RUSAGE_SELF)
    found = {
        "seconds": time.perf_counter() - started,
        "processor": used.ru_utime + used.ru_stime,
        "memory": used.ru_maxrss / 1e3,
        "zip": size or 0.0,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
