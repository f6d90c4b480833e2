"""`manage.py import_coordinates`."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from picking.models import CoordinateImport, Label, Micrograph, PickSet, Source
from picking.science.picks import unpack
from tests.people import People

BOX = "80\t180\t40\t40\n280\t280\t40\t40\n5000\t0\t40\t40\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "first_DW.box"
    path.write_text(BOX)
    return path


def run(people: People, file: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_coordinates", str(people.project.pk), str(file), *options, stdout=out)
    return out.getvalue()


def test_coordinates_become_a_source(people: People, micrograph: Micrograph, file: Path) -> None:
    said = run(people, file, "--scale", "1", "--as", "source", "crYOLO", "gentle")
    assert Source.objects.get().name == "crYOLO gentle"
    assert unpack(bytes(PickSet.objects.get().rows))[:, :2].tolist() == [[100, 200], [300, 300]]
    assert "Ignore _DW at the end" in said
    assert "first (1)" in said
    assert file.read_text() == BOX
    assert not CoordinateImport.objects.exists()


def test_coordinates_become_labels_of_an_account(people: People, micrograph: Micrograph, file: Path) -> None:
    options = ("--scale", "1", "--flip-y", "--user", people.member.username, "--as", "labels", "background")
    run(people, file.parent, *options)
    labels = Label.objects.order_by("x")
    assert [(each.kind, each.x, each.y) for each in labels] == [("background", 100, 439), ("background", 300, 339)]
    assert {each.author for each in labels} == {people.member}


def test_labels_may_be_nobodys(people: People, micrograph: Micrograph, file: Path) -> None:
    run(people, file, "--scale", "1", "--as", "labels")
    assert {(each.kind, each.author) for each in Label.objects.all()} == {("particle", None)}


def test_a_dry_run_stores_nothing(people: People, micrograph: Micrograph, file: Path) -> None:
    assert "Nothing was stored" in run(people, file, "--as", "labels", "--dry-run")
    assert not Label.objects.exists()


@pytest.mark.parametrize("what", [("labels", "doubtful"), ("source",), ("guesses",)])
def test_what_they_become_must_be_said(people: People, file: Path, what: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="--as labels"):
        run(people, file, "--as", *what)


def test_files_that_match_nothing_are_refused(people: People, micrograph: Micrograph, file: Path) -> None:
    with pytest.raises(CommandError, match="no coordinates"):
        run(people, file, "--ignore-end", "", "--as", "labels")
    assert not Label.objects.exists()


def test_a_folder_of_relion_is_taken_with_its_folders_and_without_its_job(
    people: People, micrograph: Micrograph, tmp_path: Path
) -> None:
    movies = tmp_path / "job012" / "Movies"
    movies.mkdir(parents=True)
    star = "data_\n\nloop_\n_rlnCoordinateX #1\n_rlnCoordinateY #2\n100 200\n"
    (movies / "first_autopick.star").write_text(star)
    (tmp_path / "job012" / "job.star").write_text("data_job\n\n_rlnJobTypeLabel relion.autopick.log\n")
    run(people, tmp_path / "job012", "--scale", "1", "--as", "source", "RELION")
    assert unpack(bytes(PickSet.objects.get().rows))[:, :2].tolist() == [[100, 200]]
