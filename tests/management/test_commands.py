"""The command line, as an administrator uses it."""

import csv
import gzip
import io
import os
import socket
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection

from picking.actions.people.tokens import use_token
from picking.management.commands.demo import DEFOCI
from picking.management.commands.serve import (
    first_administrator,
    port_number,
    require_data_folder,
    require_database,
    require_free_port,
)
from picking.models import Ctf, Label, Micrograph, Project, User
from tests.api.marks.test_operations import put_label, send
from tests.conftest import noisy_discs, write_mrc
from tests.people import People


def run(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_a_folder_is_imported_where_it_lies(people: People, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_mrc(tmp_path / "raw" / f"{name}.mrc", noisy_discs())
    said = run("import_micrographs", str(people.project.pk), str(tmp_path / "raw"))
    assert said.splitlines() == ["a.mrc: finished", "b.mrc: finished"]
    assert sorted(Micrograph.objects.values_list("name", flat=True)) == ["a", "b"]


def test_packed_files_of_a_folder_are_imported(people: People, tmp_path: Path) -> None:
    mrc = write_mrc(tmp_path / "a.mrc", noisy_discs()).read_bytes()
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.mrc.gz").write_bytes(gzip.compress(mrc))
    (tmp_path / "raw" / "notes.gz").write_bytes(gzip.compress(b"notes"))
    said = run("import_micrographs", str(people.project.pk), str(tmp_path / "raw"))
    assert said.splitlines()[-1] == "a.mrc.gz: finished"
    assert "notes.gz" in said
    assert Micrograph.objects.get().name == "a"


def test_a_file_that_cannot_be_read_is_named_and_the_others_go_on(people: People, tmp_path: Path) -> None:
    write_mrc(tmp_path / "raw" / "good.mrc", noisy_discs())
    (tmp_path / "raw" / "bad.mrc").write_bytes(b"not an image")
    with pytest.raises(CommandError, match="1 of 2"):
        run("import_micrographs", str(people.project.pk), str(tmp_path / "raw"))
    assert Micrograph.objects.get().name == "good"


def test_what_lies_in_a_folder_and_is_left_out_is_named(people: People, tmp_path: Path) -> None:
    write_mrc(tmp_path / "raw" / "one.mrc", noisy_discs())
    (tmp_path / "raw" / "two.mrc.zip").write_bytes(b"x")
    (tmp_path / "raw" / "three.mrc").symlink_to("/nowhere/x.mrc")
    said = run("import_micrographs", people.project.name, str(tmp_path / "raw"))
    assert "a broken link (1): three.mrc" in said
    assert "not an image format that CryoWeb reads (1): two.mrc.zip" in said


def test_files_of_one_name_in_two_folders_are_both_imported(people: People, tmp_path: Path) -> None:
    for folder in ("g1", "g2"):
        write_mrc(tmp_path / folder / "001.mrc", noisy_discs())
    said = run("import_micrographs", str(people.project.pk), str(tmp_path), "--recursive")
    assert said.splitlines() == ["g1/001.mrc: finished", "g2/001.mrc: finished"]
    assert sorted(Micrograph.objects.values_list("name", flat=True)) == ["g1/001", "g2/001"]
    again = run("import_micrographs", str(people.project.pk), str(tmp_path / "g1"))
    assert again.splitlines() == ["001.mrc: already in the project"]


def test_links_are_known_by_their_own_names(people: People, tmp_path: Path) -> None:
    raw = write_mrc(tmp_path / "raw" / "abc_real.mrc", noisy_discs())
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "000123_abc.mrc").symlink_to(raw)
    run("import_micrographs", str(people.project.pk), str(tmp_path / "links"))
    assert Micrograph.objects.get().name == "000123_abc"


def test_a_file_named_by_the_caller_is_never_passed_by_in_silence(people: People, tmp_path: Path) -> None:
    for name in ("._mic.mrc", "bell\x07.mrc"):
        write_mrc(tmp_path / name, noisy_discs())
        with pytest.raises(CommandError, match=r"dot|U\+0007"):
            run("import_micrographs", str(people.project.pk), str(tmp_path / name))
    assert not Micrograph.objects.exists()


def test_ctf_values_come_from_a_file_and_names_that_do_not_match_are_said(
    people: People, micrograph: Micrograph, tmp_path: Path
) -> None:
    file = tmp_path / "ctf.csv"
    columns = "micrograph,defocus_u,voltage,spherical_aberration,amplitude_contrast"
    file.write_text(f"{columns}\nfirst,15000,300,2.7,0.1\ntheirs,9000,300,2.7,0.1\n")
    said = run("import_ctf", str(people.project.pk), str(file)).splitlines()
    assert said == ["Micrographs with new values: 1", "In the file, not in the project (1): theirs"]
    assert Ctf.objects.get().defocus_u == 15000
    file.write_text(f"{columns}\nfirst,16000,300,2.7,0.1\nfailed,nan,300,2.7,0.1\n")
    Micrograph.objects.create(project=people.project, name="failed", width=9, height=9)
    said = run("import_ctf", str(people.project.pk), str(file)).splitlines()
    reason = "  failed: defocus_u: 'nan' is not a number."
    assert said == ["Micrographs with new values: 1", "Rows left out: 1", reason]
    with pytest.raises(CommandError, match="No such file"):
        run("import_ctf", str(people.project.pk), str(tmp_path / "none.star"))


def test_an_empty_folder_is_said_plainly(people: People, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no micrographs"):
        run("import_micrographs", str(people.project.pk), str(tmp_path))


@pytest.mark.parametrize(
    "command", [["import_micrographs", "999", "x"], ["import_ctf", "999", "x"], ["export_picks", "999", "csv", "x.zip"]]
)
def test_an_unknown_project_is_said_plainly(db: None, command: list[str]) -> None:
    with pytest.raises(CommandError, match="no project 999"):
        run(*command)


def test_picks_are_exported_to_a_zip(people: People, micrograph: Micrograph, tmp_path: Path) -> None:
    send(people, put_label(micrograph, x=12.5, y=34.25))
    run("export_picks", str(people.project.pk), "csv", str(tmp_path / "picks.zip"))
    with zipfile.ZipFile(tmp_path / "picks.zip") as archive:
        (row,) = csv.DictReader(io.StringIO(archive.read("picks.csv").decode()))
    assert (float(row["x"]), float(row["y"]), row["author"]) == (12.5, 34.25, people.member.username)


def test_nothing_is_exported_where_a_pixel_size_is_not_known(
    people: People, micrograph: Micrograph, tmp_path: Path
) -> None:
    people.project.pixel_size = None
    people.project.save()
    with pytest.raises(CommandError, match="pixel size: first"):
        run("export_picks", str(people.project.pk), "csv", str(tmp_path / "picks.zip"))
    assert not (tmp_path / "picks.zip").exists()


def test_an_export_names_the_excluded_and_refuses_one_that_was_asked_for(
    people: People, micrograph: Micrograph, tmp_path: Path
) -> None:
    Micrograph.objects.update(excluded=True)
    words = ("export_picks", people.project.name, "csv", str(tmp_path / "picks.zip"))
    assert run(*words).splitlines()[1] == "Left out because they are excluded (1): first"
    with pytest.raises(CommandError, match="is excluded from downloads"):
        run(*words, "--micrograph", "first")
    with pytest.raises(CommandError, match="no micrograph named “second”"):
        run(*words, "--micrograph", "second")


def test_the_demo_has_six_micrographs_with_truth_ctf_and_labels_of_each_kind(db: None) -> None:
    admin = User.objects.create_superuser("admin")
    run("demo")
    project = Project.objects.get()
    assert project.created_by == admin
    assert [hasattr(micrograph, "reference") for micrograph in project.micrographs.all()] == [True] * 6
    assert [m.ctf.defocus_u for m in project.micrographs.all()] == list(DEFOCI)
    for kind in Label.Kind.values:
        assert Label.objects.filter(kind=kind).count() >= 5


def test_a_link_for_someone_who_lost_their_password_is_printed(people: People) -> None:
    assert f"/signin/{people.viewer.pk}/" in run("signin_link", people.viewer.username)


def test_a_taken_port_is_said_plainly_with_the_way_out() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"PORT={port + 1} make run"):
            require_free_port("127.0.0.1", port)


def test_the_first_start_makes_an_administrator_and_the_next_ones_do_not(db: None) -> None:
    assert first_administrator() == first_administrator()
    assert first_administrator().is_superuser


def test_a_folder_that_is_no_data_set_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"dataset\.json"):
        run("benchmark", str(tmp_path))


@pytest.mark.django_db
@pytest.mark.parametrize(("active", "why"), [(True, "not an administrator"), (False, "deactivated")])
def test_an_account_admin_without_rights_is_said_with_what_to_do(active: bool, why: str) -> None:
    User.objects.create_user("admin", is_active=active)
    with pytest.raises(CommandError, match=rf"{why}.*createsuperuser"):
        first_administrator()
    assert User.objects.count() == 1


@pytest.mark.parametrize("port", ["http", "", "0", "70000", "-1", "८०"])
def test_a_port_that_is_none_is_said(port: str) -> None:
    with pytest.raises(CommandError, match="is not a port"):
        port_number(port)


def test_a_data_folder_that_cannot_be_written_is_said(settings: Any, tmp_path: Path) -> None:
    settings.CRYOWEB_DATA = tmp_path / "gone"
    with pytest.raises(CommandError, match="cannot write to its data folder"):
        require_data_folder()


def test_a_database_that_does_not_answer_is_said_without_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("connection refused\nIs the server running?")

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    with pytest.raises(CommandError, match=r"cannot be reached: connection refused\. Start it"):
        require_database()


def test_a_data_folder_that_cannot_be_made_ends_every_command_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    environment = os.environ | {"CRYOWEB_DATA": str(tmp_path / "file"), "DJANGO_SETTINGS_MODULE": "cryoweb.settings"}
    ended = subprocess.run(
        [sys.executable, "manage.py", "check"], env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("CryoWeb cannot use its data folder")
    assert "Traceback" not in ended.stderr


def test_micrographs_come_from_a_list_and_from_a_pattern(people: People, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_mrc(tmp_path / "raw" / f"{name}.mrc", noisy_discs())
    star = tmp_path / "micrographs.star"
    star.write_text("data_\nloop_\n_rlnMicrographName\n_rlnMicrographPixelSize\nraw/a.mrc 0.885\n")
    said = run("import_micrographs", str(people.project.pk), str(star)).splitlines()
    assert said[0].startswith("A list by RELION")
    assert said[-1] == "a.mrc: finished"
    assert Micrograph.objects.get().listed_pixel_size == 0.885
    said = run("import_micrographs", str(people.project.pk), str(tmp_path / "*" / "*.mrc")).splitlines()
    assert said == ["a.mrc: already in the project", "b.mrc: finished"]


def test_a_token_is_made_for_whoever_cannot_open_a_browser(people: People) -> None:
    text = run("make_token", people.viewer.username, "--role", "viewer", "--project", str(people.project.pk))
    token = use_token(text.strip())
    assert token is not None
    assert (token.user, token.role, token.project) == (people.viewer, "viewer", people.project)


def test_a_token_with_more_rights_than_its_person_has_is_refused_on_the_command_line(people: People) -> None:
    with pytest.raises(CommandError, match="a token cannot be owner"):
        run("make_token", people.viewer.username, "--project", str(people.project.pk))
