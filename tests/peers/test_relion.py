"""RELION itself, as Debian has it (3.1.3)."""

from dataclasses import replace
from pathlib import Path

import mrcfile
import numpy as np
import pytest
import starfile

from picking.science.extract.export import write_particles
from picking.science.extract.particles import extract
from picking.science.extract.settings import ExtractSettings
from picking.science.formats.star import write_star
from picking.science.imaging.ctf import CtfValues
from picking.science.imaging.write import write_mrc
from tests.peers.environment import needs_relion, run
from tests.peers.files import BOX, HEIGHT, NAMES, PICKS, PIXEL_SIZE, WIDTH, export, read, same, write

pytestmark = needs_relion

CTF = CtfValues(15_000, 14_000, 30, 300, 2.7, 0.1)
SETTINGS = ExtractSettings(BOX, 24)
OPTIONS = ("--extract", "--extract_size", BOX, "--scale", 24, "--norm", "--bg_radius", 9, "--invert_contrast")


def pixels(name: str) -> np.ndarray:
    random = np.random.default_rng(NAMES.index(name))
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    return np.asarray(random.normal(400, 7, (HEIGHT, WIDTH)) + 0.1 * x - 0.05 * y, np.float32)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder of RELION with micrographs and their list."""
    for name in NAMES:
        write_mrc(tmp_path / f"{name}.mrc", pixels(name), PIXEL_SIZE)
    microscope = ("rlnVoltage", "rlnSphericalAberration", "rlnAmplitudeContrast")
    optics = ("rlnOpticsGroup", "rlnOpticsGroupName", "rlnMicrographPixelSize", *microscope)
    content = write_star("optics", optics, [("1", "opticsGroup1", str(PIXEL_SIZE), "300", "2.7", "0.1")])
    content += write_star("micrographs", ("rlnMicrographName", "rlnOpticsGroup"), [(f"{n}.mrc", "1") for n in NAMES])
    (tmp_path / "micrographs.star").write_text(content)
    return tmp_path


def extracted(project: Path, *where: object) -> dict[str, np.ndarray]:
    """The stacks that RELION extracts at the coordinates it is told of."""
    out = ("--part_star", "Extract/particles.star", "--part_dir", "Extract/")
    (project / "Extract").mkdir()
    run("relion_preprocess", "--i", "micrographs.star", *where, *out, *OPTIONS, folder=project)
    return {name: mrcfile.read(project / "Extract" / f"{name}.mrcs") for name in NAMES}


@pytest.mark.parametrize(
    ("key", "where"),
    [
        ("relion", ("--coord_dir", "CryoWeb/", "--coord_suffix", "_autopick.star")),
        ("relion_manual", ("--coord_dir", "CryoWeb/", "--coord_suffix", "_manualpick.star")),
        ("relion_particles", ("--reextract_data_star", "particles.star")),
        ("eman_box", ("--coord_dir", "boxfiles/", "--coord_suffix", ".box")),
        ("coords", ("--coord_dir", "COORDS/", "--coord_suffix", ".coords")),
    ],
)
def test_relion_extracts_at_our_coordinates_what_we_extract(project: Path, key: str, where: tuple[str, ...]) -> None:
    found = extracted(write(key, project), *where)
    for name in NAMES:
        same(found[name], extract(pixels(name), PICKS[name].xy, SETTINGS)[0], 5e-4)


def test_we_read_the_particles_that_relion_writes(project: Path) -> None:
    extracted(write("relion", project), "--coord_dir", "CryoWeb/", "--coord_suffix", "_autopick.star")
    found = read("relion_particles", project / "Extract" / "particles.star")
    for name in NAMES:
        same(found[name].xy, PICKS[name].xy)
        same(found[name].particle_score, PICKS[name].merit)


def test_we_read_the_micrograph_coordinates_that_relion_writes(project: Path) -> None:
    extracted(write("relion", project), "--coord_dir", "CryoWeb/", "--coord_suffix", "_autopick.star")
    found = read("relion_particles", *(project / "Extract" / f"{name}_extract.star" for name in NAMES))
    for name in NAMES:
        same(found[name].xy, PICKS[name].xy)


def stacks(project: Path, ctf: CtfValues | None) -> None:
    known = replace(export(), micrographs=[replace(each, ctf=ctf) for each in export().micrographs])
    for path, piece in write_particles(known, SETTINGS, lambda micrograph: pixels(micrograph.name)):
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        with (project / path).open("ab") as file:
            file.write(piece)


def test_relion_reads_our_stacks_by_our_particles(project: Path) -> None:
    stacks(project, None)
    run("relion_stack_create", "--i", "CryoWeb/particles.star", "--o", "joined", folder=project)
    wanted = [extract(pixels(name), PICKS[name].xy, SETTINGS)[0] for name in NAMES]
    same(mrcfile.read(project / "joined.mrcs"), np.concatenate(wanted))
    assert len(starfile.read(project / "joined.star")["particles"]) == 14


@pytest.mark.parametrize(("ctf", "options"), [(None, ()), (CTF, ("--ctf",))])
def test_relion_classifies_our_stacks(project: Path, ctf: CtfValues | None, options: tuple[str, ...]) -> None:
    stacks(project, ctf)
    search = ("--psi_step", 45, "--offset_range", 2, "--offset_step", 2, "--particle_diameter", 50)
    run(
        *("relion_refine", "--i", "CryoWeb/particles.star", "--o", "./run", "--K", 2, "--iter", 1, "--tau2_fudge", 2),
        *("--norm", "--scale", "--dont_combine_weights_via_disc", *search, *options),
        folder=project,
    )
    assert mrcfile.read(project / "run_it001_classes.mrcs").shape == (2, 24, 24)
