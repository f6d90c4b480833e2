from pathlib import Path

import pytest

from picking.science.benchmark import Figures
from picking.science.nets import Networks
from tests.bench.networks import no_labels
from tests.bench.networks.carries_over import DENSE, simulated
from tests.bench.networks.test_carries_over import FIGURES
from tests.bench.peers import topaz

KEYS = (*FIGURES, "precision", "recall")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("set") / "set"
    simulated(160, 5, (384, 384), DENSE, "MRC 1", (1, 1), ice_crystals=2).write(folder)
    return folder


def test_topaz_picks_the_same_files_as_the_shipped_networks(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".topaz").touch()
    given = []

    def theirs(data: object, files: dict[str, Path], where: Path) -> Figures:
        given.append(all(path.is_file() for path in files.values()))
        return dict.fromkeys(KEYS, 0.5)

    def ours(data: object, files: dict[str, Path], networks: Networks) -> Figures:
        given.append(networks.particle.weight == networks.settings.shipped.wide)
        return dict.fromkeys(KEYS, 0.75)

    monkeypatch.setattr(topaz, "INSTALLED", tmp_path / ".topaz")
    monkeypatch.setattr(topaz, "pick_topaz", theirs)
    monkeypatch.setattr(topaz, "pick_ours", ours)
    no_labels.beside_topaz(folder)
    assert given == [True, True]
    assert "AP 1.50, best F1 1.50, speed 0.7" in capsys.readouterr().out


def test_without_topaz_the_way_to_install_it_is_named(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(topaz, "INSTALLED", tmp_path / ".topaz")
    no_labels.beside_topaz(folder)
    assert "make bench-peers" in capsys.readouterr().err
