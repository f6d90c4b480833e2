"""Import one file: check it, build its pyramid and the networks' input, put its folder in place, make its row."""

import json
import shutil
import uuid
from contextlib import suppress
from pathlib import Path

from picking import storage
from picking.actions.jobs import jobs
from picking.actions.micrographs.imports import ImportedFile, finish_import
from picking.data_roots import opened, roots_of
from picking.files import link_or_copy, size_of
from picking.jobs.refusal import CannotDo
from picking.models import Job, Project
from picking.science.imaging.network_input import InputSettings, make_network_input
from picking.science.imaging.pyramid import write_pyramid
from picking.science.imaging.read import Micrograph, UnreadableMicrograph, read_micrograph


def run(claimed: jobs.Claim, job: Job) -> None:
    """Leaves a whole micrograph, or nothing: the folder appears by one rename, and goes if the row cannot be made."""
    source = Path(job.source)
    micrograph = _read(job)
    key = uuid.uuid4()
    final = storage.micrograph_folder(job.project_id, key)
    unfinished = final.with_name(f"{key}.unfinished")
    try:
        unfinished.mkdir(parents=True)
        _fill(unfinished, job, source, micrograph, job.project)
        unfinished.rename(final)
        ny, nx = micrograph.pixels.shape
        found = ImportedFile(key, nx, ny, micrograph.pixel_size, micrograph.replaced, size_of(final))
        finish_import(claimed, found)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.rmtree(final, ignore_errors=True)
        raise


def _read(job: Job) -> Micrograph:
    name, source = job.name, Path(job.source)
    try:
        if not job.in_place:
            return read_micrograph(source)
        with opened(source, roots_of(job.created_by), job.lies_at) as file:
            return read_micrograph(file)
    except UnreadableMicrograph as reason:
        raise CannotDo(f"{name}: {reason}") from reason
    except OSError as error:
        raise CannotDo(f"{name}: the file cannot be read ({error.strerror}).") from error


def _fill(folder: Path, job: Job, source: Path, micrograph: Micrograph, project: Project) -> None:
    ny, nx = micrograph.pixels.shape
    (folder / "size.json").write_text(json.dumps({"width": nx, "height": ny}))
    write_pyramid(micrograph.pixels, folder / "pyramid.u8")
    listed = (job.listed or {}).get("pixel_size")
    pixel_size, diameter = project.pixel_size_of(listed or micrograph.pixel_size), project.particle_diameter
    if pixel_size is not None and diameter is not None:
        name = storage.input_name(diameter, pixel_size, InputSettings().digest)
        # A diameter that does not suit these pixels is reported when someone trains; until then it can be corrected.
        with suppress(ValueError):
            make_network_input(micrograph.pixels, pixel_size, diameter).save(folder / name)
    if not job.in_place:
        link_or_copy(source, folder / f"source{source.suffix}")
