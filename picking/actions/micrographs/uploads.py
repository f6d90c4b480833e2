"""Receive files in chunks. A chunk counts once its bytes are on disk and the row says so."""

import os
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from picking import storage
from picking.actions.locked_project import locked_project, require_open
from picking.actions.micrographs.imports import queue_import
from picking.actions.micrographs.known_files import KnownFiles, NotNew
from picking.actions.micrographs.quota import require_within_quota, with_tiles
from picking.actions.names import require_fit_file
from picking.files import fingerprint, link_or_copy
from picking.models import Job, Upload, User
from picking.refusals import Conflict, Refused
from picking.science.file_names import looks_like_micrograph
from picking.science.imaging.file_name import EXTENSIONS
from picking.science.imaging.other_kinds import kind_by_name

KEPT = timedelta(days=7)
"""An interrupted upload can be resumed for so long after its last chunk."""


class WrongOffset(Conflict):
    """A chunk does not start where the last one ended; `received` says where that is."""

    def __init__(self, received: int) -> None:
        super().__init__(f"The next chunk starts at byte {received}.")
        self.received = received


class NotAsSaid(Refused):
    """What arrived is not the file that was announced."""


@dataclass(frozen=True)
class UploadedFile:
    """What a browser says of a file. `folder`: the folders that contain it, below what was dropped; empty if unknown.

    `fingerprint`: of its content, by the rule of `picking.files`; empty if the client makes none.
    """

    name: str
    size: int
    folder: str = ""
    fingerprint: str = ""


def start_upload(project_id: int, user: User, file: UploadedFile) -> Upload:
    """A new upload, or the unfinished one of the same person, path, size and content.

    Without a fingerprint two files cannot be known to be the same: the upload then starts again. Raises Refused for
    unfit files, NotNew for those that the project has.
    """
    file = replace(file, name=_parts(file.name)[-1], folder="/".join(_parts(file.folder)))
    _require_fit(file)
    with locked_project(project_id) as project:
        require_open(project)
        same = {"project": project, "user": user, **asdict(file)}
        upload = Upload.objects.filter(**same).first()
        if upload and not file.fingerprint:
            discard_upload(upload)
            upload = None
        upload, new = upload or Upload(**same), upload is None
        KnownFiles(project).require_new(upload.path, upload.fingerprint)
        if new:
            require_within_quota(project, [with_tiles(upload.size)])
        upload.save()
    return upload


def receive_chunk(upload: Upload, offset: int, chunk: bytes) -> tuple[Upload, Job | None]:
    """Adds bytes at `offset`; with the last one the import is queued.

    Raises WrongOffset when `offset` is not the number of bytes received so far, Refused when the chunk goes
    past the file's size. Bytes that a killed process wrote without counting them are written again.
    A complete file that is not the announced one, or that was imported another way meanwhile, is refused and deleted.
    """
    try:
        with transaction.atomic():
            upload = Upload.objects.select_for_update().get(pk=upload.pk)
            _add(upload, offset, chunk)
            if upload.received < upload.size:
                return upload, None
            return upload, _finish(upload)
    except (NotAsSaid, NotNew):
        discard_upload(upload)
        raise


def discard_upload(upload: Upload) -> None:
    """Forgets an unfinished upload and its bytes."""
    storage.upload_path(upload).unlink(missing_ok=True)
    upload.delete()


def clear_old_uploads() -> int:
    """Forgets the uploads that nobody went on with for KEPT, and returns how many."""
    before = timezone.now() - KEPT
    count = 0
    for old in Upload.objects.filter(created_at__lt=before):
        with transaction.atomic():  # a chunk may be arriving now
            upload = Upload.objects.select_for_update().filter(pk=old.pk).first()
            if upload and _last_chunk(upload) < before.timestamp():
                discard_upload(upload)
                count += 1
    return count


def _last_chunk(upload: Upload) -> float:
    try:
        return storage.upload_path(upload).stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _add(upload: Upload, offset: int, chunk: bytes) -> None:
    if offset != upload.received:
        raise WrongOffset(upload.received)
    if offset + len(chunk) > upload.size:
        raise Refused(f"{upload.path} is longer than the {upload.size} bytes that were announced.")
    _write(storage.upload_path(upload), offset, chunk)
    upload.received += len(chunk)
    upload.save(update_fields=["received"])


def _finish(upload: Upload) -> Job:
    whole = storage.uploaded_file(upload.project_id, upload.pk, upload.name)
    part = storage.upload_path(upload)
    if upload.fingerprint and upload.fingerprint != fingerprint(part):
        raise NotAsSaid(f"{upload.path} changed during the upload. Upload it again.")
    with locked_project(upload.project_id) as project:
        require_open(project)
        KnownFiles(project).require_new(upload.path, upload.fingerprint)
        link_or_copy(part, whole)  # if this transaction fails, the part file remains for another try
        job = queue_import(project, upload.user, upload.path, whole)
    upload.delete()
    transaction.on_commit(part.unlink)
    return job


def _parts(path: str) -> list[str]:
    """The parts of a path of any system, without those that lead out of a folder. There is at least one."""
    return [part for part in path.replace("\\", "/").split("/") if part not in ("", ".", "..")] or [""]


def _write(path: Path, offset: int, chunk: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    with path.open("r+b") as file:
        file.truncate(offset)
        file.seek(offset)
        file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _require_fit(file: UploadedFile) -> None:
    path = "/".join(filter(None, (file.folder, file.name)))
    require_fit_file(PurePosixPath(path))
    if kind := kind_by_name(file.name):
        raise Refused(f"{path}: {kind}")
    if not looks_like_micrograph(file.name):
        raise Refused(f"{path}: CryoWeb reads only {', '.join(EXTENSIONS)} files.")
    if file.size < 1:
        raise Refused(f"{path}: the file is empty.")
    if file.size > settings.MAX_UPLOAD_BYTES:
        raise Refused(f"{path}: the file is larger than {settings.MAX_UPLOAD_BYTES // 1024**3} GiB.")
