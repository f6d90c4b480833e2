"""Stacks that are read back."""

import io
from pathlib import Path

import numpy as np
import pytest

from picking.science.extract.read_back import check_stacks
from picking.science.extract.stack import write_stack
from picking.science.formats.files import on_disk
from picking.science.formats.read_back import WrittenWrong

TABLE = "particles.star"


def check(folder: Path, *images: str, **counts: int) -> None:
    """Of stacks with so many images, and a table of these."""
    (folder / TABLE).write_text("data_particles\n\nloop_\n_rlnImageName #1\n" + "".join(f"{each}\n" for each in images))
    for name, count in counts.items():
        stack = io.BytesIO()
        write_stack(stack, [np.ones((count, 4, 4), np.float32)], 2.0)
        (folder / f"{name}.mrcs").write_bytes(stack.getvalue())
    check_files(folder)


def check_files(folder: Path) -> None:
    paths = list(folder.iterdir())
    opened = {path.name: file for path, file in zip(paths, on_disk(paths).values(), strict=True)}
    check_stacks(TABLE, opened, {path.name: path.stat().st_size for path in paths})


def test_stacks_that_hold_what_is_named_pass(tmp_path: Path) -> None:
    check(tmp_path, "000001@a.mrcs", "000002@a.mrcs", "000001@b.mrcs", a=2, b=1)


@pytest.mark.parametrize(
    ("images", "counts", "what"),
    [
        (["000001@a.mrcs"], {"a": 2}, "does not hold the 1 images"),
        (["000001@a.mrcs", "000002@a.mrcs"], {"a": 1}, "does not hold the 2 images"),
        (["000001@a.mrcs"], {"a": 1, "b": 1}, "b.mrcs is a stack"),
        (["000001@a.mrcs", "000001@b.mrcs"], {"a": 1}, "b.mrcs is a stack"),
        (["000002@a.mrcs", "000001@a.mrcs"], {"a": 2}, "out of order"),
    ],
)
def test_what_is_named_and_what_is_there_must_agree(
    tmp_path: Path, images: list[str], counts: dict[str, int], what: str
) -> None:
    with pytest.raises(WrittenWrong, match=what):
        check(tmp_path, *images, **counts)


def test_a_stack_that_was_cut_off_is_told(tmp_path: Path) -> None:
    check(tmp_path, "000001@a.mrcs", a=1)
    stack = tmp_path / "a.mrcs"
    stack.write_bytes(stack.read_bytes()[:-1])
    with pytest.raises(WrittenWrong, match="does not hold"):
        check_files(tmp_path)
