"""Coordinate files of other programs: sent, looked at, and stored as labels or as picks of a named source."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from cryoweb_client.connection import Connection
from cryoweb_client.errors import CryoWebError
from cryoweb_client.labels import Kind
from cryoweb_client.progress import Progress, Report, silent

ENDINGS = (".star", ".box", ".json", ".cs", ".csg", ".txt", ".csv", ".cbox", ".coords")
"""Of files that are taken from a folder. The server tells the format by the content."""
MOST_FILES = 100
MOST_BYTES = 32 * 1024**2
"""Of one request."""
Unit = Literal["pixels", "fractions", "angstrom"]
Found = list[tuple[Path, str]]


class Coordinates:
    """Files on the server of which nothing is stored yet. `found`: how they match (docs/api.md), after each change."""

    def __init__(self, server: Connection, project: int, paths: Sequence[Path], report: Report = silent) -> None:
        """Raises CryoWebError for files that are not there or too large."""
        parts = list(_parts(coordinate_files(paths)))
        self._server = server
        self._address = f"coordinates/{server.post(f'projects/{project}/coordinates', None)['id']}"
        for number, part in enumerate(parts):
            report(Progress("Sending coordinates", number, len(parts)))
            files = [("files", (path.name, path.read_bytes())) for path, _ in part]
            server.post_files(f"{self._address}/files", files, {"paths": [name for _, name in part]})
        report(Progress("Sending coordinates", len(parts), len(parts)))
        self.found: dict[str, Any] = server.get(self._address)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.discard()

    def change(self, **choices: Any) -> None:
        """Chooses `format`, `rule` (of names), `placing` or `merge_doubled`; None takes a choice back."""
        self.found = self._server.patch(self._address, choices)

    def place(self, scale: float | None = None, unit: Unit = "pixels", flip_y: bool = False) -> None:
        """Chooses the placing. `scale`: pixels of the micrograph for one of the files; None: as the files say."""
        self.change(placing={"scale": scale, "unit": unit, "flip_y": flip_y})

    def match(self, starts: str = "", ends: str = "") -> None:
        """Ignores these beginnings and ends of names, separated by commas; `#` stands for a number."""
        self.change(rule={"starts": starts, "ends": ends})

    def store_as_labels(self, kind: Kind = "particle") -> int:
        """Returns how many labels are new."""
        return len(self._store({"store_as": "labels", "kind": kind})["labels"])

    def store_as_source(self, name: str = "") -> dict[str, Any]:
        """Returns the new source. Without a name it gets that of the format."""
        source: dict[str, Any] = self._store({"store_as": "source", "name": name})["source"]
        return source

    def discard(self) -> None:
        """Forgets the files, unless they are stored already."""
        if self._address:
            self._server.delete(self._address)
        self._address = ""

    def _store(self, asked: dict[str, Any]) -> Any:
        stored = self._server.post(f"{self._address}/store", asked)
        self._address = ""
        return stored


def coordinate_files(paths: Sequence[Path]) -> Found:
    """Each file with the path that names are matched by: below the folder that was given, with the folder's name."""
    found: Found = []
    for path in paths:
        if path.is_dir():
            inside = (file for file in sorted(path.rglob("*")) if file.is_file() and not file.name.startswith("."))
            fit = (file for file in inside if file.name.lower().endswith(ENDINGS))
            found += [(file, file.relative_to(path.parent).as_posix()) for file in fit]
        elif path.is_file():
            found.append((path, path.name))
        else:
            raise CryoWebError(f"{path} does not exist.")
    if not found:
        raise CryoWebError(
            f"There are no coordinates in {', '.join(map(str, paths))}: none ends in {', '.join(ENDINGS)}."
        )
    return found


def _parts(files: Iterable[tuple[Path, str]]) -> Iterator[Found]:
    part: Found = []
    filled = 0
    for file, name in files:
        size = file.stat().st_size
        if size > MOST_BYTES:
            raise CryoWebError(
                f"{file} is larger than {MOST_BYTES // 1024**2} MiB. "
                "Import it on the server: manage.py import_coordinates."
            )
        if part and (len(part) == MOST_FILES or filled + size > MOST_BYTES):
            yield part
            part, filled = [], 0
        part.append((file, name))
        filled += size
    if part:
        yield part
