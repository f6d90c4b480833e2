"""The manifest of a backup: what it holds, and which CryoWeb made it."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from picking.refusals import Refused

NAME = "manifest.json"
FORMAT = 1
"""Grows when older releases could not read the backup."""


@dataclass(frozen=True)
class KeptFile:
    """`modified`: nanoseconds, as the original had them. `sha256`: of the content, in hexadecimal."""

    size: int
    modified: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`engine`: sqlite or postgresql. `migrations`: all that the database had applied, such as `picking.0001_initial`.

    `data_folder`: where the files lay. `database`, `files`: by their paths in the backup.
    """

    program: str
    created_at: str
    engine: str
    migrations: list[str]
    data_folder: str
    database: dict[str, KeptFile]
    files: dict[str, KeptFile] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def everything(self) -> dict[str, KeptFile]:
        """The database's file and the projects' files."""
        return {**self.database, **self.files}

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(kept.size for kept in self.everything.values())


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """The last file of a backup."""
    (folder / NAME).write_text(json.dumps(asdict(manifest), indent=1))


def read_manifest(folder: Path) -> Manifest:
    """Raises Refused where the folder is no backup, a damaged one, or one of a newer CryoWeb."""
    try:
        text = (folder / NAME).read_text()
    except FileNotFoundError:
        raise Refused(
            f"{folder} is not a backup: it has no {NAME}. Name the folder that manage.py backup made; "
            "one whose name ends in .unfinished was interrupted and cannot be used."
        ) from None
    except OSError as error:
        raise Refused(f"The backup in {folder} cannot be read: {error.strerror}.") from error
    try:
        return _parsed(json.loads(text))
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"The backup in {folder} is damaged: its {NAME} cannot be read. Use another backup.") from error


def _parsed(told: dict[str, Any]) -> Manifest:
    if told["format"] > FORMAT:
        raise Refused(f"This backup was made by a newer CryoWeb ({told['program']}). Install that version first.")
    parts = {part: {path: KeptFile(**kept) for path, kept in told[part].items()} for part in ("database", "files")}
    return Manifest(**{**told, **parts})
