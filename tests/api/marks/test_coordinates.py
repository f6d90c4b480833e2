"""Coordinates of other programs over HTTP: brought, looked at, stored."""

import struct
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from picking import storage
from picking.actions.projects.projects import ProjectChange, change_project
from picking.models import CoordinateImport, Event, Label, Micrograph, PickSet, Project, Source
from picking.science.picks import as_picks, pack, unpack
from tests.api.marks.test_operations import put_label, send
from tests.people import People, make_people

BOX = b"80\t180\t40\t40\n280\t280\t40\t40\n"
"""Centres (100, 200) and (300, 300)."""
CBOX_LIKE = b"image_name\tx_coord\ty_coord\tscore\nfirst\t100\t200\t-1.5\nfirst\t300\t300\t2.25\n"
"""Topaz: with scores in its own units."""
PLACES = [(100.0, 200.0), (300.0, 300.0)]


def draft(people: People, *files: tuple[str, bytes], who: str = "member") -> str:
    """The address of a new import with these files."""
    client = people.client(who)
    started = client.post(f"/api/v1/projects/{people.project.pk}/coordinates")
    assert started.status_code == 201, started.content
    address = f"/api/v1/coordinates/{started.json()['id']}"
    uploads = [SimpleUploadedFile(path.rsplit("/", 1)[-1], content) for path, content in files]
    body = {"files": uploads, "paths": [path for path, _ in files]}
    answer = client.post(f"{address}/files", body, format="multipart")
    assert (answer.status_code, answer.json()["files"]) == (200, len(files))
    return address


def read(people: People, address: str, **change: Any) -> Any:
    client = people.client("member")
    answer = client.patch(address, change, format="json") if change else client.get(address)
    assert answer.status_code == 200, answer.content
    return answer.json()


def store(people: People, address: str, **said: Any) -> Any:
    return people.client("member").post(f"{address}/store", said, format="json")


def seen(people: People, address: str, micrograph: Micrograph) -> list[tuple[float, float]]:
    """The places on the preview of a micrograph."""
    packed = people.client("member").get(f"{address}/picks", {"micrograph": micrograph.pk}).content
    assert struct.unpack("<II", packed[:8]) == (micrograph.pk, 0)
    return [(x, y) for x, y, *_ in unpack(packed[12:]).tolist()]


@pytest.mark.parametrize(
    ("who", "status"), [("owner", 201), ("member", 201), ("viewer", 403), ("outsider", 404), ("anonymous", 401)]
)
def test_those_who_label_bring_coordinates(people: People, who: str, status: int) -> None:
    assert people.client(who).post(f"/api/v1/projects/{people.project.pk}/coordinates").status_code == status


@pytest.mark.parametrize("who", ["owner", "viewer", "outsider", "anonymous"])
def test_nobody_else_sees_or_stores_a_persons_import(people: People, micrograph: Micrograph, who: str) -> None:
    address, client = draft(people, ("first.box", BOX)), people.client(who)
    answers = [
        client.get(address),
        client.patch(address, {"format": "eman_box"}, format="json"),
        client.get(f"{address}/picks", {"micrograph": micrograph.pk}),
        client.post(f"{address}/files", {"files": [SimpleUploadedFile("a.box", BOX)]}, format="multipart"),
        client.post(f"{address}/store", {"store_as": "labels"}, format="json"),
        client.delete(address),
    ]
    assert {answer.status_code for answer in answers} == {401 if who == "anonymous" else 404}
    assert not Label.objects.exists()


def test_somebody_who_left_the_project_cannot_store(people: People, micrograph: Micrograph) -> None:
    address = draft(people, ("first.box", BOX))
    people.project.memberships.filter(user=people.member).delete()
    assert store(people, address, store_as="labels").status_code == 404


def test_the_preview_is_of_ones_own_project_only(people: People, micrograph: Micrograph) -> None:
    other = make_people("another")
    foreign = Micrograph.objects.create(project=other.project, name="first", width=640, height=640)
    answer = people.client("member").get(f"{draft(people, ('first.box', BOX))}/picks", {"micrograph": foreign.pk})
    assert answer.status_code == 404


def test_the_format_and_the_matches_are_told(people: People, micrograph: Micrograph) -> None:
    said = read(people, draft(people, ("picks/first.box", BOX), ("second.box", BOX)))
    assert (said["format"], said["matched"], said["unmatched"], said["missing"]) == ("eman_box", 1, ["second"], 0)
    assert said["micrographs"] == [{"micrograph": micrograph.pk, "picks": 2, "outside": 0, "doubled": 0}]
    assert not said["scored"]


def test_a_format_in_doubt_is_said_until_a_person_chooses(people: People, micrograph: Micrograph) -> None:
    address = draft(people, ("first.txt", b"1 100 200 0.5\n2 300 300 -1\n"))
    said = read(people, address)
    assert (said["format"], said["unmatched"]) == ("topaz", ["1", "2"])
    assert "choose that format" in said["doubt"]
    assert read(people, address, format="topaz")["doubt"] == ""


def test_what_holds_no_coordinates_among_those_that_do_is_left_out_and_named(
    people: People, micrograph: Micrograph
) -> None:
    job = ("job012/job.star", b"data_job\n\n_rlnJobTypeLabel relion.autopick.log\n")
    said = read(people, draft(people, ("job012/first.box", BOX), job))
    assert (said["format"], said["matched"], said["picks"]) == ("eman_box", 1, 2)
    assert said["doubt"] == "Left out, as they hold no coordinates: job012/job.star."


def test_a_file_named_by_the_sum_without_dose_weighting_belongs_to_the_micrograph(
    people: People, micrograph: Micrograph
) -> None:
    Micrograph.objects.update(listed_undosed_as="MotionCorr/job002/Movies/17_a.mrc")
    assert read(people, draft(people, ("17_a.box", BOX)))["matched"] == 1


def test_a_rule_is_suggested_and_can_be_typed(people: People, micrograph: Micrograph) -> None:
    address = draft(people, ("first_DW.box", BOX))
    said = read(people, address)
    assert (said["matched"], said["rule"]["ends"], said["chosen_rule"]) == (1, "_DW", False)
    said = read(people, address, rule={"starts": "", "ends": ""})
    assert (said["matched"], said["unmatched"], said["chosen_rule"]) == (0, ["first_DW"], True)
    assert read(people, address, rule=None)["matched"] == 1


def test_flip_and_scale_are_seen_before_anything_is_stored(people: People, micrograph: Micrograph) -> None:
    address = draft(people, ("first.box", BOX))
    assert seen(people, address, micrograph) == PLACES
    read(people, address, placing={"scale": 2, "unit": "pixels", "flip_y": True})
    assert seen(people, address, micrograph) == [(200.0, 639 - 400.0), (600.0, 639 - 600.0)]
    assert not PickSet.objects.exists()


def test_what_lies_outside_is_counted_and_left_out(people: People, micrograph: Micrograph) -> None:
    address = draft(people, ("first.box", BOX + b"5000\t0\t40\t40\n"))
    said = read(people, address, placing={"scale": 1, "unit": "pixels", "flip_y": False})
    assert (said["picks"], said["outside"]) == (2, 1)
    assert "outside" in " ".join(said["warnings"])
    store(people, address, store_as="labels")
    assert Label.objects.count() == 2


def test_doubled_picks_are_merged_if_wanted(people: People, micrograph: Micrograph) -> None:
    address = draft(people, ("first.box", BOX + b"281\t280\t40\t40\n"))
    said = read(people, address)
    assert (said["picks"], said["doubled"]) == (3, 1)
    assert read(people, address, merge_doubled=True)["picks"] == 2
    store(people, address, store_as="labels")
    assert Label.objects.count() == 2


def test_coordinates_become_labels_of_the_person(people: People, micrograph: Micrograph) -> None:
    address = draft(people, ("first.box", BOX))
    answer = store(people, address, store_as="labels", kind="background")
    labels = list(Label.objects.order_by("x"))
    assert answer.status_code == 201
    assert [(each.x, each.y) for each in labels] == PLACES
    assert {(each.kind, each.author) for each in labels} == {("background", people.member)}
    assert sorted(answer.json()["labels"]) == sorted(str(each.pk) for each in labels)
    assert Event.objects.filter(data__type="label.put", actor=people.member).count() == 2
    assert Project.objects.get().untrained_since is not None


def test_labels_that_are_there_already_are_not_doubled(people: People, micrograph: Micrograph) -> None:
    send(people, put_label(micrograph, x=101, y=200), put_label(micrograph, x=300, y=300, kind="background"))
    answer = store(people, draft(people, ("first.box", BOX)), store_as="labels").json()
    assert (len(answer["labels"]), answer["already"]) == (1, 1)


def test_coordinates_become_a_source_that_says_how_it_came_to_be(people: People, micrograph: Micrograph) -> None:
    address = draft(people, ("topaz.txt", CBOX_LIKE))
    answer = store(people, address, store_as="source", name="Topaz 0.2")
    assert answer.status_code == 201, answer.content
    source = Source.objects.get()
    assert (source.name, source.kind, source.created_by) == ("Topaz 0.2", "imported", people.member)
    assert (source.lowest_score, source.highest_score) == (-1.5, 2.25)
    expected = [(x, y, score, 0) for (x, y), score in zip(PLACES, (-1.5, 2.25), strict=True)]
    assert bytes(PickSet.objects.get().rows) == pack(as_picks(expected))
    assert source.how["files"] == ["topaz.txt"]
    assert source.how["format"] == "Topaz (.txt)"
    assert source.how["program"].startswith("CryoWeb ")


def test_what_was_stored_is_no_draft_any_more(
    people: People, micrograph: Micrograph, django_capture_on_commit_callbacks: Any
) -> None:
    address = draft(people, ("first.box", BOX))
    folder = storage.coordinates_folder(CoordinateImport.objects.get().pk)
    assert folder.is_dir()
    with django_capture_on_commit_callbacks(execute=True):
        store(people, address, store_as="source", name="picks")
    assert not folder.exists()
    assert people.client("member").get(address).status_code == 404


def test_a_refused_name_keeps_the_draft(people: People, micrograph: Micrograph) -> None:
    address = draft(people, ("first.box", BOX))
    assert store(people, address, store_as="source", name="Training 3").status_code == 400
    assert read(people, address)["picks"] == 2


def test_errors_name_the_file_and_the_line(people: People, micrograph: Micrograph) -> None:
    address = draft(people, ("first.box", BOX + b"1\t2\tthree\t4\n"))
    answer = people.client("member").get(address)
    assert answer.status_code == 400
    assert "first.box, line 3" in answer.json()["detail"]
    assert store(people, address, store_as="labels").status_code == 400
    assert not Label.objects.exists()


def test_files_that_hold_no_coordinates_are_refused(people: People, micrograph: Micrograph) -> None:
    answer = people.client("member").get(draft(people, ("notes.txt", b"dear diary")))
    assert answer.status_code == 400
    assert "notes.txt" in answer.json()["detail"]


def test_a_draft_without_files_says_so(people: People) -> None:
    started = people.client("member").post(f"/api/v1/projects/{people.project.pk}/coordinates").json()
    answer = people.client("member").get(f"/api/v1/coordinates/{started['id']}")
    assert (answer.status_code, "no files" in answer.json()["detail"]) == (400, True)


def test_more_than_fits_is_refused(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("picking.actions.marks.coordinate_imports.MOST_BYTES", 2 * len(BOX) - 1)
    address = draft(people, ("first.box", BOX))
    body = {"files": [SimpleUploadedFile("second.box", BOX)]}
    answer = people.client("member").post(f"{address}/files", body, format="multipart")
    assert (answer.status_code, CoordinateImport.objects.get().files) == (400, [["first.box", len(BOX)]])


def test_too_many_labels_are_refused_as_a_whole(
    people: People, micrograph: Micrograph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("picking.actions.marks.coordinate_imports.MOST_LABELS", 1)
    answer = store(people, draft(people, ("first.box", BOX)), store_as="labels")
    assert (answer.status_code, "source of picks" in answer.json()["detail"]) == (400, True)
    assert not Label.objects.exists()


def test_an_archived_project_takes_no_coordinates(people: People, micrograph: Micrograph) -> None:
    address = draft(people, ("first.box", BOX))
    change_project(people.project.pk, people.owner, ProjectChange(archived=True))
    for said in ({"store_as": "labels"}, {"store_as": "source", "name": "late"}):
        assert store(people, address, **said).status_code == 400
    assert people.client("member").post(f"/api/v1/projects/{people.project.pk}/coordinates").status_code == 400


def test_a_draft_can_be_given_up(people: People, micrograph: Micrograph) -> None:
    address = draft(people, ("first.box", BOX))
    assert people.client("member").delete(address).status_code == 204
    assert not CoordinateImport.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"format": "doc"},
        {"placing": {"scale": 0, "unit": "pixels", "flip_y": False}},
        {"placing": {"scale": 1, "unit": "miles", "flip_y": False}},
        {"rule": {"starts": ""}},
    ],
)
def test_choices_that_make_no_sense_are_refused(people: People, micrograph: Micrograph, change: Any) -> None:
    address = draft(people, ("first.box", BOX))
    assert people.client("member").patch(address, change, format="json").status_code == 400


def test_each_file_has_its_path_or_none_has(people: People) -> None:
    address = draft(people, ("first.box", BOX))
    body = {"files": [SimpleUploadedFile("a.box", BOX)], "paths": ["a.box", "b.box"]}
    answer = people.client("member").post(f"{address}/files", body, format="multipart")
    assert (answer.status_code, "1 files and 2 paths" in answer.json()["detail"]) == (400, True)
