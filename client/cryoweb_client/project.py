"""A project: its micrographs, labels, trainings and picks."""

import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from cryoweb_client.arrays import NPY, read_array, write_array
from cryoweb_client.connection import Connection
from cryoweb_client.coordinates import Coordinates
from cryoweb_client.errors import CryoWebError
from cryoweb_client.labels import Kind, Label, ids_by_name
from cryoweb_client.picks import Pick, as_arrays, read_picks
from cryoweb_client.progress import Report, silent
from cryoweb_client.uploads import Sent, send_files
from cryoweb_client.waiting import UNDER_WAY, wait, wait_for_averages, wait_for_export

if TYPE_CHECKING:
    import numpy as np

SETS = ("final", "networks", "labels")
"""Of picks, besides sources."""
AT_ONCE = 10_000
"""Labels of an array in one request."""


class Labelled(NamedTuple):
    """`refused`: how many labels were refused for each reason, in the server's words."""

    applied: int
    refused: dict[str, int]


class Project:
    """One project of a server. `id`: its number in addresses."""

    def __init__(self, connection: Connection, number: int, name: str) -> None:
        self._server = connection
        self.id = number
        self.name = name

    def __repr__(self) -> str:
        return f"<Project {self.id} “{self.name}”, {self.address}>"

    @property
    def address(self) -> str:
        """Its page in a browser."""
        return f"{self._server.address}/projects/{self.id}"

    def snapshot(self) -> dict[str, Any]:
        """All that the page knows of the project at one moment (docs/api.md)."""
        snapshot: dict[str, Any] = self._server.get(f"projects/{self.id}/snapshot")
        return snapshot

    def micrographs(self) -> list[dict[str, Any]]:
        """In the order of their names: `id`, `name`, `width` and `height` in pixels, `pixel_size` in Å, and more."""
        return list(self._server.rows(f"projects/{self.id}/micrographs"))

    def comments(self, **filters: Any) -> list[dict[str, Any]]:
        """What people said, the oldest first, narrowed by `resolved`, `micrograph`, `author` or `mentioned` (ids)."""
        return list(self._server.rows(f"projects/{self.id}/comments", **filters))

    def comment(self, text: str, **where: Any) -> dict[str, Any]:
        """On the project; on a `micrograph`, by its id; on a place there, `x` and `y`; or in a `thread`."""
        made: dict[str, Any] = self._server.post(f"projects/{self.id}/comments", {"text": text, **where})
        return made

    def named_snapshot(self, number: int) -> dict[str, Any]:
        """A snapshot that people made: `name`, `sha256`, `created_at` and more. Raises Problem where it was deleted."""
        found: dict[str, Any] = self._server.get(f"projects/{self.id}/snapshots/{number}")
        return found

    def assignments(self, **filters: Any) -> list[dict[str, Any]]:
        """Who has which micrograph, narrowed by `micrograph`, `user` (ids), `done` or `reviewed`."""
        return list(self._server.rows(f"projects/{self.id}/assignments", **filters))

    def next_in_queue(self, after: int | None = None, order: str = "name") -> dict[str, Any] | None:
        """The next micrograph of one's own after the one of an id, else a free one, which is taken. None: none is left.

        `order`: `name`, or `teach` for where labels teach most.
        """
        answer = self._server.post(f"projects/{self.id}/queue/next", {"after": after, "order": order})
        found: dict[str, Any] | None = answer["assignment"]
        return found

    def claim(self, micrograph: int) -> dict[str, Any]:
        """Takes the micrograph of an id. Raises Problem where others have it."""
        claimed: dict[str, Any] = self._server.post(f"micrographs/{micrograph}/claim", {})
        return claimed

    def finish(self, micrograph: int) -> dict[str, Any]:
        """One is done with the micrograph of an id."""
        finished: dict[str, Any] = self._server.post(f"micrographs/{micrograph}/done", {})
        return finished

    def change(self, **settings: Any) -> None:
        """Sets what the page's settings set, such as `particle_threshold` or `name`."""
        self._server.patch(f"projects/{self.id}", settings)

    def upload(self, paths: Iterable[Path | str], report: Report = silent) -> Sent:
        """Sends micrographs and folders of them. What broke off goes on where it stopped."""
        return send_files(self._server, self.id, [Path(path) for path in paths], report)

    def import_folder(self, path: str, subfolders: bool = False) -> dict[str, Any]:
        """Uses micrographs that are on the server where they lie: a folder, a list or a pattern.

        Answers the number of imports (`jobs`), what was there already (`skipped`), `notes`, and what is `left_out`.
        """
        wanted = {"path": path, "subfolders": subfolders}
        answer: dict[str, Any] = self._server.post(f"projects/{self.id}/imports", wanted)
        return answer

    def label(self, labels: Iterable[Label]) -> Labelled:
        """Puts labels. Raises CryoWebError, before the first is put, where a name fits no or several micrographs."""
        labels, snapshot = list(labels), self.snapshot()
        names = {row["name"]: row["id"] for row in snapshot["micrographs"]}
        ids = ids_by_name(dict.fromkeys(label.micrograph for label in labels), names)
        results: list[dict[str, Any]] = []
        for batch in _batches(labels, snapshot["limits"]["operations"]):
            operations = [_put(label, ids[label.micrograph]) for label in batch]
            answer = self._server.post(f"projects/{self.id}/operations", {"operations": operations})
            results += answer["results"]
        refused = Counter(result.get("detail", "") for result in results if result["status"] == "refused")
        return Labelled(len(results) - sum(refused.values()), dict(refused))

    def coordinates(self, paths: Iterable[Path | str], report: Report = silent) -> Coordinates:
        """Sends coordinate files of other programs, or folders of them. Nothing is stored before you say so."""
        return Coordinates(self._server, self.id, [Path(path) for path in paths], report)

    def import_ctf(self, path: Path | str) -> dict[str, Any]:
        """Takes CTF values from a micrographs_ctf.star or a table.

        Answers how many micrographs `matched`, which names are `unmatched` or `missing`, and what is `left_out`.
        """
        file = Path(path)
        files = [("file", (file.name, file.read_bytes()))]
        brought: dict[str, Any] = self._server.post_files(f"projects/{self.id}/ctf", files, {})
        return brought

    def compare(self, first: str, second: str) -> dict[str, Any]:
        """Precision, recall and offset of two sets of picks (docs/compare.md), the first taken for the truth.

        Each is `final`, `networks`, `labels`, `labels:` with a user's number, or a source: its name, or `source:7`.
        """
        asked = {"first": self._set(first), "second": self._set(second)}
        found: dict[str, Any] = self._server.get(f"projects/{self.id}/comparisons", **asked)
        return found

    def consensus(self, name: str, sets: Sequence[str], at_least: int = 2) -> dict[str, Any]:
        """A new source of the picks that at least so many of the sets have, which are named as in `compare`."""
        asked = {"name": name, "sets": [*map(self._set, sets)], "at_least": at_least}
        source: dict[str, Any] = self._server.post(f"projects/{self.id}/consensus", asked)
        return source

    def _set(self, name: str) -> str:
        if name in SETS or name.startswith(("labels:", "source:")):
            return name
        sources = list(self._server.rows(f"projects/{self.id}/sources"))
        found = [row["id"] for row in sources if row["name"] == name]
        if len(found) != 1:
            there = ", ".join([*SETS, *(f"“{row['name']}” (source:{row['id']})" for row in sources)])
            raise CryoWebError(f"No single set of picks is named “{name}”. Use one of {there}.")
        return f"source:{found[0]}"

    def train(self) -> None:
        """Starts a training of both networks; all micrographs are picked afterwards."""
        self._server.post(f"projects/{self.id}/trainings", {})

    def pick_with_networks_of(self, other: "Project") -> None:
        """Picks with the current networks of another project, without a label."""
        training = other.snapshot()["project"]["current_training"]
        if training is None:
            raise CryoWebError(f"Project {other.id} has no networks yet: train there first.")
        self._server.post(f"projects/{self.id}/trainings/adopt", {"from_training": training})

    def wait(self, report: Report = silent, timeout: float | None = None) -> list[str]:
        """Returns when importing, training and picking have ended, with why files could not be imported.

        Raises JobFailed when the last training or picking failed, CryoWebError after `timeout` seconds.
        """
        return wait(self._under_way, self.snapshot, report, timeout)

    def _under_way(self) -> list[dict[str, Any]]:
        """Jobs that are queued or running; one that begins between the two questions counts once."""
        asked = (self._server.rows(f"projects/{self.id}/jobs", status=status) for status in UNDER_WAY)
        return list({job["id"]: job for rows in asked for job in rows}.values())

    def picks(self) -> dict[str, list[Pick]]:
        """The picks that count, by the micrograph's file name: after thresholds, verdicts, regions and limits."""
        with tempfile.TemporaryDirectory() as folder:
            return read_picks(self.export("csv", Path(folder) / "picks.zip"))

    def arrays(self) -> "dict[str, np.ndarray]":
        """The same as (n, 4) arrays of x, y, particle score, contamination score. Needs NumPy."""
        return as_arrays(self.picks())

    def final_picks(self) -> "np.ndarray":
        """The picks that count as one array with the fields that docs/api.md names. Needs NumPy."""
        return read_array(self._server.content(f"projects/{self.id}/final_picks", NPY))

    def labels_of(self, micrograph: int) -> "np.ndarray":
        """The labels of the micrograph with that id: fields `x`, `y` and `kind`. Needs NumPy."""
        return read_array(self._server.content(f"micrographs/{micrograph}/labels", NPY))

    def label_array(self, micrograph: int, points: "np.ndarray", kind: Kind = "particle") -> Labelled:
        """Puts labels on the micrograph with that id. `points`: (n, 2) x and y, or with the fields of `labels_of`."""
        added, refused = 0, Counter[str]()
        for start in range(0, len(points), AT_ONCE):
            content = write_array(points[start : start + AT_ONCE])
            answer = self._server.post_bytes(f"micrographs/{micrograph}/labels", content, NPY, kind=kind)
            added += answer["added"]
            refused.update(row["detail"] for row in answer["refused"])
        return Labelled(added, dict(refused))

    def export(
        self, coordinates: str, to: Path | str = ".", report: Report = silent, **options: str | float | list[int]
    ) -> Path:
        """Has the picks written in a format, such as relion, and downloads the zip: to a file, or into a folder.

        `options`: as in docs/api.md, such as flip_y=True. What is on the disk is whole. Raises JobFailed when the
        server could not write the file.
        """
        asked = self._server.post(f"projects/{self.id}/exports", {"format": coordinates, **options})
        made = wait_for_export(lambda: self._server.get(f"exports/{asked['id']}"), report)
        return self._download(f"exports/{made['id']}/file", Path(to), made["file_name"])

    def averages(self, to: Path | str = ".", report: Report = silent, **wanted: Any) -> Path:
        """Has the picks sorted into class averages, and downloads RELION's run_classes files with a picture, as a zip.

        `wanted`: as in docs/api.md, such as classes=20 or least_particle=0.8. Raises JobFailed where there are none.
        """
        asked = self._server.post(f"projects/{self.id}/averages", wanted)
        address = f"projects/{self.id}/averages/{asked['number']}"
        wait_for_averages(lambda: self._server.get(address), report)
        return self._download(f"{address}/download.zip", Path(to), f"averages-{asked['number']}.zip")

    def _download(self, address: str, to: Path, name: str) -> Path:
        """A zip, to a file or into a folder, whole or not at all."""
        target = to / name if to.is_dir() else to
        unfinished = target.with_name(f"{target.name}.part")
        with self._server.stream(address, "application/zip") as answer, unfinished.open("wb") as file:
            for piece in answer.iter_bytes():
                file.write(piece)
        return unfinished.replace(target)

    def picture(self, micrograph: int) -> bytes:
        """The whole micrograph of that id, small, as a JPEG."""
        return self._server.content(f"micrographs/{micrograph}/picture", "image/jpeg")


def _put(label: Label, micrograph: int) -> dict[str, Any]:
    place = {"micrograph": micrograph, "kind": label.kind, "x": label.x, "y": label.y}
    return {"operation": str(uuid4()), "type": "label.put", "id": str(uuid4()), **place}


def _batches(labels: Sequence[Label], most: int) -> Iterable[Sequence[Label]]:
    return (labels[start : start + most] for start in range(0, len(labels), most))
