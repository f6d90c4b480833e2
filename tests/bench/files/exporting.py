"""One measurement of export.py, in a process of its own: makes the project, writes a zip, or reads it."""

import json
import resource
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import django
import numpy as np

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from picking.jobs.write_export import write_export  # noqa: E402
from picking.models import Micrograph, PickSet, Project, User  # noqa: E402
from picking.queries.exports.export import export, outgoing  # noqa: E402
from picking.science.formats import FORMATS  # noqa: E402
from picking.science.formats.files import in_zip  # noqa: E402
from picking.science.picks import as_picks, pack  # noqa: E402
from picking.wire import ExportOptions  # noqa: E402
from picking.zipping import streamed_zip  # noqa: E402
from tests.trainings import make_training  # noqa: E402


def make(micrographs: str, picks: str) -> float:
    """A project whose every pick passes its thresholds, so many picks on each of its micrographs."""
    call_command("migrate", verbosity=0)
    person = User.objects.create_user("anna")
    project = Project.objects.create(
        name="Measured", particle_diameter=180.0, pixel_size=1.2, particle_threshold=0.3, contamination_threshold=0.6,
        border_margin=0.0, created_by=person,
    )  # fmt: skip
    training = make_training(project)
    project.current_training = training
    project.save()
    random = np.random.default_rng(0)
    rows = (
        Micrograph(project=project, name=f"grid1_{n:05}_aligned", file_name=f"grid1_{n:05}_aligned.mrc",
                   width=4096, height=4096)
        for n in range(int(micrographs))
    )  # fmt: skip
    made = Micrograph.objects.bulk_create(rows, batch_size=500)
    sets = (
        PickSet(
            micrograph=each, source=training.source, count=int(picks), rows=pack(as_picks(drawn(random, int(picks))))
        )
        for each in made
    )
    PickSet.objects.bulk_create(sets, batch_size=500)
    return float(len(made))


def drawn(random: np.random.Generator, picks: int) -> np.ndarray:
    return random.uniform([0, 0, 0.4, 0], [4095, 4095, 1, 0.5], (picks, 4))


def write(key: str) -> float:
    """Writes the zip and returns its size in MB."""
    with zip_path(key).open("wb") as file:
        file.writelines(streamed_zip(FORMATS[key].write(export(Project.objects.get()))))
    return zip_path(key).stat().st_size / 1e6


def read(key: str) -> float:
    """Reads the zip and returns the picks in it in millions."""
    with zipfile.ZipFile(zip_path(key)) as archive:
        return sum(len(each.coordinates) for each in FORMATS[key].parse(in_zip(archive))) / 1e6


def whole(key: str) -> float:
    """All that the job does: writes, reads back, compares, keeps what was read. Returns the zip's size in MB."""
    going = outgoing(Project.objects.get(), ExportOptions(key))
    path = zip_path(f"whole-{key}")
    return write_export(going, path, path.with_suffix(".places"), None, lambda done, total, what: None).size / 1e6


def zip_path(key: str) -> Path:
    return Path(settings.CRYOWEB_DATA) / f"{key}.zip"


def most_memory() -> float:
    """MB that this process has held (Linux). `ru_maxrss` begins with what the process that started this one held."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmHWM"))


def main() -> None:
    work, *arguments = sys.argv[1:]
    started = time.perf_counter()
    works: dict[str, Callable[..., float]] = {"write": write, "read": read, "whole": whole, "make": make}
    found = works[work](*arguments)
    seconds, used = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF)
    figures = [seconds, used.ru_utime + used.ru_stime, most_memory(), found]
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
