"""Coordinates of other programs, CTF values and comparisons, by the client and by its commands."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

from cryoweb_client import CryoWebError, Project
from cryoweb_client import coordinates as client
from cryoweb_client.commands import main
from cryoweb_client.coordinates import coordinate_files
from picking.models import CoordinateImport, Ctf, Label, Micrograph, Source
from tests.client.served import served
from tests.people import People
from tests.sources import make_import

BOX = "80\t180\t40\t40\n280\t280\t40\t40\n"
"""Centres (100, 200) and (300, 300)."""


@pytest.fixture
def project(people: People, micrograph: Micrograph) -> Iterator[Project]:
    with served(people) as project:
        yield project


@pytest.fixture
def command(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Commands find the project on whatever server they ask."""

    class Server:
        def __enter__(self) -> "Server":
            return self

        def __exit__(self, kind: type[BaseException] | None, error: Any, trace: TracebackType | None) -> None:
            pass

        def project(self, which: str) -> Project:
            return project

    monkeypatch.setattr("cryoweb_client.incoming.CryoWeb", Server)
    return project


@pytest.fixture
def box(tmp_path: Path, micrograph: Micrograph) -> Path:
    """A file with two places on the micrograph, one outside of it, and one file that fits no micrograph."""
    folder = tmp_path / "boxes"
    folder.mkdir()
    (folder / f"{micrograph.name}.box").write_text(BOX + "5000\t0\t40\t40\n")
    (folder / "theirs.box").write_text(BOX)
    return folder


def places() -> set[tuple[float, float]]:
    return set(Label.objects.values_list("x", "y"))


def test_a_folder_of_coordinates_becomes_labels(command: Project, box: Path) -> None:
    assert main(["import-coordinates", "1", str(box), "--as", "labels", "--kind", "contamination"]) == 0
    assert places() == {(100, 200), (300, 300)}
    assert set(Label.objects.values_list("kind", flat=True)) == {"contamination"}


def test_coordinates_become_a_source_with_a_name(command: Project, box: Path) -> None:
    assert main(["import-coordinates", "1", str(box), "--as", "source", "--name", "From EMAN"]) == 0
    assert Source.objects.get(name="From EMAN").kind == "imported"
    assert places() == set()


def test_a_dry_run_says_how_all_matches_and_stores_nothing(
    command: Project, box: Path, micrograph: Micrograph, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import-coordinates", "1", str(box), "--dry-run"]) == 0
    told = capsys.readouterr()
    assert told.out == f"{micrograph.name}\t2\t1\t0\n"
    assert "Names that match a micrograph: 1" in told.err
    assert re.search(r"No micrograph has these names: \S*theirs", told.err)
    assert "Picks: 2; outside the image and left out: 1; doubled: 0." in told.err
    assert not CoordinateImport.objects.exists()
    assert not Source.objects.exists()


def test_rule_scale_and_flip_are_those_that_were_chosen(
    command: Project, tmp_path: Path, micrograph: Micrograph
) -> None:
    file = tmp_path / f"session_{micrograph.name}_DW.box"
    file.write_text("40\t90\t20\t20\n")
    choices = ["--starts", "session_", "--ends", "_DW", "--scale", "2", "--flip-y", "--format", "eman_box"]
    assert main(["import-coordinates", "1", str(file), "--as", "labels", *choices]) == 0
    ((x, y),) = places()
    assert x == pytest.approx(100, abs=1)
    assert y == pytest.approx(micrograph.height - 200, abs=2)


def test_what_the_coordinates_become_has_to_be_said(
    command: Project, box: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import-coordinates", "1", str(box)]) == 1
    assert "--dry-run to look first" in capsys.readouterr().err


def test_many_files_go_in_several_requests(
    project: Project, tmp_path: Path, micrograph: Micrograph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "MOST_FILES", 2)
    for number in range(5):
        (tmp_path / f"{number}.box").write_text(BOX)
    with project.coordinates(tmp_path.glob("*.box")) as brought:
        assert brought.found["files"] == 5


def test_a_file_too_large_for_a_request_is_said_before_anything_is_sent(
    project: Project, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "MOST_BYTES", 5)
    with pytest.raises(CryoWebError, match=r"manage\.py import_coordinates"):
        project.coordinates([box])
    assert not CoordinateImport.objects.exists()


def test_only_files_that_may_hold_coordinates_are_taken_from_a_folder(box: Path) -> None:
    (box / "notes.md").write_text("x")
    (box / ".hidden.box").write_text("x")
    assert [name for _, name in coordinate_files([box])] == ["boxes/first.box", "boxes/theirs.box"]
    with pytest.raises(CryoWebError, match="does not exist"):
        coordinate_files([box / "gone.box"])


def test_ctf_values_are_taken_and_what_did_not_match_is_named(
    command: Project, tmp_path: Path, micrograph: Micrograph, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "micrograph,defocus_u,voltage,spherical_aberration,amplitude_contrast\n"
    (tmp_path / "ctf.csv").write_text(f"{head}{micrograph.name}.mrc,15000,300,2.7,0.1\ntheirs.mrc,9000,300,2.7,0.1\n")
    assert main(["import-ctf", "1", str(tmp_path / "ctf.csv")]) == 0
    assert Ctf.objects.get().micrograph == micrograph
    told = capsys.readouterr().err
    assert "Micrographs with CTF values from the file: 1" in told
    assert "theirs.mrc" in told


def test_two_sources_are_compared_by_their_names(
    command: Project, micrograph: Micrograph, capsys: pytest.CaptureFixture[str]
) -> None:
    make_import(micrograph, [(100, 100, 1, 0), (300, 300, 1, 0), (500, 100, 1, 0)])
    make_import(micrograph, [(102, 100, 1, 0), (302, 300, 1, 0)], name="Topaz")
    assert main(["compare", "1", "crYOLO", "Topaz"]) == 0
    rows = dict(line.split("\t") for line in capsys.readouterr().out.splitlines())
    assert (rows["crYOLO"], rows["Topaz"], rows["in both"]) == ("3", "2", "2")
    assert (rows["precision"], rows["recall"], rows["offset, px"]) == ("1.000", "0.667", "+2.00 +0.00")


def test_a_set_of_picks_that_is_not_there_is_said_with_those_that_are(
    command: Project, micrograph: Micrograph, capsys: pytest.CaptureFixture[str]
) -> None:
    make_import(micrograph, [(100, 100, 1, 0)])
    assert main(["compare", "1", "final", "Gautomatch"]) == 1
    assert "final, networks, labels, “crYOLO” (source:" in capsys.readouterr().err


def test_sources_agree_on_a_new_one(project: Project, micrograph: Micrograph) -> None:
    for name in ("crYOLO", "Topaz"):
        make_import(micrograph, [(100, 100, 1, 0)], name=name)
    made = project.consensus("Both", ["crYOLO", "Topaz"])
    assert Source.objects.get(pk=made["id"]).kind == "consensus"
