"""Receive files in chunks. A chunk counts once its bytes are on disk and the row says so."""

import os
from pathlib import Path, PurePath

from django.conf import settings
from django.db import transaction

from picking import storage
from picking.actions.change import Conflict, Refused, change, require_open
from picking.actions.imports import queue_import, require_new_name
from picking.files import link_or_copy
from picking.models import Job, Upload, User
from picking.science.imaging.file_name import EXTENSIONS, extension


class WrongOffset(Conflict):
    """A chunk does not start where the last one ended; `received` says where that is."""

    def __init__(self, received: int) -> None:
        super().__init__(f"The next chunk starts at byte {received}.")
        self.received = received


def start_upload(project_id: int, user: User, name: str, size: int) -> Upload:
    """A new upload, or the unfinished one of the same person, name and size. Raises Refused for unfit files."""
    name = PurePath(name.replace("\\", "/")).name
    _require_fit(name, size)
    with change(project_id) as project:
        require_open(project)
        require_new_name(project, name)
        upload, _ = Upload.objects.get_or_create(project=project, user=user, name=name, size=size)
    return upload


@transaction.atomic
def receive_chunk(upload: Upload, offset: int, chunk: bytes) -> tuple[Upload, Job | None]:
    """Adds bytes at `offset`; with the last one the import is queued.

    Raises WrongOffset when `offset` is not the number of bytes received so far, Refused when the chunk goes
    past the file's size. Bytes that a killed process wrote without counting them are written again.
    """
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if offset != upload.received:
        raise WrongOffset(upload.received)
    if offset + len(chunk) > upload.size:
        raise Refused(f"{upload.name} is longer than the {upload.size} bytes it was said to have.")
    _write(storage.upload_path(upload), offset, chunk)
    upload.received += len(chunk)
    upload.save(update_fields=["received"])
    if upload.received < upload.size:
        return upload, None
    return upload, _finish(upload)


def discard_upload(upload: Upload) -> None:
    """Forgets an unfinished upload and its bytes."""
    storage.upload_path(upload).unlink(missing_ok=True)
    upload.delete()


def _finish(upload: Upload) -> Job:
    whole = storage.uploaded_file(upload.project_id, upload.pk, upload.name)
    part = storage.upload_path(upload)
    link_or_copy(part, whole)  # should this transaction fail, the part file is still there to try again
    with change(upload.project_id) as project:
        require_open(project)
        require_new_name(project, upload.name)
        job = queue_import(project, upload.user, upload.name, whole, in_place=False)
    upload.delete()
    transaction.on_commit(part.unlink)
    return job


def _write(path: Path, offset: int, chunk: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    with path.open("r+b") as file:
        file.truncate(offset)
        file.seek(offset)
        file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _require_fit(name: str, size: int) -> None:
    if not extension(name):
        raise Refused(f"{name}: CryoWeb reads {', '.join(EXTENSIONS)} files.")
    if size < 1:
        raise Refused(f"{name}: the file is empty.")
    if size > settings.MAX_UPLOAD_BYTES:
        raise Refused(f"{name}: the file is larger than {settings.MAX_UPLOAD_BYTES // 1024**3} GiB.")
