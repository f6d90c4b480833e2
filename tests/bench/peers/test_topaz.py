from pathlib import Path

import pytest

from tests.bench.peers import topaz


def test_picks_are_read_by_micrograph(tmp_path: Path) -> None:
    (tmp_path / "picks.tsv").write_text("image_name\tx_coord\ty_coord\tscore\na\t16\t32\t-1.5\n")
    picks = topaz.read_picks(tmp_path / "picks.tsv", ["a", "b"])
    assert picks["a"].tolist() == [[16, 32, -1.5, 0]]
    assert picks["b"].shape == (0, 4)


def test_without_topaz_the_way_to_install_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topaz, "INSTALLED", tmp_path / ".topaz")
    with pytest.raises(SystemExit, match="make bench-peers"):
        topaz.run()
