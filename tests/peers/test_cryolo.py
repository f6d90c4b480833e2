"""pyStarDB, by which crYOLO and napari-boxmanager read and write CBOX."""

from pathlib import Path

import pytest

from tests.peers.environment import answer, needs_peers
from tests.peers.files import BOX, NAMES, PICKS, read, same, write

pytestmark = needs_peers

READ = """
from pyStarDB.sp_pystardb import StarFile
table = StarFile(sys.argv[1])["cryolo"]
columns = ["_CoordinateX", "_CoordinateY", "_Width", "_Height", "_Confidence"]
print(json.dumps(table[columns].to_numpy(float).tolist()))
"""

COPY = """
from pyStarDB.sp_pystardb import StarFile
file = StarFile(sys.argv[1])
file.write_star_file(sys.argv[2], list(file.keys()))
print("null")
"""


@pytest.mark.parametrize("name", NAMES)
def test_cryolos_reader_reads_our_boxes(tmp_path: Path, name: str) -> None:
    found = answer(READ, write("cryolo", tmp_path) / "CBOX" / f"{name}.cbox")
    same([(x + width / 2, y + height / 2) for x, y, width, height, _ in found], PICKS[name].xy)
    same([row[2:4] for row in found], [(BOX, BOX)] * 7)
    same([row[4] for row in found], PICKS[name].merit)


@pytest.mark.parametrize("name", NAMES)
def test_we_read_the_boxes_that_cryolos_writer_writes(tmp_path: Path, name: str) -> None:
    copy = tmp_path / f"{name}.cbox"
    answer(COPY, write("cryolo", tmp_path) / "CBOX" / f"{name}.cbox", copy)
    found = read("cryolo", copy)[name]
    same(found.xy, PICKS[name].xy)
    same(found.particle_score, PICKS[name].merit)
