"""The client as a package of its own: it needs httpx and nothing else."""

import importlib.util
import subprocess
import sys
import venv
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

CLIENT = Path(__file__).resolve().parent.parent.parent / "client"

HTTPX = ("httpx", "httpcore", "h11", "anyio", "sniffio", "certifi", "idna", "typing_extensions")
"""With all that it needs."""

# Imports each module of the package while everything is out of reach that neither Python nor httpx brings.
IMPORT_ALL = """
import importlib, pkgutil, sys

OURS = {"cryoweb_client"}
HTTPX = set(sys.argv[2:])

class OnlyThese:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] not in OURS | HTTPX | set(sys.stdlib_module_names):
            raise ModuleNotFoundError(f"{name} is out of reach", name=name)

sys.path.insert(0, sys.argv[1])
sys.meta_path.insert(0, OnlyThese())
import cryoweb_client
assert cryoweb_client.__file__.startswith(sys.argv[1]), cryoweb_client.__file__
for module in pkgutil.iter_modules(cryoweb_client.__path__):
    if module.name != "__main__":
        importlib.import_module(f"cryoweb_client.{module.name}")
print(sorted(OURS | {"django", "torch", "numpy"} & set(sys.modules)))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=CLIENT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_needs_httpx_alone_and_brings_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as files:
        about = {Path(name).name: files.read(name).decode() for name in files.namelist() if ".dist-info/" in name}
    needed = Parser().parsestr(about["METADATA"]).get_all("Requires-Dist") or []
    assert [each for each in needed if "extra ==" not in each] == ["httpx<1,>=0.28"]
    assert "cryoweb = cryoweb_client.commands:main" in about["entry_points.txt"]


def test_what_the_wheel_holds_imports_without_django_torch_and_numpy(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as files:
        files.extractall(tmp_path)
    command = [sys.executable, "-I", "-c", IMPORT_ALL, str(tmp_path), *HTTPX]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "['cryoweb_client']"), done.stderr


def test_the_package_says_that_it_has_types(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as files:
        assert "cryoweb_client/py.typed" in files.namelist()


@pytest.mark.skipif(importlib.util.find_spec("pip") is None, reason="this Python has no pip to install with")
def test_the_command_runs_where_nothing_else_is_installed(wheel: Path, tmp_path: Path) -> None:
    empty, libraries = tmp_path / "empty", tmp_path / "libraries"
    venv.create(empty, symlinks=True)
    install = [sys.executable, "-m", "pip", "-q", "--python", str(empty / "bin" / "python"), "install"]
    subprocess.run([*install, "--no-deps", "--no-index", str(wheel)], check=True)
    libraries.mkdir()
    for name in HTTPX:  # stands for what pip would fetch
        found = importlib.util.find_spec(name)
        if found and found.origin:
            source = Path(found.origin)
            source = source.parent if source.name == "__init__.py" else source
            (libraries / source.name).symlink_to(source)
    (packages,) = empty.glob("lib/python*/site-packages")
    (packages / "httpx.pth").write_text(f"{libraries}\n")
    done = subprocess.run(
        [str(empty / "bin" / "cryoweb"), "--help"], cwd=tmp_path, env={}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "import-coordinates" in done.stdout) == (0, True), done.stderr
