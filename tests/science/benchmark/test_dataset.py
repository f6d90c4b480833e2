from pathlib import Path

import pytest

from picking.science.benchmark import read_dataset


def test_a_missing_micrograph_is_named(dataset: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no micrograph nowhere"):
        read_dataset(dataset).input("nowhere")
