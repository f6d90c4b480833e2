import subprocess
import sys
from pathlib import Path

IMPORT_ALL = """
import importlib, pkgutil, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"django", "rest_framework", "celery", "channels", "cryoweb"}:
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, Blocked())
import picking.science
for module in pkgutil.walk_packages(picking.science.__path__, "picking.science."):
    importlib.import_module(module.name)
    print(module.name)
outside = [name for name in sys.modules if name.startswith("picking.") and not name.startswith("picking.science")]
assert not outside, outside
"""


def test_all_of_science_imports_with_django_blocked() -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", IMPORT_ALL], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "picking.science.simulate" in done.stdout
    assert "picking.science.formats.relion" in done.stdout
