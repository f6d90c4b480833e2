"""cryohub, which reads and writes the formats of several programs."""

from pathlib import Path

from tests.peers.environment import answer, needs_peers
from tests.peers.files import BOX, NAMES, PICKS, read, same, write

pytestmark = needs_peers

READ = """
from cryohub import read
found = read(*sys.argv[1:], strict=True)
print(json.dumps({each.experiment_id: each.position.tolist() for each in found}))
"""

WRITE = """
from cryohub import read
from cryohub.writing.star import write_star
write_star(read(sys.argv[1], strict=True), sys.argv[2], version="3.1")
print("null")
"""


def test_cryohub_reads_our_particles(tmp_path: Path) -> None:
    found = answer(READ, write("relion_particles", tmp_path) / "particles.star")
    for name in NAMES:
        same([place[:2] for place in found[name]], PICKS[name].xy)


def test_cryohub_reads_our_boxes(tmp_path: Path) -> None:
    """It gives the numbers as they are: the corner."""
    folder = write("cryolo", tmp_path) / "CBOX"
    for name in NAMES:
        same([place[:2] for place in answer(READ, folder / f"{name}.cbox")[name]], PICKS[name].xy - BOX / 2)


def test_we_read_the_particles_that_cryohub_writes(tmp_path: Path) -> None:
    answer(WRITE, write("relion_particles", tmp_path) / "particles.star", tmp_path / "copy.star")
    found = read("relion_particles", tmp_path / "copy.star")
    for name in NAMES:
        same(found[name].xy, PICKS[name].xy)
