"""What a person types."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from picking.science.formats import FORMATS

_EPILOG = """\
examples:
  convert CBOX particles.star                              boxes of crYOLO as RELION's particles
  convert --to eman_box --box 256 AutoPick/job012 boxes.zip
  convert --scale 8 topaz.txt particles.star               Topaz saw micrographs binned by 8
  convert --flip-y --micrographs Movies --check picks.cs particles.star
"""

_BY_EXTENSION = {
    ".star": "relion_particles",
    ".box": "eman_box",
    ".json": "eman2_json",
    ".cbox": "cryolo",
    ".cs": "cryosparc",
    ".txt": "topaz",
    ".coords": "coords",
    ".csv": "csv",
}


@dataclass(frozen=True)
class Arguments:
    """`given`: what is read. `written`: a folder, a file, or a zip. `read_as`: None to tell by the content.

    `scale`: what the coordinates are multiplied by. `size`: (width, height) of the micrographs in pixels.
    `pixel_size`, `diameter`: Å, 0 where not said. `check`: whether what was written is drawn.
    """

    given: list[Path]
    written: Path
    read_as: str | None
    write_as: str
    box: int | None = None
    scale: float = 1.0
    flip_y: bool = False
    pixel_size: float = 0.0
    diameter: float = 0.0
    micrographs: Path | None = None
    size: tuple[int, int] | None = None
    check: bool = False
    overwrite: bool = False


def arguments(argv: Sequence[str] | None) -> Arguments:
    """Raises SystemExit with a message, as argparse does."""
    parser = _parser()
    said = parser.parse_args(argv)
    if len(said.paths) < 2:
        parser.error("Say what to read and, last, what to write: IN… OUT.")
    *given, written = said.paths
    write_as = said.write_as or _BY_EXTENSION.get(written.suffix.lower())
    if write_as not in FORMATS:
        parser.error(f"Say in which format to write: --to {' | '.join(FORMATS)}.")
    if said.check and not said.micrographs:
        parser.error("--check draws on the micrographs: say where they are with --micrographs.")
    options = {key: value for key, value in vars(said).items() if key not in ("paths", "write_as")}
    return Arguments(given, written, write_as=write_as, **options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="convert",
        usage="convert [options] IN… OUT",
        description="Convert particle coordinates. What is written is read back and compared before it gets its name.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("paths", nargs="+", type=Path, metavar="IN… OUT", help="files, folders and zips; OUT is a file, folder or .zip")
    add("--from", dest="read_as", choices=FORMATS, help="format of IN; told by the content otherwise")
    add("--to", dest="write_as", choices=FORMATS, help="format of OUT; told by the extension of OUT otherwise")
    add("--box", type=_positive_whole, metavar="PX", help="along a box, in pixels of OUT")
    scale = "multiply by this: 4 from micrographs binned by 4 to full size, 1/4 the other way"
    add("--scale", type=_scale, default=1.0, metavar="N", help=scale)
    add("--flip-y", action="store_true", help="count rows from the other end; needs the height of the micrographs")
    add("--pixel-size", type=_positive, default=0.0, metavar="Å", help="of the micrographs of OUT")
    add("--diameter", type=_positive, default=0.0, metavar="Å", help="of a particle: the box is one and a half")
    add("--micrographs", type=Path, metavar="DIR", help="the micrographs of OUT: for their sizes, names and --check")
    add("--size", type=_size, metavar="NX,NY", help="of all micrographs of OUT, in pixels, without --micrographs")
    add("--check", action="store_true", help="draw what was written on up to five micrographs, as PNG beside OUT")
    add("--overwrite", action="store_true", help="replace files that are there")
    return parser


def _scale(text: str) -> float:
    try:
        value = float(Fraction(text))
    except (ValueError, ZeroDivisionError):
        value = 0.0
    if not 1e-3 <= value <= 1e3:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number such as 4, 0.25 or 1/4.")
    return value


def _positive(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1e5:
        raise argparse.ArgumentTypeError(f"{text!r} is not a positive number.")
    return value


def _positive_whole(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 100_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of pixels.")
    return int(text)


def _size(text: str) -> tuple[int, int]:
    parts = text.replace("x", ",").replace("×", ",").split(",")
    if len(parts) != 2:
        raise argparse.ArgumentTypeError(f"{text!r} is not a width and a height such as 5760,4092.")
    return _positive_whole(parts[0]), _positive_whole(parts[1])
