"""Particle stacks by the command line."""

from pathlib import Path

import mrcfile
import pytest
import starfile
from django.core.management.base import CommandError

from tests.api.marks.test_operations import put_label, send
from tests.conftest import noisy_discs, write_mrc
from tests.management.test_commands import run
from tests.people import People


@pytest.fixture
def labelled(people: People, tmp_path: Path) -> str:
    """The id of a project with one micrograph and two particles."""
    write_mrc(tmp_path / "raw" / "a.mrc", noisy_discs())
    project = str(people.project.pk)
    run("import_micrographs", project, str(tmp_path / "raw"))
    micrograph = people.project.micrographs.get()
    send(people, put_label(micrograph, x=60, y=80), put_label(micrograph, x=2, y=9))
    return project


def test_stacks_and_their_table_are_written_into_a_folder(labelled: str, tmp_path: Path) -> None:
    said = run("extract_particles", labelled, str(tmp_path / "out"), "--box", "48", "--binned-box", "24")
    assert said.splitlines() == ["CryoWeb/Particles/a.mrcs", "CryoWeb/particles.star"]
    assert mrcfile.read(tmp_path / "out" / "CryoWeb" / "Particles" / "a.mrcs").shape == (2, 24, 24)
    particles = starfile.read(tmp_path / "out" / "CryoWeb" / "particles.star")["particles"]
    assert sorted(particles["rlnCoordinateX"]) == [2, 60]


def test_a_second_run_writes_over_the_first(labelled: str, tmp_path: Path) -> None:
    for box in ("48", "32"):
        run("extract_particles", labelled, str(tmp_path), "--box", box)
    assert mrcfile.read(tmp_path / "CryoWeb" / "Particles" / "a.mrcs").shape == (2, 32, 32)


def test_without_a_box_it_is_one_and_a_half_diameters(labelled: str, people: People, tmp_path: Path) -> None:
    run("extract_particles", labelled, str(tmp_path))
    diameter_px = people.project.micrographs.get().diameter_px
    assert diameter_px
    box = mrcfile.read(tmp_path / "CryoWeb" / "Particles" / "a.mrcs").shape[-1]
    assert 0 <= box - 1.5 * diameter_px < 12


def test_what_cannot_be_done_says_what_to_do(labelled: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="use 66"):
        run("extract_particles", labelled, str(tmp_path), "--box", "65")
    (tmp_path / "raw" / "a.mrc").unlink()
    with pytest.raises(CommandError, match=r"a can no longer be read .*Restore its file"):
        run("extract_particles", labelled, str(tmp_path), "--box", "64")
