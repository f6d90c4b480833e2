"""Resumable uploads."""

import bz2
import gzip
from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from django.conf import settings
from django.utils import timezone

from picking import storage
from picking.actions.micrographs.imports import import_in_place
from picking.actions.micrographs.uploads import WrongOffset, receive_chunk
from picking.jobs.tasks import run_job
from picking.models import Job, Micrograph, Project, Upload
from picking.science.imaging.read import read_micrograph
from tests.conftest import noisy_discs, write_mrc
from tests.people import People

FINGERPRINT = f"10-{crc32(b'0123456789'):08x}"
CHUNK = "application/offset+octet-stream"


def start(people: People, who: str = "manager", name: str = "a.mrc", size: int = 10, **more: str) -> Any:
    address = f"/api/v1/projects/{people.project.pk}/uploads"
    return people.client(who).post(address, {"name": name, "size": size, **more}, format="json")


def send(people: People, upload: str, offset: int, chunk: bytes, who: str = "manager") -> Any:
    client: Any = people.client(who)
    headers = {"Upload-Offset": str(offset)}
    return client.generic("PATCH", f"/api/v1/uploads/{upload}", chunk, content_type=CHUNK, headers=headers)


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 201), ("manager", 201), ("member", 403), ("viewer", 403), ("outsider", 404), ("anonymous", 401)],
)
def test_owners_and_managers_start_uploads(people: People, who: str, status: int) -> None:
    assert start(people, who).status_code == status


def test_the_last_chunk_queues_the_import_of_the_whole_file(people: People) -> None:
    upload = start(people).json()["id"]
    assert send(people, upload, 0, b"01234").json() == {"received": 5}
    assert send(people, upload, 5, b"56789").json() == {"received": 10}
    job = Job.objects.get(kind="import")
    assert (job.name, Path(job.source).read_bytes()) == ("a.mrc", b"0123456789")
    assert not Upload.objects.exists()


def test_an_upload_begun_anew_goes_on_where_it_stopped(people: People) -> None:
    first = start(people, fingerprint=FINGERPRINT).json()
    send(people, first["id"], 0, b"0123")
    again = start(people, fingerprint=FINGERPRINT).json()
    assert (again["id"], again["received"]) == (first["id"], 4)


@pytest.mark.parametrize(
    "other",
    [{"who": "owner"}, {"folder": "g2"}, {"name": "b.mrc"}, {"size": 11}, {"fingerprint": "10-00000000"}],
    ids=lambda other: next(iter(other)),
)
def test_what_differs_in_person_path_size_or_content_is_another_upload(people: People, other: dict[str, Any]) -> None:
    first = start(people, folder="g1", fingerprint=FINGERPRINT).json()
    send(people, first["id"], 0, b"0123")
    begun = start(people, **({"folder": "g1", "fingerprint": FINGERPRINT} | other)).json()
    assert begun["id"] != first["id"]
    assert begun["received"] == 0


def test_an_upload_of_unknown_content_begins_anew(people: People) -> None:
    first = start(people).json()
    send(people, first["id"], 0, b"0123")
    assert start(people).json()["received"] == 0
    assert send(people, first["id"], 4, b"456789").status_code == 404
    assert Upload.objects.count() == 1


def test_files_of_one_name_in_two_folders_are_two_micrographs_on_their_way(people: People) -> None:
    for folder, content in (("g1", b"0123456789"), ("g2", b"9876543210")):
        send(people, start(people, folder=folder).json()["id"], 0, content)
    jobs = Job.objects.filter(kind="import")
    assert {job.name: Path(job.source).read_bytes() for job in jobs} == {
        "g1/a.mrc": b"0123456789",
        "g2/a.mrc": b"9876543210",
    }


def test_a_file_that_is_not_what_it_was_said_to_be_is_refused_and_dropped(people: People) -> None:
    upload = start(people, fingerprint=FINGERPRINT).json()["id"]
    send(people, upload, 0, b"01234")
    part = storage.upload_path(Upload.objects.get())
    answer = send(people, upload, 5, b"OTHER")
    assert (answer.status_code, "changed" in answer.json()["detail"]) == (400, True)
    assert not Upload.objects.exists()
    assert not part.exists()
    assert not Job.objects.exists()


def test_a_chunk_that_does_not_join_is_answered_with_where_to_go_on(people: People) -> None:
    upload = start(people).json()["id"]
    send(people, upload, 0, b"0123")
    answer = send(people, upload, 2, b"23")
    assert (answer.status_code, answer.json()["received"]) == (409, 4)


def test_bytes_that_a_killed_server_wrote_without_counting_are_written_again(people: People) -> None:
    upload = start(people).json()["id"]
    send(people, upload, 0, b"0123")
    with storage.upload_path(Upload.objects.get()).open("ab") as part:
        part.write(b"LOST")
    send(people, upload, 4, b"456789")
    assert Path(Job.objects.get(kind="import").source).read_bytes() == b"0123456789"


def test_a_file_longer_than_it_was_said_to_be_is_refused(people: People) -> None:
    upload = start(people).json()["id"]
    answer = send(people, upload, 0, b"0123456789ten")
    assert (answer.status_code, "longer" in answer.json()["detail"]) == (400, True)
    assert Upload.objects.get().received == 0


def test_a_chunk_without_its_offset_is_refused(people: People) -> None:
    upload = start(people).json()["id"]
    client: Any = people.client("manager")
    answer = client.generic("PATCH", f"/api/v1/uploads/{upload}", b"01", content_type=CHUNK)
    assert (answer.status_code, "Upload-Offset" in answer.json()["detail"]) == (400, True)


@pytest.mark.parametrize(
    ("name", "size", "reason"),
    [
        ("notes.txt", 10, "reads"),
        ("notes.gz", 10, "reads"),
        ("a.mrc", 0, "empty"),
        ("a.mrc", 10**12, "larger"),
        ("._a.mrc", 10, "dot"),
    ],
)
def test_unfit_files_are_refused_before_a_byte_is_sent(people: People, name: str, size: int, reason: str) -> None:
    answer = start(people, name=name, size=size)
    assert answer.status_code == 400
    assert name in answer.json()["detail"]
    assert reason in answer.json()["detail"]


@pytest.mark.parametrize("folder", ["", "raw", "session/raw"])
def test_what_the_project_has_is_not_sent_again(people: People, tmp_path: Path, folder: str) -> None:
    file = tmp_path / "session" / "raw" / "a.mrc"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"0123456789")
    import_in_place(people.project.pk, people.owner, [file])
    answer = start(people, folder=folder, fingerprint=FINGERPRINT)
    assert (answer.status_code, answer.json()["already"]) == (400, "a.mrc")
    assert "already" in answer.json()["detail"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("ending", "compress"), [(".mrc.gz", gzip.compress), (".mrc.bz2", bz2.compress)])
def test_a_packed_micrograph_is_taken_in_and_can_be_read_again(
    people: People, tmp_path: Path, ending: str, compress: Callable[[bytes], bytes]
) -> None:
    content = compress(write_mrc(tmp_path / "x.mrc", noisy_discs()).read_bytes())
    upload = start(people, name=f"x{ending}", size=len(content)).json()["id"]
    send(people, upload, 0, content)
    run_job(Job.objects.get().pk)
    micrograph = Micrograph.objects.get()
    assert (micrograph.name, micrograph.file_name) == ("x", f"x{ending}")
    assert (read_micrograph(storage.source_path(micrograph)).pixels == noisy_discs()).all()


@pytest.mark.parametrize("other", [{"fingerprint": "10-00000000"}, {"folder": "g2", "fingerprint": FINGERPRINT}])
def test_another_file_of_the_same_name_is_taken(people: People, other: dict[str, Any]) -> None:
    send(people, start(people, folder="g1", fingerprint=FINGERPRINT).json()["id"], 0, b"0123456789")
    assert start(people, **{"folder": "g1", **other}).status_code == 201


def test_a_picture_beside_its_micrograph_is_refused_with_the_reason(people: People) -> None:
    send(people, start(people, folder="raw").json()["id"], 0, b"0123456789")
    answer = start(people, folder="raw", name="a.jpg")
    assert (answer.status_code, "already" in answer.json()) == (400, False)
    assert "raw/a.mrc has the same name" in answer.json()["detail"]


def test_of_two_people_who_send_one_file_the_second_is_told(people: People) -> None:
    uploads = {who: start(people, who, fingerprint=FINGERPRINT).json()["id"] for who in ("owner", "manager")}
    assert send(people, uploads["owner"], 0, b"0123456789", who="owner").status_code == 200
    answer = send(people, uploads["manager"], 0, b"0123456789")
    assert (answer.status_code, answer.json()["already"]) == (400, "a.mrc")
    assert (Upload.objects.count(), Job.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    ("name", "folder", "path"),
    [
        ("../../etc/a.mrc", "", ("", "a.mrc")),
        ("a.mrc", "/../g1//./sub", ("g1/sub", "a.mrc")),
        ("C:\\x\\a.mrc", "g\\h", ("g/h", "a.mrc")),
    ],
)
def test_paths_stay_below_what_was_dropped(people: People, name: str, folder: str, path: tuple[str, str]) -> None:
    shown = start(people, name=name, folder=folder).json()
    assert (shown["folder"], shown["name"]) == path


@pytest.mark.parametrize("where", ["name", "folder"])
@pytest.mark.parametrize("character", ["\n", "\x07", "\u202e", "\u2028"])
def test_characters_that_do_not_show_are_refused(people: People, where: str, character: str) -> None:
    asked: dict[str, Any] = {where: f"a{character}b.mrc"}
    answer = start(people, **asked)
    assert (answer.status_code, "invisible" in answer.json()["detail"]) == (400, True)


def test_nobody_else_sends_to_or_ends_my_upload(people: People) -> None:
    upload = start(people).json()["id"]
    assert send(people, upload, 0, b"0123", who="owner").status_code == 404
    assert people.client("owner").delete(f"/api/v1/uploads/{upload}").status_code == 404


def test_my_unfinished_uploads_are_listed_and_can_be_given_up(people: People) -> None:
    upload = start(people).json()["id"]
    send(people, upload, 0, b"0123")
    client = people.client("manager")
    listed = client.get(f"/api/v1/projects/{people.project.pk}/uploads").json()["results"]
    assert [(each["name"], each["received"]) for each in listed] == [("a.mrc", 4)]
    part = storage.upload_path(Upload.objects.get())
    assert client.delete(f"/api/v1/uploads/{upload}").status_code == 204
    assert not part.exists()


def test_a_member_who_was_removed_cannot_go_on_uploading(people: People) -> None:
    upload = start(people).json()["id"]
    people.project.memberships.get(user=people.manager).delete()
    assert send(people, upload, 0, b"0123").status_code == 404


def test_uploads_lie_in_the_data_folder(people: People) -> None:
    send(people, start(people).json()["id"], 0, b"0123")
    assert storage.upload_path(Upload.objects.get()).is_relative_to(settings.CRYOWEB_DATA)


def test_the_bytes_of_a_whole_upload_lie_in_one_place(people: People, django_capture_on_commit_callbacks: Any) -> None:
    upload = Upload.objects.get(pk=start(people).json()["id"])
    with django_capture_on_commit_callbacks(execute=True):
        send(people, str(upload.pk), 0, b"0123456789")
    assert not storage.upload_path(upload).exists()


def test_a_file_whose_import_failed_stands_in_nobodys_way(people: People) -> None:
    failed = {"kind": "import", "status": "failed", "name": "a.mrc", "source": "/nowhere/a.mrc"}
    Job.objects.create(project=people.project, **failed)
    assert start(people, name="a.png").status_code == 201


def test_an_archived_project_takes_no_files(people: People) -> None:
    upload = start(people).json()["id"]
    Project.objects.update(archived_at=timezone.now())
    assert start(people, name="b.mrc").status_code == 400
    assert send(people, upload, 0, b"0123456789").status_code == 400
    assert not Job.objects.exists()


def test_a_chunk_that_two_requests_bring_at_once_counts_once(people: People) -> None:
    upload = Upload.objects.get(pk=start(people).json()["id"])
    as_both_read_it = copy(upload)
    receive_chunk(upload, 0, b"01234")
    with pytest.raises(WrongOffset):
        receive_chunk(as_both_read_it, 0, b"01234")


def test_a_micrograph_whose_file_is_gone_stands_in_nobodys_way(people: People) -> None:
    Micrograph.objects.create(project=people.project, name="a", uploaded_as="a.mrc", width=9, height=9)
    assert start(people, fingerprint=FINGERPRINT).status_code == 201
