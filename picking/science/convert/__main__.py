"""python -m picking.science.convert IN… OUT"""

import sys
from collections.abc import Sequence

from picking.science.convert.arguments import arguments
from picking.science.convert.conversion import convert
from picking.science.formats import UnreadableCoordinates

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Converts as the arguments say. 0: done; 1: it could not be done, and nothing was written; 2: wrong arguments."""
    try:
        asked = arguments(argv)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 2
    try:
        done = convert(asked)
    except (UnreadableCoordinates, OSError) as error:
        print(f"Nothing was converted: {_said(error)}", file=sys.stderr)
        return 1
    for note in done.notes:
        print(f"Note: {note}", file=sys.stderr)
    print(done.sentence)
    return 0


def _said(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}."
    return str(error)


if __name__ == "__main__":
    sys.exit(main())
