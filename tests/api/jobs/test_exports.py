"""Downloads."""

import csv
import io
import zipfile
from typing import Any

import pytest
import starfile
from asgiref.sync import async_to_sync

from picking.actions.jobs.jobs import claim, queue_job
from picking.actions.locked_project import locked_project
from picking.actions.marks.picks import add_picks
from picking.jobs.tasks import run_job
from picking.models import Export, Job, Micrograph
from picking.science.formats import FORMATS
from picking.science.picks import as_picks
from tests.api.marks.test_operations import put_label, put_region, put_verdict, send
from tests.conftest import noisy_discs
from tests.people import People, make_people
from tests.trainings import make_training


@pytest.fixture
def picked(people: People, micrograph: Micrograph) -> Micrograph:
    """A micrograph with four picks of a training: two good, one poor, one contamination."""
    with locked_project(people.project.pk) as project:
        training = make_training(project)
        project.current_training = training
        project.save()
        job = queue_job(project, people.owner, Job.Kind.PICK, training=training)
    claimed = claim(job.pk, "test")
    assert claimed is not None
    rows = [[100, 100, 0.9, 0.1], [300, 300, 0.8, 0.1], [500, 100, 0.1, 0.1], [100, 500, 0.9, 0.95]]
    add_picks(claimed, micrograph, training.source, as_picks(rows))
    return micrograph


def content(answer: Any) -> bytes:
    """All that a streamed answer sends."""

    async def collect() -> bytes:
        return b"".join([piece async for piece in answer.streaming_content])

    return async_to_sync(collect)()


def ask(people: People, who: str = "viewer", key: str = "csv", **more: Any) -> Any:
    address = f"/api/v1/projects/{people.project.pk}/exports"
    return people.client(who).post(address, {"format": key, **more}, format="json")


def exported(people: People, key: str = "csv", who: str = "viewer", **more: Any) -> Export:
    """An export whose job has ended."""
    answer = ask(people, who, key, **more)
    assert answer.status_code == 201, answer.content
    run_job(answer.json()["job"]["id"])
    return Export.objects.select_related("job").get(pk=answer.json()["id"])


def download(people: People, key: str, who: str = "viewer", **more: Any) -> zipfile.ZipFile:
    export = exported(people, key, who, **more)
    assert export.job.status == Job.Status.FINISHED, export.job.error
    answer = people.client(who).get(f"/api/v1/exports/{export.pk}/file")
    assert answer.status_code == 200, answer.content
    return zipfile.ZipFile(io.BytesIO(content(answer)))


def files_in(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """All but the manifest."""
    return {name: archive.read(name) for name in archive.namelist() if name != "cryoweb_manifest.json"}


def detail(people: People, export: Export, who: str = "viewer") -> Any:
    return people.client(who).get(f"/api/v1/exports/{export.pk}").json()


def add_micrographs(people: People, *names: str) -> list[Micrograph]:
    """Micrographs of which nothing is there but their rows."""
    rows = [Micrograph(project=people.project, name=n, file_name=f"{n}.mrc", width=99, height=99) for n in names]
    return Micrograph.objects.bulk_create(rows)


def rows_of(archive: zipfile.ZipFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read("picks.csv").decode())))


@pytest.mark.parametrize(
    ("who", "status"), [("owner", 200), ("member", 200), ("viewer", 200), ("outsider", 404), ("anonymous", 401)]
)
def test_members_alone_ask_for_exports_and_get_them(people: People, picked: Micrograph, who: str, status: int) -> None:
    export = exported(people, who="owner")
    client, pk = people.client(who), export.pk
    addresses = [f"/api/v1/projects/{people.project.pk}/exports", f"/api/v1/exports/{pk}", f"/api/v1/exports/{pk}/file"]
    addresses.append(f"/api/v1/exports/{pk}/points?micrograph={picked.pk}")
    assert [client.get(each).status_code for each in addresses] == [status] * 4
    assert ask(people, who).status_code == (201 if status == 200 else status)


def test_thresholds_decide_which_picks_are_written(people: People, picked: Micrograph) -> None:
    places = [(float(row["x"]), float(row["y"])) for row in rows_of(download(people, "csv"))]
    assert places == [(100, 100), (300, 300)]


def test_micrographs_come_by_name_as_on_the_page(people: People) -> None:
    for micrograph in add_micrographs(people, "mic_10", "b/mic_2", "mic_2"):
        send(people, put_label(micrograph, x=50.0, y=50.0))
    ordered = ["b/mic_2", "mic_2", "mic_10"]
    snapshot = people.client("viewer").get(f"/api/v1/projects/{people.project.pk}/snapshot").json()
    assert [row["name"] for row in snapshot["micrographs"]] == ordered
    assert [row["micrograph"] for row in rows_of(download(people, "csv"))] == [f"{name}.mrc" for name in ordered]


def test_the_word_of_people_decides_over_the_networks(people: People, picked: Micrograph) -> None:
    send(
        people,
        put_verdict(picked, x=100.0, y=100.0),
        put_verdict(picked, kind="accept", x=100.0, y=500.0),
        put_label(picked, x=600.0, y=600.0),
        put_region(picked, polygon=[[280, 280], [320, 280], [320, 320], [280, 320]]),
    )
    rows = rows_of(download(people, "csv"))
    assert [(float(row["x"]), float(row["y"]), row["source"]) for row in rows] == [
        (100, 500, "verdict"),
        (600, 600, "label"),
    ]
    assert [row["author"] for row in rows] == [people.member.username] * 2


@pytest.mark.parametrize("key", list(FORMATS))
def test_every_format_can_be_read_back_and_gives_the_same_places(people: People, picked: Micrograph, key: str) -> None:
    archive = download(people, key)
    files = files_in(archive)
    found = FORMATS[key].read(files, {picked.name: (picked.width, picked.height)})
    assert [(each.x, each.y) for each in found.coordinates[picked.name]] == [(100, 100), (300, 300)]


def test_starfile_reads_the_relion_set(people: People, picked: Micrograph, tmp_path: Any) -> None:
    download(people, "relion").extractall(tmp_path)
    table = starfile.read(tmp_path / "CryoWeb" / "first_autopick.star")
    assert table["rlnCoordinateX"].tolist() == [100, 300]


def test_two_exports_of_the_same_picks_hold_the_same_bytes(people: People, picked: Micrograph) -> None:
    one, other = (files_in(download(people, "relion", who)) for who in ("owner", "viewer"))
    assert one == other


def test_one_micrograph_can_be_downloaded_alone(people: People, picked: Micrograph, import_file: Any) -> None:
    import_file("second.mrc")
    second = Micrograph.objects.get(name="second")
    send(people, put_label(second), put_label(picked))
    rows = rows_of(download(people, "csv", micrograph=second.pk))
    assert {row["micrograph"] for row in rows} == {"second.mrc"}


def test_an_unknown_format_is_refused_at_its_field(people: People) -> None:
    answer = ask(people, key="xls")
    assert answer.status_code == 400
    assert "xls" in str(answer.json())


def test_without_a_pixel_size_the_download_says_what_is_missing(people: People, picked: Micrograph) -> None:
    people.project.pixel_size = None
    people.project.save()
    answer = ask(people)
    assert (answer.status_code, "pixel size" in answer.json()["detail"]) == (400, True)


def test_one_micrograph_needs_no_pixel_size_but_its_own(people: People, picked: Micrograph, import_file: Any) -> None:
    import_file("known.mrc", pixel_size=4.0)
    people.project.refresh_from_db()
    people.project.pixel_size = None
    people.project.save()
    known = Micrograph.objects.get(name="known")
    assert "picks.csv" not in download(people, "relion", micrograph=known.pk).namelist()
    answer = ask(people, micrograph=picked.pk)
    assert (answer.status_code, "first" in answer.json()["detail"]) == (400, True)


def test_an_export_says_what_is_left_out(people: People, picked: Micrograph) -> None:
    assert detail(people, exported(people))["left_out"] == []
    Micrograph.objects.update(excluded=True)
    assert detail(people, exported(people))["left_out"] == [{"reason": "excluded", "count": 1, "names": ["first"]}]


def test_files_of_two_folders_are_exported_by_their_paths(people: People, import_file: Any) -> None:
    for number, folder in enumerate(("gridA", "gridB")):
        import_file(f"Movies/{folder}/001.mrc", noisy_discs(number))
    for micrograph in Micrograph.objects.all():
        send(people, put_label(micrograph))
    index = download(people, "relion", folder="MotionCorr/job002/Movies").read("CryoWeb/autopick.star").decode()
    assert "MotionCorr/job002/Movies/gridA/001.mrc" in index
    assert "MotionCorr/job002/Movies/gridB/001.mrc" in index
    assert {row["micrograph"] for row in rows_of(download(people, "csv"))} == {"gridA/001.mrc", "gridB/001.mrc"}


def test_a_micrograph_of_another_project_is_not_found(people: People, picked: Micrograph) -> None:
    other = make_people("Another")
    elsewhere = Micrograph.objects.create(project=other.project, name="x", file_name="x.mrc", width=9, height=9)
    assert ask(people, micrograph=elsewhere.pk).status_code == 404


def test_names_and_rows_can_be_written_as_the_next_program_has_them(people: People, picked: Micrograph) -> None:
    archive = download(people, "relion", folder="MotionCorr/job002/raw", flip_y=True)
    index = archive.read("CryoWeb/autopick.star").decode()
    assert "MotionCorr/job002/raw/first.mrc" in index
    files = files_in(archive)
    size = {picked.name: (picked.width, picked.height)}
    found = FORMATS["relion"].read(files, size, flip_y=True)
    assert [(each.x, each.y) for each in found.coordinates[picked.name]] == [(100, 100), (300, 300)]


@pytest.mark.parametrize("name", ["L" * 246, "g1/001"])
def test_the_zip_of_a_micrograph_has_a_name_that_file_systems_take(
    people: People, picked: Micrograph, name: str
) -> None:
    Micrograph.objects.filter(pk=picked.pk).update(name=name)
    export = exported(people, micrograph=picked.pk)
    answer = people.client("viewer").get(f"/api/v1/exports/{export.pk}/file")
    file_name = answer["Content-Disposition"].split('"')[1]
    assert len(file_name) <= 255
    assert file_name in (f"{'l' * 200}-csv.zip", "g1-001-csv.zip")
