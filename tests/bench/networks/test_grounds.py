from pathlib import Path

import pytest

from picking.science.benchmark import read_dataset
from tests.bench.networks.accuracy import REAL_DATA
from tests.bench.networks.grounds import Ground, grounds


@pytest.mark.skipif(not REAL_DATA.is_dir(), reason=f"{REAL_DATA} is not here")
def test_no_test_micrograph_is_looked_at(tmp_path: Path) -> None:
    seen = Ground("pool").dataset(tmp_path)
    assert not {*seen.pool, *seen.test} & {*read_dataset(REAL_DATA).test}


def test_names_are_unique() -> None:
    names = [ground.name for ground in grounds(3)]
    assert len(names) == len(set(names))
