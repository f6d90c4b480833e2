from pathlib import Path

import numpy as np
import pytest
from safetensors.torch import save_file
from torch import zeros

from picking.science.nets import Networks, UnreadableNetworks, load_networks, pick
from picking.science.nets.model.contamination import ContaminationNet
from picking.science.nets.model.outlier import Outlier
from picking.science.nets.model.particle import ParticleNet
from picking.science.nets.model.shallow import Shape, seeded
from picking.science.nets.settings import OutlierSettings, PickingSettings, Settings
from tests.science.nets.scenes import scene

NARROW = Shape(kernels=(3,), dilations=(2,), channels=(4, 8))
OUTLIER = Outlier(OutlierSettings())
SECOND = seeded(NARROW, 1).eval()


@pytest.mark.parametrize("second", [None, ContaminationNet(SECOND), ContaminationNet(SECOND, OUTLIER)])
def test_networks_pick_the_same_after_saving_and_loading(tmp_path: Path, second: ContaminationNet | None) -> None:
    networks = Networks(ParticleNet(seeded(Shape(power=True), 0).eval(), seeded(NARROW, 2).eval(), -0.25), second)
    networks.save(tmp_path / "networks.safetensors")
    loaded = load_networks(tmp_path / "networks.safetensors")
    assert (loaded.contamination is None) == (second is None)
    assert np.array_equal(pick(loaded, scene()), pick(networks, scene()))


def test_networks_pick_with_the_settings_they_were_saved_with(tmp_path: Path) -> None:
    settings = Settings(picking=PickingSettings(distance=2.0))
    networks = Networks(ParticleNet(seeded(Shape(power=True), 0).eval()), None, settings)
    networks.save(tmp_path / "networks.safetensors")
    loaded = load_networks(tmp_path / "networks.safetensors")
    assert loaded.settings == settings
    assert len(pick(loaded, scene())) < len(pick(Networks(networks.particle, None), scene()))


def test_the_calibration_that_a_project_moved_is_saved(tmp_path: Path) -> None:
    particle = ParticleNet(seeded(NARROW, 0))
    particle.calibration[1] += 0.75
    Networks(particle, None).save(tmp_path / "networks.safetensors")
    assert load_networks(tmp_path / "networks.safetensors").particle.calibration.tolist() == [1, 0.75]


def test_a_truncated_file_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "networks.safetensors"
    Networks(ParticleNet(seeded(Shape(), 0)), None).save(path)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(UnreadableNetworks, match=r"networks\.safetensors"):
        load_networks(path)


def test_a_file_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.safetensors"
    save_file({"weight": zeros(3)}, path)
    with pytest.raises(UnreadableNetworks, match="version 2"):
        load_networks(path)


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"gone\.safetensors"):
        load_networks(tmp_path / "gone.safetensors")
