"""starfile, by which much of Python reads and writes RELION's files."""

from pathlib import Path

import pytest

from tests.peers.environment import answer, needs_peers
from tests.peers.files import NAMES, PICKS, read, same, write

pytestmark = needs_peers

READ = """
import starfile
blocks = starfile.read(sys.argv[1], always_dict=True)
table = blocks[sys.argv[2]]
rows = table[table["rlnMicrographName"] == sys.argv[3]] if len(sys.argv) > 3 else table
print(json.dumps(rows[["rlnCoordinateX", "rlnCoordinateY", "rlnAutopickFigureOfMerit"]].to_numpy(float).tolist()))
"""

COPY = """
import starfile
starfile.write(starfile.read(sys.argv[1], always_dict=True), sys.argv[2])
print("null")
"""


@pytest.mark.parametrize("name", NAMES)
def test_starfile_reads_our_pick_sets(tmp_path: Path, name: str) -> None:
    found = answer(READ, write("relion", tmp_path) / "CryoWeb" / f"{name}_autopick.star", "")
    same([row[:2] for row in found], PICKS[name].xy)
    same([row[2] for row in found], PICKS[name].merit)


@pytest.mark.parametrize("name", NAMES)
def test_starfile_reads_our_particles(tmp_path: Path, name: str) -> None:
    found = answer(READ, write("relion_particles", tmp_path) / "particles.star", "particles", f"{name}.mrc")
    same([row[:2] for row in found], PICKS[name].xy)


def test_we_read_the_particles_that_starfile_writes(tmp_path: Path) -> None:
    answer(COPY, write("relion_particles", tmp_path) / "particles.star", tmp_path / "copy.star")
    found = read("relion_particles", tmp_path / "copy.star")
    for name in NAMES:
        same(found[name].xy, PICKS[name].xy)
        same(found[name].particle_score, PICKS[name].merit)
