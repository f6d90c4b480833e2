"""What is kept for a time only is cleared by the workers, and nothing else is."""

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db.models import Model
from django.utils import timezone

from picking import storage
from picking.actions.kept_answers import GIVEN_UP, KEPT, begin, clear_old_answers, end
from picking.actions.locked_project import locked_project
from picking.actions.marks.coordinate_imports import (
    add_coordinate_files,
    clear_old_coordinate_imports,
    start_coordinate_import,
)
from picking.actions.micrographs.imports import queue_import
from picking.actions.micrographs.left_behind import LEFT_AFTER_SECONDS, clear_left_behind
from picking.actions.micrographs.uploads import KEPT as UPLOADS_KEPT
from picking.actions.micrographs.uploads import UploadedFile, clear_old_uploads, receive_chunk, start_upload
from picking.actions.people.sessions import clear_old_sessions
from picking.actions.people.tokens import LISTED, NewToken, clear_old_tokens, make_token, revoke_token
from picking.actions.projects.members import NewInvitation, clear_old_invitations, invite
from picking.actions.projects.shared_links import clear_old_shared_links, share
from picking.jobs import sweeper
from picking.models import CoordinateImport, Invitation, KeptAnswer, Micrograph, Role, SharedLink, Token, Upload, User
from picking.models.coordinate_import import LASTS
from tests.averages import make_averages
from tests.people import People, make_people

A_MINUTE = timedelta(minutes=1)


def older(row: Model, by: timedelta, field: str = "created_at") -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**{field: getattr(row, field) - by - A_MINUTE})


def aged(path: Path, seconds: float) -> Path:
    os.utime(path, (time.time() - seconds - 60,) * 2)
    return path


def test_the_workers_clear_all_of_it() -> None:
    every = {name for name in vars(sweeper) if name.startswith(("clear_", "end_silent_"))}
    assert {work.__name__ for work in sweeper.CLEAR} == every


def test_a_draft_of_yesterday_goes_with_its_files(people: People, django_capture_on_commit_callbacks: Any) -> None:
    old, new = (start_coordinate_import(people.project.pk, people.member) for _ in range(2))
    add_coordinate_files(old, [("a.box", [b"1 2 3 4"])])
    older(old, LASTS)
    with django_capture_on_commit_callbacks(execute=True):
        assert clear_old_coordinate_imports() == 1
    assert list(CoordinateImport.objects.all()) == [new]
    assert not storage.coordinates_folder(old.pk).exists()


def test_an_upload_goes_when_nobody_went_on_with_it(people: People) -> None:
    uploads = [start_upload(people.project.pk, people.member, UploadedFile(f"{n}.mrc", 9)) for n in range(3)]
    for upload in uploads[:2]:
        receive_chunk(upload, 0, b"part")
        older(upload, UPLOADS_KEPT)
    aged(storage.upload_path(uploads[0]), UPLOADS_KEPT.total_seconds())
    assert clear_old_uploads() == 1
    assert set(Upload.objects.all()) == set(uploads[1:])
    assert not storage.upload_path(uploads[0]).exists()


def test_an_upload_of_which_nothing_arrived_goes_too(people: People) -> None:
    older(start_upload(people.project.pk, people.member, UploadedFile("a.mrc", 9)), UPLOADS_KEPT)
    assert clear_old_uploads() == 1


def test_answers_are_kept_for_a_day(people: People) -> None:
    answers = {key: begin(people.owner, key, "", None)[0] for key in ("old", "new", "cut off", "under way")}
    for key in ("old", "new"):
        end(answers[key], 201, {})
    older(answers["old"], KEPT)
    older(answers["cut off"], GIVEN_UP)
    assert clear_old_answers() == 2
    assert set(KeptAnswer.objects.values_list("key", flat=True)) == {"new", "under way"}


def test_ended_tokens_are_listed_for_a_while(people: People) -> None:
    tokens = [make_token(people.owner, NewToken(name, Role.VIEWER, 7))[0] for name in ("valid", "ended", "old", "cut")]
    older(tokens[1], timedelta(days=8), "expires_at")
    older(tokens[2], timedelta(days=7) + LISTED, "expires_at")
    revoke_token(tokens[3])
    Token.objects.filter(pk=tokens[3].pk).update(revoked_at=timezone.now() - LISTED - A_MINUTE)
    assert clear_old_tokens() == 2
    assert set(Token.objects.all()) == set(tokens[:2])


def test_invitations_that_ran_out_go(people: People) -> None:
    for _ in range(2):
        invite(people.project.pk, people.owner, NewInvitation(Role.VIEWER))
    first = Invitation.objects.order_by("pk").first()
    assert first is not None
    older(first, timedelta(days=7), "expires_at")
    assert clear_old_invitations() == 1
    assert Invitation.objects.count() == 1


def test_the_guests_of_links_that_ran_out_or_went_with_their_project_go(people: People) -> None:
    there = User.objects.count()
    old, _ = [share(people.project.pk, people.owner, name, timedelta(days=7))[0] for name in ("old", "new")]
    elsewhere = make_people("Another")
    share(elsewhere.project.pk, elsewhere.owner, "gone", timedelta(days=7))
    elsewhere.project.delete()
    older(old, timedelta(days=7), "expires_at")
    assert clear_old_shared_links() == 2
    assert [link.name for link in SharedLink.objects.all()] == ["new"]
    assert User.objects.count() == there + 4 + 1


@pytest.mark.django_db
def test_sessions_that_ran_out_go() -> None:
    for days in (-1, 1):
        Session.objects.create(session_key=str(days), expire_date=timezone.now() + timedelta(days=days))
    assert clear_old_sessions() == 1


def test_files_that_no_row_knows_go_after_a_day(people: People, data_folder: Path) -> None:
    upload = start_upload(people.project.pk, people.member, UploadedFile("a.mrc", 9))
    receive_chunk(upload, 0, b"part")
    draft = start_coordinate_import(people.project.pk, people.member)
    add_coordinate_files(draft, [("a.box", [b"1 2 3 4"])])
    waiting = storage.uploaded_file(people.project.pk, upload.pk, "b.mrc")
    waiting.parent.mkdir()
    waiting.touch()
    with locked_project(people.project.pk) as project:
        queue_import(project, people.owner, "b.mrc", waiting)
    averages = storage.averages_folder(make_averages(people.project))
    micrograph = Micrograph.objects.create(project=people.project, name="m", file_name="m.mrc", width=9, height=9)
    there = storage.micrograph_folder(people.project.pk, micrograph.key)
    there.mkdir(parents=True)
    known = [storage.upload_path(upload), storage.coordinates_folder(draft.pk), waiting, averages, there]

    part, whole = (path.with_stem(str(uuid4())) for path in (known[0], waiting))
    folders = [storage.coordinates_folder(uuid4()), storage.micrograph_folder(people.project.pk, "x.unfinished")]
    folders.append(averages.with_name("99"))
    folders += [storage.micrograph_folder(people.project.pk, uuid4()), storage.project_folder(999)]
    picture = averages / "averages.png-1.unfinished"
    others = [there / "input.npz-1.unfinished", storage.exports_folder(people.project.pk) / "1-1.zip-2.unfinished"]
    others += [storage.exports_folder(people.project.pk) / "7-1.zip", storage.snapshots_folder(people.project.pk) / "7"]
    others.append(storage.trainings_folder(people.project.pk) / "1.safetensors-1.unfinished")
    for file in (part, whole, picture, *others, *(folder / "0" for folder in folders)):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    just_now = part.with_stem(str(uuid4()))
    just_now.touch()
    unknown = [part, whole, picture, *others, *folders]
    for path in (*known, *unknown):
        aged(path, LEFT_AFTER_SECONDS)
    assert clear_left_behind() == len(unknown)
    assert [path for path in unknown if path.exists()] == []
    assert [path for path in (*known, just_now) if not path.exists()] == []
