"""A folder with three micrographs, and conversions in it."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from picking.science.convert.__main__ import main
from picking.science.formats import FORMATS, Coordinates
from picking.science.formats.files import on_disk
from picking.science.imaging.write import write_mrc

WIDTH, HEIGHT = 330, 215
NAMES = ("g1/mic_1", "g2/mic_1", "g1/größe 2")
PLACES = {name: np.random.default_rng(n).uniform(0, (WIDTH - 1, HEIGHT - 1), (40, 2)) for n, name in enumerate(NAMES)}

Convert = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Movies/ with the micrographs; in.csv with coordinates of them, full-size, centred and with scores."""
    for n, name in enumerate(NAMES):
        path = tmp_path / "Movies" / f"{name}.mrc"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_mrc(path, np.random.default_rng(n).normal(0, 1, (HEIGHT, WIDTH)).astype(np.float32), 1.5)
    rows = [f"Movies/{name}.mrc,{x},{y},0.5" for name, xy in PLACES.items() for x, y in xy.tolist()]
    (tmp_path / "in.csv").write_text("\n".join(["micrograph,x,y,particle_score", *rows, ""]))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def convert(folder: Path, capsys: pytest.CaptureFixture[str]) -> Convert:
    """What `main` returns for options, and what it printed and complained of."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def read(key: str, *paths: Path) -> dict[str, Coordinates]:
    """What is in files, by the names that are written there."""
    files = on_disk(file for path in paths for file in (sorted(path.rglob("*.*")) if path.is_dir() else [path]))
    found: dict[str, list[Coordinates]] = {}
    for each in FORMATS[key].parse(files):
        found.setdefault(each.name, []).append(each.coordinates)
    return {name: Coordinates.joined(parts) for name, parts in found.items()}
