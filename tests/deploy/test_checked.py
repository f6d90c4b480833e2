"""The files of deploy/ fit the schemas and the rules of the programs that read them, where these are installed."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from tests.deploy.files import BIN, DEPLOY, ROOT, UNITS

MANIFESTS = [path for path in sorted((DEPLOY / "kubernetes").glob("*.yaml")) if path.name != "kustomization.yaml"]


def run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"needs {program}, which is not installed")


def test_compose_yaml_fits_the_schema_of_compose_files() -> None:
    done = run(BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", DEPLOY / "compose.yaml")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.stem)
def test_the_manifests_fit_the_schemas_of_kubernetes(path: Path) -> None:
    for document in yaml.safe_load_all(path.read_text()):
        kubernetes_validate.validate(document, "1.37", strict=True)


def test_kustomize_names_every_manifest() -> None:
    named = yaml.safe_load((DEPLOY / "kubernetes" / "kustomization.yaml").read_text())["resources"]
    assert sorted(named) == [path.name for path in MANIFESTS]


@needs("systemd-analyze")
def test_systemd_can_load_the_units(tmp_path: Path) -> None:
    for path in UNITS:
        text = path.read_text().replace("/opt/cryoweb/.venv/bin/python", sys.executable)
        (tmp_path / path.name).write_text(text.replace("/opt/cryoweb", str(ROOT)))
    done = run("systemd-analyze", "verify", *(tmp_path / path.name for path in UNITS))
    assert (done.returncode, [line for line in done.stderr.splitlines() if "cryoweb" in line]) == (0, [])


@needs("shellcheck")
def test_shellcheck_finds_nothing_in_the_scripts() -> None:
    done = run("shellcheck", *DEPLOY.rglob("*.sh"))
    assert done.returncode == 0, done.stdout


def test_every_setting_that_they_name_is_in_the_documentation() -> None:
    documented = "".join((ROOT / "docs" / name).read_text() for name in ("settings.md", "deploy.md"))
    texts = [path.read_text() for path in DEPLOY.rglob("*") if path.is_file()]
    named = {name for text in texts for name in re.findall(r"\b(CRYOWEB_[A-Z_]+)[=:]", text)}
    assert named and {name for name in named if f"`{name}`" not in documented} == set()
