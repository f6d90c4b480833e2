"""What is written: a folder, a zip, or one file; whole or not at all."""

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory

from picking.science.formats import Files, UnreadableCoordinates
from picking.science.formats.files import Pieces, opener


@contextmanager
def written(pieces: Pieces, out: Path, overwrite: bool) -> Iterator[Files]:
    """The files that were written, to be looked at; they get their names when the block ends without an error.

    Raises UnreadableCoordinates where something is in the way.
    """
    if not overwrite and (out.is_file() or (out.is_dir() and any(out.iterdir()))):
        raise UnreadableCoordinates(f"{out} is there already. Give another name, or --overwrite.")
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as folder:
        paths = _write(pieces, Path(folder))
        if not paths:
            raise UnreadableCoordinates(
                "There are no coordinates in the micrographs, so that there is nothing to write."
            )
        yield {path: opener(Path(folder) / path) for path in paths}
        _name(Path(folder), paths, out)


def _write(pieces: Pieces, folder: Path) -> list[str]:
    paths = []
    for path, parts in groupby(pieces, itemgetter(0)):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            file.writelines(content for _, content in parts)
        paths.append(path)
    return paths


def _name(folder: Path, paths: list[str], out: Path) -> None:
    if out.suffix.lower() == ".zip":
        whole = folder / ".zip"
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in paths:
                archive.write(folder / path, path)
        whole.replace(out)
    elif out.is_dir() or not out.suffix:
        for path in paths:
            target = out / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(folder / path, target)
    else:
        alike = [path for path in paths if path.endswith(out.suffix.lower())] if len(paths) > 1 else paths
        if len(alike) != 1:  # of cryoSPARC's two files, the table may be wanted alone
            raise UnreadableCoordinates(
                f"This makes {len(paths):,} files, {len(alike):,} of which could be {out.name}. Give a folder or .zip."
            )
        (folder / alike[0]).replace(out)
