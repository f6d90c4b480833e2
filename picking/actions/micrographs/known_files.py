"""Which files a project has: those of its micrographs, and those on their way to become one."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from picking import storage
from picking.actions.jobs.jobs import ACTIVE
from picking.data_roots import opened
from picking.files import fingerprint
from picking.models import Job, Project
from picking.refusals import Refused
from picking.science.file_names import are_companions, may_be_same_place, micrograph_name


class NotNew(Refused):
    """A file that the project has, or one that differs from it in nothing but the extension."""


class AlreadyHere(NotNew):
    """The very file is in the project; `already` is how it is called there."""

    def __init__(self, path: str, known: "KnownFile") -> None:
        super().__init__(f"{path}: this file is already in the project, as {known.shown}.")
        self.already = known.shown


@dataclass(frozen=True)
class KnownFile:
    """`shown`: the micrograph's name, or the path of a file being added. `content`: where its bytes are now.

    `micrograph`: its id; None while it is being added.
    """

    shown: str
    path: str
    content: Path
    in_place: bool
    micrograph: int | None = None


class KnownFiles:
    """The files of the locked project, and those added since."""

    def __init__(self, project: Project) -> None:
        self._by_name: dict[str, list[KnownFile]] = defaultdict(list)
        for known in [*_of_micrographs(project), *_on_their_way(project)]:
            self.add(known)

    def add(self, known: KnownFile) -> None:
        self._by_name[micrograph_name(known.path)].append(known)

    def require_new(self, path: str, fingerprint: str) -> None:
        """Raises NotNew for an upload that the project already has."""
        known = self.same_as(path, lambda: fingerprint)
        if known and are_companions(path, known.path):
            raise NotNew(f"{path}: {known.shown} has the same name. Rename this file if it is a different image.")
        if known:
            raise AlreadyHere(path, known)

    def same_as(self, path: str, holds: Callable[[], str], in_place: Path | None = None) -> KnownFile | None:
        """The known file that the file at `path` equals or accompanies; None if it is new.

        `holds` gives its fingerprint, "" if unknown; `in_place`: its path on this machine.
        """
        for known in self._by_name[micrograph_name(path)]:
            if are_companions(path, known.path) or _is_same(known, path, holds, in_place):
                return known
        return None


def _is_same(known: KnownFile, path: str, holds: Callable[[], str], in_place: Path | None) -> bool:
    """Files used in place are compared by their real path; others by content, if their paths may agree."""
    if in_place and known.in_place:
        return os.path.realpath(in_place) == os.path.realpath(known.content)
    if not may_be_same_place(path, known.path):
        return False
    try:
        with opened(known.content, within=None) as content:
            return fingerprint(content) == holds()
    except OSError:  # one of the two is gone: unknown
        return False


def _of_micrographs(project: Project) -> Iterator[KnownFile]:
    for row in project.micrographs.all():
        yield KnownFile(row.name, row.path, storage.source_path(row), bool(row.source), row.pk)


def _on_their_way(project: Project) -> Iterator[KnownFile]:
    for job in project.jobs.filter(kind=Job.Kind.IMPORT, status__in=ACTIVE):
        path = job.source if job.in_place else job.name
        yield KnownFile(job.name, path, Path(job.source), job.in_place)
