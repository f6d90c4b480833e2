import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import mrcfile
import numpy as np
import pytest
import starfile

from picking.science.extract.export import write_particles
from picking.science.extract.particles import extract
from picking.science.extract.settings import BadExtraction, ExtractSettings
from picking.science.formats import Coordinates, Export, ExportMicrograph
from picking.science.imaging.ctf import CtfValues

WIDTH, HEIGHT = 90, 70
SETTINGS = ExtractSettings(32, 16)
CTF = CtfValues(15_000, 14_000, 30, 200, 1.4, 0.07, 5.0)


def pixels(micrograph: ExportMicrograph) -> np.ndarray:
    return np.random.default_rng(len(micrograph.name)).normal(0, 1, (HEIGHT, WIDTH)).astype(np.float32)


def micrograph(name: str, count: int = 3, **options: Any) -> ExportMicrograph:
    xy = np.random.default_rng(count).uniform(0, 60, (count, 2))
    picks = Coordinates.at(xy, np.linspace(0.9, 0.1, count))
    return replace(ExportMicrograph(name, f"{name}.mrc", WIDTH, HEIGHT, 1.25, picks), **options)


def written(below: Path, *micrographs: ExportMicrograph, settings: ExtractSettings = SETTINGS, **options: Any) -> Any:
    """The files below `below`; returns the blocks of particles.star."""
    export = Export(20, micrographs, **options)
    for path, piece in write_particles(export, settings, pixels):
        (below / path).parent.mkdir(parents=True, exist_ok=True)
        with (below / path).open("ab") as file:
            file.write(piece)
    return dict(starfile.read(below / "CryoWeb" / "particles.star", always_dict=True))


def images(folder: Path, particles: Any) -> np.ndarray:
    """The image of each row, by its name."""
    named = [re.fullmatch(r"(\d{6})@(.+)", name) for name in particles["rlnImageName"]]
    stacks = {name[2]: mrcfile.read(folder / name[2]) for name in named if name}
    stacks = {path: each.reshape(-1, *each.shape[-2:]) for path, each in stacks.items()}  # one image comes alone
    return np.stack([stacks[name[2]][int(name[1]) - 1] for name in named if name])


def test_each_row_names_the_image_of_its_particle(tmp_path: Path) -> None:
    micrographs = [micrograph("a"), micrograph("g1/b c", 5)]
    particles = written(tmp_path, *micrographs)["particles"]
    wanted = [extract(pixels(each), Coordinates.of(each.picks).xy, SETTINGS)[0] for each in micrographs]
    np.testing.assert_array_equal(images(tmp_path, particles), np.concatenate(wanted))
    assert particles["rlnMicrographName"].tolist() == ["a.mrc"] * 3 + ["g1/b c.mrc"] * 5
    xy = np.concatenate([Coordinates.of(each.picks).xy for each in micrographs])
    np.testing.assert_allclose(particles[["rlnCoordinateX", "rlnCoordinateY"]], xy, atol=1e-6)


def test_the_optics_are_those_of_the_images(tmp_path: Path) -> None:
    blocks = written(tmp_path, micrograph("a", ctf=CTF), micrograph("b", ctf=CTF, pixel_size=0.5))
    optics = blocks["optics"]
    assert optics["rlnImagePixelSize"].tolist() == [2.5, 1.0]
    assert optics["rlnMicrographPixelSize"].tolist() == [1.25, 0.5]
    assert optics["rlnImageSize"].tolist() == [16, 16]
    assert optics["rlnImageDimensionality"].tolist() == [2, 2]
    assert optics["rlnVoltage"].tolist() == [200, 200]
    assert blocks["particles"]["rlnOpticsGroup"].tolist() == [1, 1, 1, 2, 2, 2]
    assert blocks["particles"]["rlnDefocusV"].tolist() == [14_000] * 6


def test_without_ctf_values_the_usual_microscope_is_written_and_no_defocus(tmp_path: Path) -> None:
    blocks = written(tmp_path, micrograph("a"), micrograph("b"))
    assert blocks["optics"]["rlnVoltage"].tolist() == [300]
    assert blocks["optics"]["rlnSphericalAberration"].tolist() == [2.7]
    assert "rlnDefocusU" not in blocks["particles"]


def test_stacks_lie_where_relions_job_puts_them_and_are_valid(tmp_path: Path) -> None:
    written(tmp_path, micrograph("a"), micrograph("empty", 0), folder="MotionCorr/job002/Movies")
    stack = tmp_path / "CryoWeb" / "Particles" / "Movies" / "a.mrcs"
    assert list(tmp_path.rglob("*.mrcs")) == [stack]
    assert mrcfile.validate(stack, print_file=io.StringIO())
    with mrcfile.open(stack) as file:
        assert float(file.voxel_size.x) == 2.5


def test_a_turned_micrograph_has_turned_particles(tmp_path: Path) -> None:
    whole = ExtractSettings(32, normalise=False)
    odd = replace(micrograph("a"), picks=Coordinates.at(np.array([(40.0, 35.0)])))
    straight = images(tmp_path / "1", written(tmp_path / "1", odd, settings=whole)["particles"])
    blocks = written(tmp_path / "2", odd, settings=whole, flip_y=True)
    assert blocks["particles"]["rlnCoordinateY"].tolist() == [HEIGHT - 1 - 35]
    np.testing.assert_array_equal(images(tmp_path / "2", blocks["particles"])[0, 1:], straight[0, :0:-1])


def test_one_micrograph_is_read_at_a_time() -> None:
    read: list[str] = []

    def reading(each: ExportMicrograph) -> np.ndarray:
        read.append(each.name)
        return pixels(each)

    pieces = write_particles(Export(20, map(micrograph, "abc")), SETTINGS, reading)
    next(pieces)
    assert read == ["a"]


def test_a_scale_is_refused() -> None:
    no_read: Callable[[ExportMicrograph], np.ndarray] = pixels
    with pytest.raises(BadExtraction, match="Leave the scale at 1"):
        next(write_particles(Export(20, [micrograph("a")], scale=2), SETTINGS, no_read))
