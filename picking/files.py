"""Files that change place without a moment in which they are nowhere."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def link_or_copy(source: Path, target: Path) -> None:
    """Gives a file a second name where the file system allows it, else a copy; the first one stays."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Gives a name to write to, which becomes `path` by one rename. Where writing fails, it goes."""
    unfinished = path.with_name(f"{uuid.uuid4()}.unfinished")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
