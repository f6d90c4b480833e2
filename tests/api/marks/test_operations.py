"""What people do on the canvas."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from picking.models import Event, Label, Micrograph, Project, Region, User, Verdict
from tests.people import People, make_people


def put_label(micrograph: Micrograph, **changed: Any) -> dict[str, Any]:
    put = {"operation": str(uuid4()), "type": "label.put", "id": str(uuid4()), "micrograph": micrograph.pk}
    return {**put, "kind": "particle", "x": 100.25, "y": 50.5, **changed}


def put_verdict(micrograph: Micrograph, **changed: Any) -> dict[str, Any]:
    put = {"operation": str(uuid4()), "type": "verdict.put", "id": str(uuid4()), "micrograph": micrograph.pk}
    return {**put, "kind": "reject", "x": 10.0, "y": 20.0, **changed}


def put_region(micrograph: Micrograph, **changed: Any) -> dict[str, Any]:
    put = {"operation": str(uuid4()), "type": "region.put", "id": str(uuid4()), "micrograph": micrograph.pk}
    return {**put, "polygon": [[0, 0], [50, 0], [50, 50]], **changed}


def send(people: People, *operations: dict[str, Any], who: str = "member") -> Any:
    address = f"/api/v1/projects/{people.project.pk}/operations"
    return people.client(who).post(address, {"operations": list(operations)}, format="json")


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 200), ("member", 200), ("viewer", 403), ("outsider", 404), ("anonymous", 401)],
)
def test_owners_and_annotators_label(people: People, micrograph: Micrograph, who: str, status: int) -> None:
    assert send(people, put_label(micrograph), who=who).status_code == status
    assert Label.objects.count() == (1 if status == 200 else 0)


def test_coordinates_are_kept_to_the_last_bit(people: People, micrograph: Micrograph) -> None:
    x = 123.456789012345678
    send(people, put_label(micrograph, x=x))
    assert Label.objects.get().x == x


def test_an_operation_sent_twice_is_applied_once(people: People, micrograph: Micrograph) -> None:
    put = put_label(micrograph)
    first = send(people, put).json()
    again = send(people, put).json()
    assert [first["results"][0]["status"], again["results"][0]["status"]] == ["applied", "repeated"]
    assert first["sequence"] == again["sequence"]
    assert Label.objects.count() == 1


def test_a_late_repeat_does_not_bring_back_what_was_deleted_since(people: People, micrograph: Micrograph) -> None:
    put = put_label(micrograph)
    delete = {"operation": str(uuid4()), "type": "label.delete", "id": put["id"]}
    send(people, put, delete)
    send(people, put)
    assert not Label.objects.exists()


def test_a_put_of_a_known_label_moves_it_and_keeps_its_author(people: People, micrograph: Micrograph) -> None:
    put = put_label(micrograph)
    send(people, put, who="owner")
    send(people, {**put, "operation": str(uuid4()), "x": 7.0, "kind": "background"}, who="member")
    label = Label.objects.get()
    assert (label.x, label.kind, label.author) == (7.0, "background", people.owner)


@pytest.mark.parametrize(("said", "kept"), [(0.4, 0.4), (-0.2, 0.0), (1.5, 1.0), (None, None)])
def test_how_well_a_pick_fits_its_class_is_kept_with_the_verdict_and_told(
    people: People, micrograph: Micrograph, said: float | None, kept: float | None
) -> None:
    send(people, put_verdict(micrograph, fit=said))
    assert Verdict.objects.get().fit == kept
    assert Event.objects.get(type="verdict.put").data["fit"] == kept


def test_a_mark_says_who_changed_it_last_until_its_author_does(people: People, micrograph: Micrograph) -> None:
    def changed_by() -> list[Any]:
        columns = people.client("viewer").get(f"/api/v1/projects/{people.project.pk}/snapshot").json()["labels"]
        return [*columns["changed_by"], Event.objects.latest("sequence").data["changed_by"]]

    put = put_label(micrograph)
    send(people, put, who="owner")
    assert changed_by() == [None, None]
    send(people, {**put, "operation": str(uuid4()), "x": 7.0}, who="member")
    assert changed_by() == [people.member.pk] * 2
    send(people, {**put, "operation": str(uuid4()), "x": 8.0}, who="owner")
    assert changed_by() == [None, None]


def test_deleting_what_is_gone_is_no_error(people: People, micrograph: Micrograph) -> None:
    delete = {"operation": str(uuid4()), "type": "label.delete", "id": str(uuid4())}
    assert send(people, delete).json()["results"][0]["status"] == "applied"


def test_one_refused_operation_leaves_the_others_of_its_batch(people: People, micrograph: Micrograph) -> None:
    outside = put_label(micrograph, x=100_000.0)
    results = send(people, put_label(micrograph), outside, put_label(micrograph)).json()["results"]
    assert [result["status"] for result in results] == ["applied", "refused", "applied"]
    assert "outside" in results[1]["detail"]
    assert Label.objects.count() == 2


@pytest.mark.parametrize("changed", [{"x": "NaN"}, {"x": "Infinity"}, {"kind": "ice"}, {"id": "1"}, {"y": None}])
def test_a_malformed_operation_is_refused_whole(
    people: People, micrograph: Micrograph, changed: dict[str, Any]
) -> None:
    answer = send(people, put_label(micrograph), put_label(micrograph, **changed))
    assert answer.status_code == 400
    assert not Label.objects.exists()


def test_an_unknown_type_of_operation_is_named(people: People, micrograph: Micrograph) -> None:
    answer = send(people, {"operation": str(uuid4()), "type": "label.paint", "id": str(uuid4())})
    assert (answer.status_code, "label.paint" in str(answer.json())) == (400, True)


def test_a_micrograph_of_another_project_cannot_be_labelled(people: People, micrograph: Micrograph) -> None:
    others = make_people("Another")
    result = send(others, put_label(micrograph)).json()["results"][0]
    assert result["status"] == "refused"
    assert not Label.objects.exists()


def test_the_mark_of_another_project_cannot_be_deleted(people: People, micrograph: Micrograph) -> None:
    put = put_label(micrograph)
    send(people, put)
    others = make_people("Another")
    send(others, {"operation": str(uuid4()), "type": "label.delete", "id": put["id"]})
    assert Label.objects.filter(pk=put["id"]).exists()


def test_a_region_keeps_its_vertices(people: People, micrograph: Micrograph) -> None:
    send(people, put_region(micrograph))
    assert Region.objects.get().polygon == [[0, 0], [50, 0], [50, 50]]


def test_a_region_is_cut_to_its_micrograph_and_everyone_is_told_of_what_is_left(
    people: People, micrograph: Micrograph
) -> None:
    send(people, put_region(micrograph, polygon=[[600, 10], [1e300, 10], [1e300, 50], [600, 50]]))
    polygon = Region.objects.get().polygon
    assert sorted(map(tuple, polygon)) == [(600, 10), (600, 50), (639.5, 10), (639.5, 50)]
    assert Event.objects.latest("sequence").data["polygon"] == polygon


@pytest.mark.parametrize(
    "polygon",
    [[[1e300, 0], [2e300, 0], [1e300, 5]], [[-9, 0], [-1, 0], [-1, 50]], [[5, 5]] * 3, [[1, 1], [2, 2], [9, 9]]],
)
def test_a_region_that_covers_nothing_of_its_micrograph_is_refused(
    people: People, micrograph: Micrograph, polygon: list[list[float]]
) -> None:
    result = send(people, put_region(micrograph, polygon=polygon)).json()["results"][0]
    assert (result["status"], "does not overlap first" in result["detail"]) == ("refused", True)


@pytest.mark.parametrize("kind", ["accept", "reject", "move"])
def test_a_verdict_that_names_a_place_outside_to_move_to_is_refused(
    people: People, micrograph: Micrograph, kind: str
) -> None:
    outside = put_verdict(micrograph, kind=kind, to_x=1e300, to_y=5.0)
    half = put_verdict(micrograph, kind=kind, to_x=5.0)
    results = send(people, outside, half).json()["results"]
    assert [result["status"] for result in results] == ["refused", "refused"]
    assert "outside first" in results[0]["detail"]


@pytest.mark.parametrize("polygon", [[[0, 0], [1, 1]], [[0, 0]] * 501, [[0, 0], [1], [2, 2]]])
def test_a_region_needs_three_to_five_hundred_vertices_of_two_numbers(
    people: People, micrograph: Micrograph, polygon: list[list[float]]
) -> None:
    assert send(people, put_region(micrograph, polygon=polygon)).status_code == 400


def test_a_move_without_a_target_is_refused(people: People, micrograph: Micrograph) -> None:
    result = send(people, put_verdict(micrograph, kind="move")).json()["results"][0]
    assert (result["status"], "new place" in result["detail"]) == ("refused", True)


def test_the_verdict_set_last_comes_last(people: People, micrograph: Micrograph) -> None:
    first, second = put_verdict(micrograph), put_verdict(micrograph, x=99.0)
    send(people, first, second)
    send(people, {**first, "operation": str(uuid4()), "kind": "accept"})
    assert [str(v.pk) for v in Verdict.objects.all()] == [second["id"], first["id"]]


def test_every_operation_leaves_one_event_with_its_id(people: People, micrograph: Micrograph) -> None:
    put, verdict = put_label(micrograph), put_verdict(micrograph)
    before = Event.objects.count()
    sequence = send(people, put, verdict).json()["sequence"]
    new = list(Event.objects.order_by("pk"))[before:]
    assert [event.data["type"] for event in new] == ["label.put", "verdict.put"]
    assert [str(event.operation) for event in new] == [put["operation"], verdict["operation"]]
    assert new[-1].sequence == sequence


def test_an_archived_project_takes_no_labels(people: People, micrograph: Micrograph) -> None:
    people.client("owner").patch(f"/api/v1/projects/{people.project.pk}", {"archived": True}, format="json")
    assert send(people, put_label(micrograph)).status_code == 400
    assert not Label.objects.exists()


def test_a_put_of_a_known_region_changes_its_outline_keeps_its_author_and_tells_everyone(
    people: People, micrograph: Micrograph
) -> None:
    put = put_region(micrograph)
    send(people, put, who="owner")
    changed = [[0, 0], [80, 0], [80, 80], [0, 80]]
    send(people, {**put, "operation": str(uuid4()), "polygon": changed}, who="member")
    region = Region.objects.get()
    assert (region.polygon, region.author) == (changed, people.owner)
    assert Event.objects.order_by("pk").last().data["polygon"] == changed  # type: ignore[union-attr]


@pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("outsider", 404), ("anonymous", 401)])
def test_nobody_else_changes_a_region(people: People, micrograph: Micrograph, who: str, status: int) -> None:
    put = put_region(micrograph)
    send(people, put)
    answer = send(people, {**put, "operation": str(uuid4()), "polygon": [[0, 0], [9, 0], [9, 9]]}, who=who)
    assert answer.status_code == status
    assert Region.objects.get().polygon == put["polygon"]


def test_a_large_batch_is_written_in_as_few_statements_as_a_small_one(people: People, micrograph: Micrograph) -> None:
    statements = []
    for size in (2, 40):
        puts = [put_verdict(micrograph) for _ in range(size)]
        moved = [{**put, "operation": str(uuid4()), "kind": "accept"} for put in puts]
        gone = [{"operation": str(uuid4()), "type": "verdict.delete", "id": put["id"]} for put in puts[1:]]
        with CaptureQueriesContext(connection) as captured:
            send(people, *puts)
            send(people, *moved, *gone)
        statements.append(len(captured))
    assert statements[0] == statements[1]
    assert {verdict.kind for verdict in Verdict.objects.all()} == {"accept"}
    assert Verdict.objects.count() == 2


def test_a_label_deleted_and_put_again_in_one_batch_is_there_as_put_last(
    people: People, micrograph: Micrograph
) -> None:
    put = put_label(micrograph)
    delete = {"operation": str(uuid4()), "type": "label.delete", "id": put["id"]}
    again = {**put, "operation": str(uuid4()), "x": 7.0}
    sequence = send(people, put, delete, again).json()["sequence"]
    label = Label.objects.get()
    assert (label.x, label.sequence) == (7.0, sequence)
    told = [event.data["type"] for event in Event.objects.order_by("pk")]
    assert told[-3:] == ["label.put", "label.deleted", "label.put"]


def test_what_somebody_erased_and_puts_back_is_its_authors_still(people: People, micrograph: Micrograph) -> None:
    label, verdict = put_label(micrograph), put_verdict(micrograph)
    send(people, label, verdict)
    before = {(each.pk, each.author_id, each.created_at) for each in (*Label.objects.all(), *Verdict.objects.all())}
    for at_once in (False, True):
        seen = Project.objects.get().sequence
        erased = [
            {
                "operation": str(uuid4()),
                "type": f"{each['type'].partition('.')[0]}.delete",
                "id": each["id"],
                "after": seen,
            }
            for each in (label, verdict)
        ]
        back = [{**each, "operation": str(uuid4()), "after": seen + 2} for each in (label, verdict)]
        for batch in [erased + back] if at_once else [erased, back]:
            send(people, *batch, who="owner")
        now = {(each.pk, each.author_id, each.created_at) for each in (*Label.objects.all(), *Verdict.objects.all())}
        assert now == before
    assert Event.objects.latest("sequence").data["author"] == people.member.pk


def test_what_comes_back_of_an_account_that_is_gone_is_nobodys(people: People, micrograph: Micrograph) -> None:
    label = put_label(micrograph)
    send(people, label)
    Label.objects.all().delete()
    User.objects.get(pk=people.member.pk).delete()
    send(people, {**label, "operation": str(uuid4()), "after": Project.objects.get().sequence}, who="owner")
    assert Label.objects.get().author is None


def test_the_time_of_a_mark_is_told_as_it_is_kept(people: People, micrograph: Micrograph) -> None:
    first = put_label(micrograph)
    send(people, first, put_label(micrograph))
    told = [event.data["created_at"] for event in Event.objects.filter(data__type="label.put")]
    assert told == [label.created_at.isoformat() for label in Label.objects.all()]
    send(people, first | {"operation": str(uuid4()), "x": 17})
    assert Event.objects.latest("sequence").data["created_at"] == told[0]


def test_the_mark_of_another_project_cannot_be_put(people: People, micrograph: Micrograph) -> None:
    put = put_label(micrograph)
    send(people, put)
    others = make_people("Another")
    theirs = Micrograph.objects.create(project=others.project, name="theirs", width=640, height=640)
    result = send(others, put_label(theirs, id=put["id"])).json()["results"][0]
    assert (result["status"], "taken" in result["detail"]) == ("refused", True)
    assert Label.objects.get().micrograph == micrograph


def test_a_place_counts_up_to_the_very_border_of_the_image(people: People, micrograph: Micrograph) -> None:
    on = [put_label(micrograph, x=x, y=y) for x, y in ((-0.5, -0.5), (639.5, 639.5))]
    off = [put_label(micrograph, x=x, y=y) for x, y in ((-0.6, 5), (5, -0.6), (639.6, 5), (5, 639.6))]
    results = send(people, *on, *off).json()["results"]
    assert [result["status"] for result in results] == ["applied"] * 2 + ["refused"] * 4


def test_an_operation_that_a_batch_names_twice_is_applied_once(people: People, micrograph: Micrograph) -> None:
    put = put_label(micrograph)
    results = send(people, put, {**put, "x": 7.0}).json()["results"]
    assert [result["status"] for result in results] == ["applied", "repeated"]
    assert Label.objects.get().x == put["x"]


def test_an_operation_of_another_project_is_no_repeat(people: People, micrograph: Micrograph) -> None:
    put = put_label(micrograph)
    send(people, put)
    others = make_people("Another")
    theirs = Micrograph.objects.create(project=others.project, name="theirs", width=640, height=640)
    same = put_label(theirs, operation=put["operation"])
    assert send(others, same).json()["results"][0]["status"] == "applied"


def test_a_label_stays_on_its_micrograph(people: People, micrograph: Micrograph) -> None:
    other = Micrograph.objects.create(project=people.project, name="second", width=640, height=640)
    put = put_label(micrograph)
    send(people, put)
    [result] = send(people, {**put, "operation": str(uuid4()), "micrograph": other.pk}).json()["results"]
    assert (result["status"], Label.objects.get().micrograph) == ("refused", micrograph)
