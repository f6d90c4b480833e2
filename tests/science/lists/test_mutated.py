"""A list that is damaged is refused in a sentence, or read; nothing else happens."""

import random
from pathlib import Path

import pytest

from picking.science.lists import UnreadableList, read_list
from tests.science.lists.test_cryosparc import BLOB, CTF, save
from tests.science.lists.test_relion import RELION_3_0, RELION_3_1

MUTATIONS = 100


def mutated(content: bytes, seed: int) -> bytes:
    """Cut short, with bytes changed, doubled or left out, with other line ends, or a byte-order mark."""
    random.seed(seed)
    kind = seed % 6
    if kind == 0:
        return content[: random.randrange(len(content))]
    if kind == 1:
        return content.replace(b"\n", b"\r\n")
    if kind == 2:
        return b"\xef\xbb\xbf" + content
    start = random.randrange(len(content))
    end = min(len(content), start + random.randrange(1, 40))
    middle = {3: random.randbytes(end - start), 4: content[start:end] * 2, 5: b""}[kind]
    return content[:start] + middle + content[end:]


@pytest.mark.parametrize("kind", ["3.0", "3.1", "cs"])
def test_a_hundred_damaged_files_are_refused_or_read(tmp_path: Path, kind: str) -> None:
    if kind == "cs":
        content = save(tmp_path / "whole.cs", BLOB | CTF).read_bytes()
    else:
        content = {"3.0": RELION_3_0, "3.1": RELION_3_1}[kind].encode()
    read = 0
    for seed in range(MUTATIONS):
        path = tmp_path / "damaged"
        path.write_bytes(mutated(content, seed))
        try:
            found = read_list(path).micrographs
        except UnreadableList as refused:
            assert str(refused)
        else:
            read += 1
            assert all(each.pixel_size is None or 0.1 <= each.pixel_size <= 20 for each in found)
            assert all(each.path for each in found)
    assert 0 < read < MUTATIONS
