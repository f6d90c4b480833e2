"""The examples of docs/api.md, as they are written."""

import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import numpy as np
import pytest

from picking.science.simulate import SimulatedMicrograph
from tests.e2e.conftest import SMALL
from tests.e2e.server import ROOT, Server


def shell_examples() -> str:
    """All of them, in their order."""
    return "".join(re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / "api.md").read_text(), re.DOTALL))


@pytest.mark.skipif(not (shutil.which("curl") and shutil.which("jq")), reason="the examples need curl and jq")
def test_the_shell_examples_do_a_whole_job(
    server: Server, data_root: Path, simulated: dict[Path, SimulatedMicrograph], tmp_path: Path
) -> None:
    file, truth = next(iter(simulated.items()))
    folder = data_root / "examples"
    folder.mkdir()
    shutil.copy(file, folder)
    np.save(tmp_path / "particles.npy", truth.particles[::2])
    np.save(tmp_path / "background.npy", truth.background)
    here = {
        "http://localhost:8000": server.address,
        "cryoweb_…": server.manage("make_token", "anna").strip(),
        '"particle_diameter": 130': f'"particle_diameter": {SMALL.diameter}',
        "/data/apo/micrographs": str(folder),
    }
    script = shell_examples()
    for written, meant in here.items():
        assert written in script
        script = script.replace(written, meant)
    done = subprocess.run(
        ["bash", "-euc", script],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    picks = np.load(tmp_path / "picks.npy")
    assert set(picks["source"]) == {"label", "network"}
    with zipfile.ZipFile(tmp_path / "picks.zip") as archive:
        assert [name for name in archive.namelist() if name.endswith("_autopick.star")]
