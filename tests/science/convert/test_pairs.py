"""Every format into every other."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from picking.science.convert.__main__ import main
from picking.science.convert.inputs import inputs
from picking.science.formats import FORMATS, Coordinates, match_names
from picking.science.formats.read_back import LOST, LOST_BY_DECIMALS
from tests.science.convert.conftest import PLACES

OPTIONS = ["--box", "51", "--size", "330,215", "--pixel-size", "1.5"]


@pytest.fixture(scope="module")
def firsts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for each format, with the same coordinates."""
    folder = tmp_path_factory.mktemp("firsts")
    rows = [f"Movies/{name}.mrc,{x},{y}" for name, xy in PLACES.items() for x, y in xy.tolist()]
    (folder / "in.csv").write_text("\n".join(["micrograph,x,y", *rows, ""]))
    for key in FORMATS:
        assert main([*OPTIONS, "--to", key, str(folder / "in.csv"), str(folder / key)]) == 0
    return folder


@pytest.mark.parametrize(("one", "other"), list(product(FORMATS, repeat=2)))
def test_a_format_becomes_another(one: str, other: str, firsts: Path, tmp_path: Path) -> None:
    assert main([*OPTIONS, "--from", one, "--to", other, str(firsts / one), str(tmp_path / "out.zip")]) == 0
    found: dict[str, list[Coordinates]] = {}
    for each in FORMATS[other].parse(inputs([tmp_path / "out.zip"], other)[1]):
        found.setdefault(each.name, []).append(each.coordinates)
    names = match_names(found, PLACES, FORMATS[other].stem)
    assert sorted(names.micrographs.values()) == sorted(PLACES)
    lost = sum(LOST.get(key, LOST_BY_DECIMALS) for key in (one, other))
    for written, name in names.micrographs.items():
        xy = Coordinates.joined(found[written]).xy
        np.testing.assert_allclose(xy, PLACES[name], rtol=0, atol=lost)
