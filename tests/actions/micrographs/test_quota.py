"""How much a project may have: what would be more is refused as a whole."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings

from picking import storage
from picking.actions.micrographs.imports import import_in_place
from picking.actions.micrographs.quota import measure_projects, set_quota, use_of
from picking.actions.micrographs.uploads import UploadedFile, start_upload
from picking.actions.micrographs.watched import start_watching
from picking.files import size_of
from picking.jobs.watch import scan
from picking.models import Job, Project, Upload, User, WatchedFolder
from picking.refusals import Refused
from tests.conftest import noisy_discs, write_mrc
from tests.people import People


@pytest.fixture
def three() -> Iterator[None]:
    with override_settings(CRYOWEB_PROJECT_MICROGRAPHS=3, CRYOWEB_PROJECT_BYTES=20_000):
        yield


def session(tmp_path: Path, number: int) -> list[Path]:
    return [write_mrc(tmp_path / "session" / f"{each}.mrc", noisy_discs(each, side=64)) for each in range(number)]


def upload(people: People, name: str, size: int = 9) -> Upload:
    return start_upload(people.project.pk, people.owner, UploadedFile(name, size, fingerprint=f"{size}-{name}"))


def test_uploads_on_their_way_count_and_one_too_many_is_refused(people: People, three: None) -> None:
    for name in ("a.mrc", "b.mrc", "c.mrc"):
        upload(people, name)
    with pytest.raises(Refused, match=r"may have 3 micrographs.*this is one more.*ask an administrator"):
        upload(people, "d.mrc")
    assert upload(people, "c.mrc").name == "c.mrc"  # one that goes on is none too many


def test_an_upload_that_would_take_too_much_room_is_refused(people: People, three: None) -> None:
    upload(people, "a.mrc", 8_000)
    with pytest.raises(Refused, match=r"may take 0 MiB.*Nothing was added"):
        upload(people, "b.mrc", 8_000)
    assert Upload.objects.count() == 1


def test_an_import_that_would_exceed_it_queues_nothing(people: People, three: None, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="these are 4 more"):
        import_in_place(people.project.pk, people.owner, session(tmp_path, 4))
    assert not Job.objects.exists()
    queued, _ = import_in_place(people.project.pk, people.owner, session(tmp_path, 3))
    assert len(queued) == 3


def test_a_watched_folder_says_so_and_goes_on_once_there_is_room(people: People, three: None, tmp_path: Path) -> None:
    place = session(tmp_path, 4)[0].parent
    with override_settings(CRYOWEB_DATA_ROOTS={tmp_path: ["*"]}):
        watched = start_watching(people.project.pk, people.owner, str(place), False)
        for _ in range(2):  # a file is whole once it has not changed between two looks
            scan(WatchedFolder.objects.get(pk=watched.pk))
        assert "may have 3 micrographs" in WatchedFolder.objects.get(pk=watched.pk).error
        set_quota(people.project.pk, 0, 0)
        assert scan(WatchedFolder.objects.get(pk=watched.pk)) == 4
    assert WatchedFolder.objects.get(pk=watched.pk).error == ""


def test_what_an_import_leaves_counts_as_it_is_measured_later(people: People, import_file: Callable[..., Job]) -> None:
    import_file()
    folder = storage.project_folder(people.project.pk)
    people.project.refresh_from_db()
    assert use_of(people.project).size == size_of(folder) > 0
    (folder / "exports").mkdir()
    (folder / "exports" / "1-1.zip").write_bytes(b"1234")
    assert measure_projects() == 1
    assert measure_projects() == 0
    people.project.refresh_from_db()
    assert people.project.used_bytes == size_of(folder)


def test_a_project_is_measured_again_after_it_changed(people: People) -> None:
    measure_projects()
    Project.objects.update(measured_at="2020-01-01T00:00:00Z")
    assert measure_projects() == 1


def test_an_administrator_gives_a_project_limits_of_its_own_and_touches_nothing_else(people: People) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    before = Project.objects.get(pk=people.project.pk)
    address = f"/admin/picking/project/{people.project.pk}/change/"
    client.post(address, {"quota_bytes": "5000", "quota_micrographs": "", "name": "x", "sequence": 0})
    after = Project.objects.get(pk=people.project.pk)
    assert (after.quota_bytes, after.quota_micrographs) == (5000, None)
    assert (after.name, after.sequence) == (before.name, before.sequence)
    assert client.get("/admin/picking/project/").status_code == 200


def test_members_read_how_much_is_used_and_may_be(people: People, three: None) -> None:
    upload(people, "a.mrc", 300)
    told = people.client("viewer").get(f"/api/v1/projects/{people.project.pk}/use").json()
    assert told == {"bytes": 400, "micrographs": 1, "most_bytes": 20_000, "most_micrographs": 3}
