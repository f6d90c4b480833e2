"""Which CryoWeb this is: what files and sources say of the program that made them."""

import tomllib
from functools import cache
from pathlib import Path


def program() -> str:
    """Such as CryoWeb 0.1.0."""
    return f"CryoWeb {number()}"


@cache
def number() -> str:
    """Such as 0.1.0."""
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())["project"]
    return str(project["version"])
