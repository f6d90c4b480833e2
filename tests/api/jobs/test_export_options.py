"""What may be chosen for a download, and what the page shows of the finished file."""

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest

from picking import storage
from picking.actions.jobs.exports import MOST_KEPT, clear_old_exports
from picking.jobs.tasks import run_job
from picking.models import Export, Job, Micrograph
from picking.science.formats import FORMATS
from picking.science.formats import relion as relion_format
from picking.science.formats.files import Pieces
from tests.api.jobs.test_exports import ask, content, detail, download, exported, picked, rows_of
from tests.api.marks.test_operations import put_label, put_verdict, send
from tests.people import People
from tests.sources import make_import

__all__ = ["picked"]


def places(people: People, **more: Any) -> list[tuple[float, float]]:
    return [(float(row["x"]), float(row["y"])) for row in rows_of(download(people, "csv", **more))]


def shown(people: People, export: Export, micrograph: Micrograph) -> Any:
    answer = people.client("viewer").get(f"/api/v1/exports/{export.pk}/points", {"micrograph": micrograph.pk})
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_picks_of_another_program_can_be_exported_and_joined_with_the_final_ones(
    people: People, picked: Micrograph
) -> None:
    source = make_import(picked, [(102, 100, 0.5, 0), (400, 400, 0.75, 0)])
    assert places(people, sources=[source.pk]) == [(102, 100), (400, 400)]
    export = exported(people, sources=[0, source.pk])
    counts = detail(people, export)["counts"]
    assert (counts["picks"], counts["doubled"]) == (3, 1)
    assert counts["by_source"] == [{"source": "network", "picks": 2}, {"source": "source crYOLO", "picks": 1}]


def test_a_source_of_another_project_is_refused(people: People, picked: Micrograph) -> None:
    assert ask(people, sources=[10**6]).status_code == 400


def test_a_least_score_leaves_out_picks_of_networks_but_none_of_people(people: People, picked: Micrograph) -> None:
    send(people, put_label(picked, x=600.0, y=600.0))
    assert places(people, least_score=0.75) == [(100, 100), (600, 600)]


def test_micrographs_without_a_mark_of_a_person_can_be_left_out(people: People, picked: Micrograph) -> None:
    export = exported(people, reviewed_only=True)
    assert detail(people, export)["left_out"] == [
        {"reason": "without a mark of a person", "count": 1, "names": ["first"]}
    ]
    send(people, put_verdict(picked, kind="accept", x=100.0, y=100.0))
    assert places(people, reviewed_only=True) == [(300, 300), (100, 100)]


def test_names_can_be_changed_for_programs_that_have_others(people: People, picked: Micrograph) -> None:
    names = {"remove_prefix": "fi", "add_prefix": "a_", "add_suffix": "_DW", "extension": "tif"}
    index = download(people, "relion", **names).read("CryoWeb/autopick.star").decode()
    assert "a_rst_DW.tif" in index
    assert ask(people, remove_prefix="first").json()["detail"].endswith("change what is taken off or added.")


def test_two_micrographs_never_get_one_name(people: People, picked: Micrograph) -> None:
    row = {"project": people.project, "file_name": "first_DW.mrc", "width": 99, "height": 99}
    Micrograph.objects.create(name="first_DW", **row)
    answer = ask(people, remove_suffix="_DW")
    assert (answer.status_code, "Several micrographs would be called first" in answer.json()["detail"]) == (400, True)


@pytest.mark.parametrize("key", FORMATS)
def test_the_page_shows_what_stands_in_the_file_at_its_place(people: People, picked: Micrograph, key: str) -> None:
    export = exported(people, key, flip_y=True, scale=2.0)
    assert export.job.status == Job.Status.FINISHED, export.job.error
    for (x, y), expected in zip(shown(people, export, picked)["points"], [(100, 100), (300, 300)], strict=True):
        assert (x, y) == pytest.approx(expected, abs=1.0)  # half a pixel of the next program is one of ours


def test_boxes_are_shown_as_large_as_the_file_has_them(people: People, picked: Micrograph) -> None:
    assert shown(people, exported(people, "eman_box", box_px=64), picked)["box"] == 64
    assert shown(people, exported(people, "csv", box_px=64), picked)["box"] is None


def test_a_writer_that_writes_something_else_offers_nothing(
    people: People, picked: Micrograph, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shifted(export: Any) -> Pieces:
        return ((path, piece.replace(b"300.000000", b"301.000000")) for path, piece in relion_format.write(export))

    broken = FORMATS["relion"].__class__(**{**vars(FORMATS["relion"]), "write": shifted})
    monkeypatch.setitem(FORMATS, "relion", broken)
    export = exported(people, "relion")
    assert export.job.status == Job.Status.FAILED
    assert "first are up to 1 px from where they should be" in export.job.error
    assert "please report it, and use another format" in export.job.error
    assert people.client("viewer").get(f"/api/v1/exports/{export.pk}/file").status_code == 400
    assert list(storage.exports_folder(people.project.pk).iterdir()) == []


def test_the_manifest_says_how_the_file_came_to_be(people: People, picked: Micrograph) -> None:
    Micrograph.objects.filter(pk=picked.pk).update(particle_threshold=0.25)
    export = exported(people, "relion", scale=2.0)
    archive = download(people, "relion", scale=2.0)
    said = json.loads(archive.read("cryoweb_manifest.json"))
    kept, moments = detail(people, export)["manifest"], {"created_at", "sequence"}
    assert kept["sequence"] < said["sequence"]
    assert {key: kept[key] for key in {*kept} - moments} == {key: said[key] for key in {*said} - moments}
    assert said["conventions"]["scale"] == 2.0
    assert said["thresholds"]["own"][0]["particle_threshold"] == 0.25
    assert said["training"]["version"] == 1
    assert said["counts"]["picks"] == 2
    digests = {each["path"]: each["sha256"] for each in said["files"]}
    names = set(archive.namelist()) - {"cryoweb_manifest.json"}
    assert digests == {name: hashlib.sha256(archive.read(name)).hexdigest() for name in names}


def test_a_part_of_the_file_can_be_asked_for(people: People, picked: Micrograph) -> None:
    export = exported(people)
    client, address = people.client("viewer"), f"/api/v1/exports/{export.pk}/file"
    answer = client.get(address)
    whole = content(answer)
    assert answer["ETag"] == f'"{hashlib.sha256(whole).hexdigest()}"'
    part = client.get(address, headers={"Range": "bytes=10-19"})
    assert (part.status_code, content(part)) == (206, whole[10:20])
    assert part["Content-Range"] == f"bytes 10-19/{len(whole)}"
    assert content(client.get(address, headers={"Range": "bytes=-5"})) == whole[-5:]
    changed = client.get(address, headers={"Range": "bytes=10-19", "If-Range": '"other"'})
    assert (changed.status_code, content(changed)) == (200, whole)
    assert client.get(address, headers={"Range": f"bytes={len(whole)}-"}).status_code == 416
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 204), ("viewer", 204), ("member", 403), ("outsider", 404), ("anonymous", 401)],
)
def test_people_delete_their_own_exports_and_owners_all(
    people: People, picked: Micrograph, django_capture_on_commit_callbacks: Any, who: str, status: int
) -> None:
    export = exported(people, who="viewer")
    with django_capture_on_commit_callbacks(execute=True):
        assert people.client(who).delete(f"/api/v1/exports/{export.pk}").status_code == status
    there = storage.export_path(export).exists()
    assert (there, Export.objects.exists()) == ((False, False) if status == 204 else (True, True))


def test_old_exports_go(people: People, picked: Micrograph, django_capture_on_commit_callbacks: Any) -> None:
    export = exported(people)
    assert clear_old_exports() == 0
    Export.objects.update(created_at=export.created_at - timedelta(days=8))
    (storage.exports_folder(people.project.pk) / f"{export.pk}-7.zip").touch()  # of a worker that was killed
    with django_capture_on_commit_callbacks(execute=True):
        assert clear_old_exports() == 1
    assert list(storage.exports_folder(people.project.pk).iterdir()) == []


def test_the_newest_are_kept(people: People, picked: Micrograph) -> None:
    first = exported(people)
    for _ in range(MOST_KEPT):
        exported(people)
    kept = people.client("viewer").get(f"/api/v1/projects/{people.project.pk}/exports").json()["results"]
    assert len(kept) == MOST_KEPT
    assert first.pk not in {each["id"] for each in kept}


def test_one_that_waits_can_be_cancelled(people: People, picked: Micrograph) -> None:
    asked = ask(people, "member").json()
    assert people.client("member").delete(f"/api/v1/exports/{asked['id']}").status_code == 204
    run_job(asked["job"]["id"])
    assert Export.objects.count() == 0


def test_what_a_killed_worker_left_is_cleared(people: People, picked: Micrograph) -> None:
    asked = ask(people).json()
    folder = storage.exports_folder(people.project.pk)
    folder.mkdir(parents=True)
    (folder / f"{asked['id']}-0.zip-x.unfinished").write_bytes(b"half")
    run_job(asked["job"]["id"])
    assert {path.suffix for path in folder.iterdir()} == {".zip", ".places"}


@pytest.mark.parametrize("key", FORMATS)
def test_files_of_one_name_in_two_folders_are_told_apart(people: People, picked: Micrograph, key: str) -> None:
    Micrograph.objects.filter(pk=picked.pk).update(name="g1/001", file_name="001.mrc", uploaded_as="g1/001.mrc")
    row = {"file_name": "001.mrc", "uploaded_as": "g2/001.mrc", "width": 640, "height": 640}
    other = Micrograph.objects.create(project=people.project, name="g2/001", **row)
    send(people, put_label(other, x=200.0, y=250.0))
    export = exported(people, key)
    assert export.job.status == Job.Status.FINISHED, export.job.error
    assert shown(people, export, other)["points"] == [[200, 250]]
    assert len(shown(people, export, picked)["points"]) == 2
