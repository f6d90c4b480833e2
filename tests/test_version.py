import re

from picking.version import program


def test_the_program_says_its_version() -> None:
    assert re.fullmatch(r"CryoWeb \d+\.\d+\.\d+", program())
