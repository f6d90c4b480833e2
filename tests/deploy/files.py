"""What the files of deploy/ say: the commands and the environment of the image and of the units."""

import json
import os
import re
import shlex
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
BIN = Path(sys.executable).parent


def clean_folder(folder: Path) -> Path:
    """What the image's last stage has below /opt/cryoweb, copied as the Dockerfile says."""
    for source, target in re.findall(r"^COPY (?!--from)(.+) (\S+)$", last_stage(), re.M):
        for name in source.split():
            if (ROOT / name).is_dir():
                ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
                shutil.copytree(ROOT / name, folder / target, ignore=ignored)
            else:
                (folder / target).mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, folder / target / name)
    return folder


def last_stage() -> str:
    """Of the Dockerfile, with continued lines joined."""
    return re.split(r"^FROM .*$", (DEPLOY / "Dockerfile").read_text().replace("\\\n", " "), flags=re.M)[-1]


def image_command(instruction: str) -> list[str]:
    """Of CMD or of HEALTHCHECK."""
    found = re.search(rf"^{instruction}\b.*?(\[.*\])$", last_stage(), re.M)
    assert found
    words: list[str] = json.loads(found[1])
    return words


def image_environment(data: Path) -> dict[str, str]:
    """As the image sets it, with our own Python and data."""
    found = re.search(r"^ENV (.*)$", last_stage(), re.M)
    assert found
    said = dict(pair.split("=", 1) for pair in shlex.split(found[1]))
    return {**said, "CRYOWEB_DATA": str(data), "PATH": f"{BIN}:{os.environ['PATH']}"}


def unit_command(name: str) -> list[str]:
    """ExecStart of a unit, with our own Python in the place of the installation's."""
    found = re.search(r"^ExecStart=/opt/cryoweb/.venv/bin/python (.*)$", unit(name), re.M)
    assert found
    return [sys.executable, *found[1].split()]


def unit_environment(name: str, instance: str) -> dict[str, str]:
    """What the unit itself sets."""
    lines = " ".join(re.findall(r"^Environment=(.*)$", unit(name).replace("%i", instance), re.M))
    return dict(pair.split("=", 1) for pair in lines.split())


def unit(name: str) -> str:
    return (DEPLOY / "systemd" / f"{name}@.service").read_text()
