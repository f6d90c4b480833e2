"""What of the files gets into a backup, and what is refused on the way back."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from picking.backups import database
from picking.backups.bring_back import require_fit
from picking.backups.files import Copier, check
from picking.backups.make import make_backup, newest
from picking.backups.manifest import NAME, KeptFile, Manifest, read_manifest, write_manifest
from picking.backups.progress import Progress
from picking.refusals import Refused

PYRAMID = "projects/1/micrographs/a/pyramid.u8"


def silent(words: str) -> None:
    """Nobody listens."""


def put(data: Path, name: str, content: bytes) -> Path:
    path = data / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def copier(data: Path, folder: Path, before: tuple[Path, Manifest] | None = None) -> Copier:
    return Copier(data, folder, before, Progress(silent))


def manifest(files: dict[str, KeptFile], migrations: list[str] | None = None, engine: str = "sqlite") -> Manifest:
    return Manifest("CryoWeb 9.0", "2026-01-01T00:00:00+00:00", engine, migrations or [], "/data", {}, files)


def test_a_file_that_was_replaced_between_two_passes_is_kept_as_it_is_last(data_folder: Path, tmp_path: Path) -> None:
    path = put(data_folder, PYRAMID, b"old")
    taking = copier(data_folder, tmp_path / "backup")
    taking.take()
    path.unlink()
    put(data_folder, PYRAMID, b"newer")
    assert taking.take() == 1
    check(tmp_path / "backup", PYRAMID, taking.kept[PYRAMID])
    assert (tmp_path / "backup" / PYRAMID).read_bytes() == b"newer"


def test_what_is_thrown_away_while_the_backup_runs_stays_in_it(data_folder: Path, tmp_path: Path) -> None:
    path = put(data_folder, PYRAMID, b"1234")
    taking = copier(data_folder, tmp_path / "backup")
    taking.take()
    path.unlink()
    taking.take()
    check(tmp_path / "backup", PYRAMID, taking.kept[PYRAMID])


def test_uploads_under_way_are_copied_as_they_are_written_in_place(data_folder: Path, tmp_path: Path) -> None:
    part = put(data_folder, "uploads/a.part", b"1234")
    taking = copier(data_folder, tmp_path / "backup")
    taking.take()
    part.write_bytes(b"12345678")
    check(tmp_path / "backup", "uploads/a.part", taking.kept["uploads/a.part"])


def test_what_no_row_names_yet_is_left_out(data_folder: Path, tmp_path: Path) -> None:
    put(data_folder, "projects/1/micrographs/a.unfinished/pyramid.u8", b"1")
    put(data_folder, "projects/1/exports/b.zip-1.unfinished", b"1")
    put(data_folder, "secret_key", b"1")
    assert copier(data_folder, tmp_path / "backup").take() == 0


def test_what_has_not_changed_since_the_last_backup_takes_no_room(data_folder: Path, tmp_path: Path) -> None:
    put(data_folder, PYRAMID, b"1234")
    first = copier(data_folder, tmp_path / "first")
    first.take()
    (tmp_path / "first" / PYRAMID).unlink()
    kept = put(tmp_path / "first", PYRAMID, b"1234")  # as it lies on another disk
    second = copier(data_folder, tmp_path / "second", (tmp_path / "first", manifest(first.kept)))
    second.take()
    assert (tmp_path / "second" / PYRAMID).samefile(kept)
    assert second.kept == first.kept


@pytest.mark.parametrize("content", [b"123", b"1235", None])
def test_a_damaged_backup_is_refused_by_the_name_of_the_file(content: bytes | None, tmp_path: Path) -> None:
    path = put(tmp_path, PYRAMID, b"1234")
    taking = copier(tmp_path, tmp_path / "backup")
    taking.take()
    path = tmp_path / "backup" / PYRAMID
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    write_manifest(tmp_path / "backup", manifest(taking.kept))
    with pytest.raises(CommandError, match=f"damaged: {PYRAMID}"):
        call_command("restore", tmp_path / "backup", check=True)


def test_a_folder_without_a_readable_manifest_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="not a backup"):
        read_manifest(tmp_path)
    (tmp_path / NAME).write_text('{"format": 1, "files": ')
    with pytest.raises(Refused, match="damaged"):
        read_manifest(tmp_path)
    (tmp_path / NAME).write_text(json.dumps({"format": 2, "program": "CryoWeb 9.0"}))
    with pytest.raises(Refused, match="newer CryoWeb"):
        read_manifest(tmp_path)


def test_backups_of_a_newer_release_or_of_another_database_are_refused(db: None) -> None:
    here = database.engine()
    with pytest.raises(Refused, match=r"newer CryoWeb .*picking\.9999_later"):
        require_fit(manifest({}, ["picking.0001_initial", "picking.9999_later"], here))
    other = "postgresql" if here == "sqlite" else "sqlite"
    with pytest.raises(Refused, match="CRYOWEB_DATABASE_URL"):
        require_fit(manifest({}, [], other))


def test_a_backup_is_not_made_within_the_data_nor_taken_from_an_interrupted_one(
    data_folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="within the data"):
        make_backup(data_folder / "projects" / "backups", silent)
    write_manifest_in = tmp_path / "cryoweb-20260101T000000Z.unfinished"
    write_manifest_in.mkdir()
    write_manifest(write_manifest_in, manifest({}))
    assert newest(tmp_path) is None
