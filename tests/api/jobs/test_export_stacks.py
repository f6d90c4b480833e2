"""Particle stacks, exported as the coordinate formats are."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import mrcfile
import numpy as np
import pytest
import starfile

from picking.models import Job, Micrograph
from tests.api.jobs.test_exports import ask, detail, download, exported
from tests.api.marks.test_operations import put_label, send
from tests.conftest import noisy_discs, write_mrc
from tests.management.test_commands import run
from tests.people import People


@pytest.fixture
def labelled(people: People, tmp_path: Path) -> Micrograph:
    """A micrograph with its file and two particles, one across the border."""
    write_mrc(tmp_path / "raw" / "a.mrc", noisy_discs())
    run("import_micrographs", str(people.project.pk), str(tmp_path / "raw"))
    micrograph: Micrograph = people.project.micrographs.get()
    send(people, put_label(micrograph, x=60.0, y=80.0), put_label(micrograph, x=2.0, y=9.0))
    return micrograph


def stack_in(archive: zipfile.ZipFile, folder: Path) -> np.ndarray:
    archive.extractall(folder)
    return np.asarray(mrcfile.read(folder / "CryoWeb" / "Particles" / "a.mrcs"))


def test_the_zip_holds_a_stack_and_its_table(people: People, labelled: Micrograph, tmp_path: Path) -> None:
    archive = download(people, "relion_stacks", box_px=48, binned_box=24)
    assert archive.namelist() == ["CryoWeb/Particles/a.mrcs", "CryoWeb/particles.star", "cryoweb_manifest.json"]
    assert stack_in(archive, tmp_path).shape == (2, 24, 24)
    particles = starfile.read(tmp_path / "CryoWeb" / "particles.star")["particles"]
    assert sorted(particles["rlnCoordinateX"]) == [2, 60]
    assert mrcfile.validate(tmp_path / "CryoWeb" / "Particles" / "a.mrcs", print_file=io.StringIO())


def test_images_are_not_compressed(people: People, labelled: Micrograph) -> None:
    archive = download(people, "relion_stacks", box_px=48)
    assert archive.getinfo("CryoWeb/Particles/a.mrcs").compress_type == zipfile.ZIP_STORED
    assert archive.getinfo("CryoWeb/particles.star").compress_type == zipfile.ZIP_DEFLATED


def test_the_options_are_followed(people: People, labelled: Micrograph, tmp_path: Path) -> None:
    plain = stack_in(download(people, "relion_stacks", box_px=48, invert=False, normalise=False), tmp_path / "1")
    inverted = stack_in(download(people, "relion_stacks", box_px=48, normalise=False), tmp_path / "2")
    half = stack_in(download(people, "relion_stacks", box_px=48, half_precision=True), tmp_path / "3")
    np.testing.assert_array_equal(inverted, -plain)
    assert half.dtype == np.float16


def test_names_by_a_rule_find_their_micrograph(people: People, labelled: Micrograph) -> None:
    archive = download(people, "relion_stacks", box_px=48, add_suffix="_DW")
    assert archive.namelist()[0] == "CryoWeb/Particles/a_DW.mrcs"


@pytest.mark.parametrize(
    ("options", "remedy"),
    [
        ({"box_px": 65}, "use 66"),
        ({"box_px": 64, "binned_box": 128}, "make it smaller"),
        ({"box_px": 64, "scale": 2}, "Leave the scale at 1"),
        ({"box_px": 64, "half_precision": True, "normalise": False}, "use 32 bits"),
    ],
)
def test_what_cannot_be_extracted_is_refused_at_once(
    people: People, labelled: Micrograph, options: dict[str, Any], remedy: str
) -> None:
    answer = ask(people, key="relion_stacks", **options)
    assert answer.status_code == 400
    assert remedy in answer.content.decode()
    assert not Job.objects.filter(kind=Job.Kind.EXPORT).exists()


def test_a_micrograph_whose_file_is_gone_ends_the_export_with_its_name(people: People, labelled: Micrograph) -> None:
    Path(labelled.source).unlink()
    job = exported(people, "relion_stacks", box_px=48).job
    assert job.status == Job.Status.FAILED
    assert "a can no longer be read" in job.error


def test_the_manifest_says_the_box(people: People, labelled: Micrograph) -> None:
    export = exported(people, "relion_stacks", box_px=48, binned_box=24)
    said = detail(people, export)["manifest"]
    assert (said["conventions"]["box"], said["options"]["binned_box"]) == (48, 24)


def test_the_suggested_box_is_what_is_taken_where_none_is_asked_for(people: People, labelled: Micrograph) -> None:
    suggested = people.client("viewer").get(f"/api/v1/projects/{people.project.pk}/exports/box").json()["box_px"]
    archive = download(people, "relion_stacks")
    manifest = json.loads(archive.read("cryoweb_manifest.json"))
    assert suggested == manifest["conventions"]["box"]


def test_no_box_is_suggested_where_nothing_can_be_extracted(people: People) -> None:
    answer = people.client("viewer").get(f"/api/v1/projects/{people.project.pk}/exports/box")
    assert answer.json() == {"box_px": None}
