"""Labels: places that a person marked, and reading them from a table."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple, get_args

from cryoweb_client.errors import CryoWebError

Kind = Literal["particle", "background", "contamination"]
KINDS: tuple[str, ...] = get_args(Kind)
SHOWN = 5
"""Names in a message."""


class Label(NamedTuple):
    """`micrograph`: its name, with or without folders and extension. `x`, `y`: the place, pixels."""

    micrograph: str
    x: float
    y: float
    kind: Kind = "particle"


def read_labels(path: Path | str, kind: Kind = "particle") -> list[Label]:
    """Labels of a table with the columns micrograph, x and y, separated by commas or tabs.

    A column `kind` says what each is; without one all are of `kind`. Raises CryoWebError with file and line.
    """
    with Path(path).open(newline="", encoding="utf-8-sig") as file:
        first = file.readline()
        file.seek(0)
        rows = csv.DictReader(file, delimiter="\t" if "\t" in first else ",")
        lacking = {"micrograph", "x", "y"} - set(rows.fieldnames or ())
        if lacking:
            raise CryoWebError(
                f"{path} has no column {' or '.join(sorted(lacking))}: its first line must name micrograph, x and y. "
                "Other formats become such a table by “cryoweb convert … labels.csv”."
            )
        return [_label(row, kind, f"{path}, line {rows.line_num}") for row in rows]


def _label(row: Mapping[str, str | None], kind: Kind, where: str) -> Label:
    asked = row.get("kind") or kind
    if asked not in KINDS:
        raise CryoWebError(f"{where}: there is no kind “{asked}”. Use {', '.join(KINDS)}.")
    try:
        x, y = float(row["x"] or ""), float(row["y"] or "")
    except ValueError:
        raise CryoWebError(f"{where}: x and y must be numbers, not “{row['x']}” and “{row['y']}”.") from None
    return Label(row["micrograph"] or "", x, y, asked)  # type: ignore[arg-type]  # one of KINDS


def ids_by_name(names: Iterable[str], ids: Mapping[str, int]) -> dict[str, int]:
    """The id of each micrograph that is named: by its whole name, else by the end of its path without extension.

    Raises CryoWebError for names that none or several micrographs have, and says which there are.
    """
    by_stem: dict[str, list[int]] = {}
    for name, number in ids.items():
        by_stem.setdefault(_stem(name), []).append(number)
    found = {name: [ids[name]] if name in ids else sorted(set(by_stem.get(_stem(name), []))) for name in names}
    wrong = [name for name, numbers in found.items() if len(numbers) != 1]
    if wrong:
        raise CryoWebError(
            f"No single micrograph of the project is named {_some(wrong)}. It has {_some(sorted(ids))}. "
            "Nothing was labelled: correct the names, and try again."
        )
    return {name: numbers[0] for name, numbers in found.items()}


def _stem(name: str) -> str:
    path = PurePosixPath(name)
    known = path.suffix.lower() in (".mrc", ".mrcs", ".tif", ".tiff", ".png", ".jpg", ".jpeg", ".gz", ".bz2")
    return _stem(path.stem) if known else path.name


def _some(names: list[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:SHOWN]) or "none"
    return shown + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
