"""`topaz convert`, in both directions."""

from pathlib import Path

import pytest

from tests.peers.environment import PYTHON, needs_peers, run
from tests.peers.files import BOX, NAMES, PICKS, read, same, write

pytestmark = needs_peers


def convert(*arguments: object) -> None:
    run(PYTHON, "-m", "topaz.commands.convert", *arguments)


def test_topaz_converts_our_table_to_boxes_that_we_read(tmp_path: Path) -> None:
    (tmp_path / "boxes").mkdir()
    convert(write("topaz", tmp_path) / "picks_topaz.txt", "-o", f"{tmp_path}/boxes/", "--boxsize", BOX)
    found = read("eman_box", *(tmp_path / "boxes").iterdir())
    for name in NAMES:
        same(found[name].xy, PICKS[name].xy)


def test_topaz_converts_our_table_to_a_star_file_that_we_read(tmp_path: Path) -> None:
    convert(write("topaz", tmp_path) / "picks_topaz.txt", "-o", tmp_path / "x.star")
    found = read("relion_particles", tmp_path / "x.star")
    for name in NAMES:
        same(found[name].xy, PICKS[name].xy)
        same(found[name].particle_score, PICKS[name].merit)


def test_topaz_converts_our_table_to_json_that_we_read(tmp_path: Path) -> None:
    (tmp_path / "info").mkdir()
    convert(write("topaz", tmp_path) / "picks_topaz.txt", "-o", f"{tmp_path}/info/", "--to", "json")
    found = read("eman2_json", *(tmp_path / "info").iterdir())
    for name in NAMES:
        same(found[name].xy, PICKS[name].xy)


def test_topaz_converts_our_table_to_vias_that_we_read(tmp_path: Path) -> None:
    convert(write("topaz", tmp_path) / "picks_topaz.txt", "-o", tmp_path / "x.csv")
    found = read("topaz", tmp_path / "x.csv")
    for name in NAMES:
        same(found[name].xy, PICKS[name].xy)
        same(found[name].particle_score, PICKS[name].merit)


def test_topaz_converts_our_boxes_to_a_table_that_we_read(tmp_path: Path) -> None:
    boxes = write("eman_box", tmp_path) / "boxfiles"
    convert(*boxes.iterdir(), "-o", tmp_path / "x.txt")
    found = read("topaz", tmp_path / "x.txt")
    for name in NAMES:
        same(found[name].xy, PICKS[name].xy)


@pytest.mark.parametrize("factor", [2, 4])
def test_a_scale_is_that_of_topaz(tmp_path: Path, factor: int) -> None:
    """`-s` makes the coordinates smaller: what it writes is what we export at that scale."""
    convert(write("topaz", tmp_path / "1") / "picks_topaz.txt", "-s", factor, "-o", tmp_path / "theirs.txt")
    ours = write("topaz", tmp_path / "2", scale=factor) / "picks_topaz.txt"
    wanted, found = read("topaz", tmp_path / "theirs.txt"), read("topaz", ours)
    for name in NAMES:
        same(found[name].xy, wanted[name].xy, 1)  # halves go to even numbers there, upwards here
        same(found[name].particle_score, wanted[name].particle_score)
