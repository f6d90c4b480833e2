"""Data roots: who may use which, and that files outside them cannot be read by a link, however late it is made."""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.test import override_settings

from cryoweb import environment
from picking.actions.micrographs.imports import import_in_place
from picking.data_roots import LeadsElsewhere, given_to_nobody, opened, roots_of
from picking.in_place import read_source
from picking.jobs.tasks import run_job
from picking.models import Micrograph, User
from picking.refusals import Refused
from tests.conftest import noisy_discs, write_mrc
from tests.people import People

HERE = Path("/data/here")


@pytest.mark.parametrize(
    ("given", "roots"),
    [
        ("/data/here", {HERE: []}),
        ("/data/here=*", {HERE: ["*"]}),
        ("/data/here=anna, %cryo lab:/data/there=ben", {HERE: ["anna", "%cryo lab"], Path("/data/there"): ["ben"]}),
        ("/data/here=anna:/data/here/=ben", {HERE: ["anna", "ben"]}),
        ("/data/year=2026=*", {Path("/data/year=2026"): ["*"]}),
        ("/data/here=", {HERE: []}),
        (":=anna:", {}),
    ],
)
def test_roots_are_written_with_who_may_use_them(
    monkeypatch: pytest.MonkeyPatch, given: str, roots: dict[Path, list[str]]
) -> None:
    monkeypatch.setenv("CRYOWEB_DATA_ROOTS", given)
    assert environment.data_roots() == roots


@override_settings(CRYOWEB_DATA_ROOTS={HERE: [], Path("/data/there"): ["ben"]})
def test_a_root_alone_is_told_as_one_for_administrators_only() -> None:
    assert given_to_nobody() == [HERE]


@pytest.mark.parametrize(
    ("given_to", "may"),
    [
        ([], {"administrator"}),
        (["*"], {"administrator", "owner", "outsider", "deactivated", "deleted"}),
        (["owner"], {"administrator", "owner"}),
        (["%lab"], {"administrator", "outsider"}),
        (["owner", "%lab"], {"administrator", "owner", "outsider"}),
        (["lab", "%owner"], {"administrator"}),
    ],
)
def test_a_root_is_for_those_it_was_given_to(db: None, given_to: list[str], may: set[str]) -> None:
    lab = Group.objects.create(name="lab")
    people: dict[str, User | None] = {name: User.objects.create_user(name) for name in ("owner", "outsider")}
    people["administrator"] = User.objects.create_superuser("root")
    people["deactivated"] = User.objects.create_superuser("gone", is_active=False)
    lab.user_set.add(*(user for name in ("outsider", "deactivated") if (user := people[name])))
    people["deleted"] = None
    with override_settings(CRYOWEB_DATA_ROOTS={HERE: given_to}):
        found = {name for name, user in people.items() if roots_of(user) == [HERE]}
    assert found == may


def test_what_was_opened_is_read_whatever_becomes_of_its_path(tmp_path: Path) -> None:
    file, secret = tmp_path / "raw" / "a.mrc", tmp_path / "secret.mrc"
    file.parent.mkdir()
    file.write_text("ours")
    secret.write_text("secret")
    with opened(file, [file.parent]) as same:
        file.unlink()
        file.symlink_to(secret)
        assert same.read_text() == "ours"


def test_a_link_out_of_the_roots_is_not_opened(tmp_path: Path) -> None:
    root, secret = tmp_path / "raw", tmp_path / "secret"
    secret.mkdir()
    (secret / "a.mrc").write_text("secret")
    root.mkdir()
    (root / "file.mrc").symlink_to(secret / "a.mrc")
    (root / "folder").symlink_to(secret)
    for path in (root / "file.mrc", root / "folder" / "a.mrc", secret / "a.mrc"):
        with pytest.raises(LeadsElsewhere, match="outside the allowed data roots"), opened(path, [root]):
            pass
        with opened(path, [root, secret]) as same:  # from one root to another
            assert same.read_text() == "secret"


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.mrc")
    with pytest.raises(LeadsElsewhere, match="not a file"), opened(tmp_path / "a.mrc", None):
        pass


def exchanged(file: Path, target: Path, seed: int = 9) -> None:
    write_mrc(target, noisy_discs(seed=seed))
    file.unlink()
    file.symlink_to(target)


def test_a_file_that_became_a_link_before_its_import_is_not_read(people: People, tmp_path: Path) -> None:
    file = write_mrc(tmp_path / "raw" / "a.mrc", noisy_discs())
    (job,), _ = import_in_place(people.project.pk, people.owner, [file])
    exchanged(file, tmp_path / "secret.mrc")
    run_job(job.pk)
    job.refresh_from_db()
    assert "a link to a file outside the allowed data roots" in job.error
    assert not Micrograph.objects.exists()


def imported(people: People, file: Path) -> Micrograph:
    (job,), _ = import_in_place(people.project.pk, people.owner, [file])
    run_job(job.pk)
    return Micrograph.objects.get()


def test_a_file_that_became_a_link_after_its_import_is_not_read(people: People, tmp_path: Path) -> None:
    file = write_mrc(tmp_path / "raw" / "a.mrc", noisy_discs())
    micrograph = imported(people, file)
    assert read_source(micrograph).pixels.shape == noisy_discs().shape
    exchanged(file, tmp_path / "secret.mrc")
    with pytest.raises(LeadsElsewhere, match="outside the allowed data roots"):
        read_source(micrograph)


def test_a_file_that_moved_within_the_roots_of_who_imported_it_is_read(people: People, tmp_path: Path) -> None:
    file = write_mrc(tmp_path / "raw" / "a.mrc", noisy_discs())
    micrograph = imported(people, file)
    exchanged(file, tmp_path / "archive" / "a.mrc", seed=0)
    with override_settings(CRYOWEB_DATA_ROOTS={tmp_path / "archive": [people.owner.username]}):
        assert read_source(micrograph).pixels.shape == noisy_discs().shape
    with (
        override_settings(CRYOWEB_DATA_ROOTS={tmp_path / "archive": [people.member.username]}),
        pytest.raises(LeadsElsewhere),
    ):
        read_source(Micrograph.objects.get())


def test_a_link_that_the_command_line_imported_stays_readable(people: People, tmp_path: Path) -> None:
    elsewhere = write_mrc(tmp_path / "elsewhere.mrc", noisy_discs())
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.mrc").symlink_to(elsewhere)
    micrograph = imported(people, tmp_path / "raw" / "a.mrc")
    assert (micrograph.source, micrograph.lies_at) == (str(tmp_path / "raw" / "a.mrc"), str(elsewhere))
    assert read_source(micrograph).pixels.shape == noisy_discs().shape


def test_a_file_outside_the_roots_is_not_queued(people: People, tmp_path: Path) -> None:
    secret = write_mrc(tmp_path / "secret.mrc", noisy_discs())
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.mrc").symlink_to(secret)
    with pytest.raises(Refused, match="outside the allowed data roots"):
        import_in_place(people.project.pk, people.owner, [tmp_path / "raw" / "a.mrc"], roots=[tmp_path / "raw"])
