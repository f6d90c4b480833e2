"""Files as other programs write them: tests/data/formats/README.md."""

from pathlib import Path

import numpy as np
import pytest

from picking.science.formats import FORMATS, Coordinates
from picking.science.formats.detect import format_of_all
from picking.science.formats.files import on_disk

FILES = Path(__file__).parents[2] / "data" / "formats"
SIZE = (3838, 3710)

Places = dict[str, list[tuple[float, float]]]
Scores = dict[str, list[float]]

WHOLE: Places = {"mic_a": [(100, 200), (3837, 2)], "mic_b": [(0, 3709)]}
EXACT: Places = {"mic_a": [(100.5, 200.25), (3837, 1.5)], "mic_b": [(0, 3709)]}
NO_SCORES: Scores = {"mic_a": [np.nan, np.nan], "mic_b": [np.nan]}
SCORES: Scores = {"mic_a": [0.75, 0.5], "mic_b": [0.25]}
LOGITS: Scores = {"mic_a": [0.75, -1.5], "mic_b": [0.25]}

GOLDEN: dict[str, tuple[str, Places, Scores]] = {
    "relion-3.1-picks": ("relion", EXACT, SCORES),
    "relion-5-picks": ("relion", EXACT, SCORES),
    "relion-5-manual": ("relion_manual", EXACT, NO_SCORES),
    "relion-3.0-particles": ("relion_particles", EXACT, SCORES),
    "relion-3.1-particles": ("relion_particles", EXACT, SCORES),
    "relion-5-particles": ("relion_particles", EXACT, SCORES),
    "cryosparc-4": ("cryosparc", EXACT, SCORES),
    "eman-box-integers": ("eman_box", WHOLE, NO_SCORES),
    "eman-box-floats": ("eman_box", EXACT, NO_SCORES),
    "eman-box-scores": ("eman_box", EXACT, SCORES),
    "eman2-2.99": ("eman2_json", EXACT, SCORES | {"mic_b": [np.nan]}),
    "topaz-0.2.5-txt": ("topaz", WHOLE, LOGITS),
    "topaz-0.2.5-via": ("topaz", WHOLE, LOGITS),
    "cryolo-1.9-cbox": ("cryolo", EXACT, SCORES),
    "cryolo-1.5-coords": ("coords", EXACT, NO_SCORES),
    "cryoweb-csv": ("csv", EXACT, SCORES),
}


def paths(folder: str) -> list[Path]:
    return sorted(path for path in (FILES / folder).rglob("*") if path.is_file())


def read(folder: str) -> dict[str, Coordinates]:
    files = {str(path.relative_to(FILES / folder)): path.read_bytes() for path in paths(folder)}
    found = FORMATS[GOLDEN[folder][0]].read(files, {"mic_a": SIZE, "mic_b": SIZE})
    return {name: Coordinates.of(each) for name, each in found.coordinates.items()}


@pytest.mark.parametrize("folder", GOLDEN)
def test_the_format_is_told_by_content(folder: str) -> None:
    assert FORMATS[format_of_all(on_disk(paths(folder)))].parse is FORMATS[GOLDEN[folder][0]].parse


@pytest.mark.parametrize("folder", GOLDEN)
def test_the_places_are_those_that_the_program_meant(folder: str) -> None:
    found, places = read(folder), GOLDEN[folder][1]
    assert found.keys() == places.keys()
    for name, each in found.items():
        np.testing.assert_allclose(each.xy, np.array(places[name]), atol=1e-3 if folder == "cryosparc-4" else 1e-9)


@pytest.mark.parametrize("folder", GOLDEN)
def test_the_scores_are_those_of_the_program(folder: str) -> None:
    for name, each in read(folder).items():
        np.testing.assert_allclose(each.particle_score, np.array(GOLDEN[folder][2][name]), atol=1e-6)


def test_every_format_has_files_and_every_folder_is_described() -> None:
    assert {key for key, _, _ in GOLDEN.values()} == set(FORMATS)
    described = (FILES / "README.md").read_text()
    assert {path.name for path in FILES.iterdir() if path.is_dir()} == set(GOLDEN)
    assert all(f"`{folder}`" in described for folder in GOLDEN)
