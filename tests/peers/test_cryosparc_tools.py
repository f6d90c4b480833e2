"""cryosparc-tools, by which scripts read and write cryoSPARC's tables."""

from pathlib import Path

import numpy as np
import pytest

from picking.science.formats import UnreadableCoordinates
from picking.science.lists import read_list
from tests.peers.environment import answer, needs_peers
from tests.peers.files import HEIGHT, NAMES, PICKS, PIXEL_SIZE, WIDTH, read, same, write

pytestmark = needs_peers

READ = """
from cryosparc.dataset import Dataset
table = Dataset.load(sys.argv[1])
print(json.dumps({field: table[field].tolist() for field in table.fields()}))
"""

COPY = """
from cryosparc.dataset import Dataset
Dataset.load(sys.argv[1]).save(sys.argv[2], format=int(sys.argv[3]))
print("null")
"""


EXPOSURES = """
from cryosparc.dataset import Dataset
numbers = {"micrograph_blob/psize_A": 0.885, "ctf/df1_A": 15000, "ctf/df2_A": 14000, "ctf/df_angle_rad": 0.5}
numbers |= {"ctf/accel_kv": 300, "ctf/cs_mm": 2.7, "ctf/amp_contrast": 0.1, "ctf/phase_shift_rad": 0}
table = Dataset.allocate(2, [("micrograph_blob/path", "O"), *((name, "<f4") for name in numbers)])
table["micrograph_blob/path"] = ["J2/motioncorrected/a.mrc", "J2/motioncorrected/ü.mrc"]
for name, number in numbers.items():
    table[name] = number
table.save(sys.argv[1], format=1)
print(json.dumps(table["uid"].tolist()))
"""


def test_we_read_the_exposures_that_cryosparc_tools_write(tmp_path: Path) -> None:
    uids = answer(EXPOSURES, tmp_path / "exposures.cs")
    found = read_list(tmp_path / "exposures.cs").micrographs
    assert [each.path for each in found] == ["J2/motioncorrected/a.mrc", "J2/motioncorrected/ü.mrc"]
    assert [each.uid for each in found] == [str(uid) for uid in uids]
    assert [each.pixel_size for each in found] == [0.885, 0.885]
    assert all(each.ctf and each.ctf.spherical_aberration == 2.7 for each in found)


def test_cryosparc_tools_read_our_table(tmp_path: Path) -> None:
    found = answer(READ, write("cryosparc", tmp_path) / "picks.cs")
    names = np.array([Path(path).stem for path in found["location/micrograph_path"]])
    x, y = (np.array(found[f"location/center_{axis}_frac"]) for axis in "xy")
    for name in NAMES:
        of = names == name
        same(np.column_stack([x[of] * WIDTH, y[of] * HEIGHT]), PICKS[name].xy, 1e-3)
        same(np.array(found["pick_stats/ncc_score"])[of], PICKS[name].merit)
    same(found["location/micrograph_shape"], np.array([(HEIGHT, WIDTH)] * 14))
    same(found["location/micrograph_psize_A"], np.array([PIXEL_SIZE] * 14))
    assert len(set(found["uid"])) == 14


NUMPY, COMPRESSED = 1, 2
"""Of cryosparc-tools' dataset formats."""


def test_we_read_the_table_that_cryosparc_tools_write(tmp_path: Path) -> None:
    answer(COPY, write("cryosparc", tmp_path) / "picks.cs", tmp_path / "copy.cs", NUMPY)
    found = read("cryosparc", tmp_path / "copy.cs")
    for name in NAMES:
        same(found[name].xy, PICKS[name].xy, 1e-3)
        same(found[name].particle_score, PICKS[name].merit)


def test_their_compressed_table_is_refused_with_the_remedy(tmp_path: Path) -> None:
    answer(COPY, write("cryosparc", tmp_path) / "picks.cs", tmp_path / "copy.cs", COMPRESSED)
    with pytest.raises(UnreadableCoordinates, match="NUMPY_FORMAT"):
        read("cryosparc", tmp_path / "copy.cs")
