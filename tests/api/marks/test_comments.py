"""Comments: by the operations of the page, and by the addresses for programs."""

from typing import Any
from uuid import uuid4

import pytest

from picking.actions.labelling.revealing import reveal_early
from picking.models import Comment, Event, Job, Mention, Micrograph, ThreadRead, User
from tests.people import People, make_people


def written(text: str = "Is this ice?", **more: Any) -> dict[str, Any]:
    return {"operation": str(uuid4()), "type": "comment.write", "id": str(uuid4()), "text": text, **more}


def send(people: People, *operations: dict[str, Any], who: str = "member") -> Any:
    address = f"/api/v1/projects/{people.project.pk}/operations"
    answer = people.client(who).post(address, {"operations": list(operations)}, format="json")
    return [(each["status"], each.get("detail", "")) for each in answer.json()["results"]]


def write(people: People, text: str = "Is this ice?", who: str = "member", **more: Any) -> Comment:
    operation = written(text, **more)
    assert send(people, operation, who=who) == [("applied", "")]
    return Comment.objects.get(pk=operation["id"])


def resolve(comment: Comment, resolved: bool = True) -> dict[str, Any]:
    return {"operation": str(uuid4()), "type": "comment.resolve", "id": str(comment.pk), "resolved": resolved}


def remove(comment: Comment, deleted: bool = True) -> dict[str, Any]:
    return {"operation": str(uuid4()), "type": "comment.remove", "id": str(comment.pk), "deleted": deleted}


def address(people: People, comment: Comment | None = None, more: str = "") -> str:
    return f"/api/v1/projects/{people.project.pk}/comments{f'/{comment.pk}' if comment else ''}{more}"


def listed(people: People, query: str = "", who: str = "viewer") -> list[Any]:
    return [row["text"] for row in people.client(who).get(address(people) + query).json()["results"]]


def changes() -> list[str]:
    events = Event.objects.filter(data__type="comment.changed").order_by("sequence")
    return [event.data["change"] for event in events]


def read(people: People, who: str, comment: Comment, sequence: int) -> int:
    answer: Any = people.client(who).post(address(people, comment, "/read"), {"sequence": sequence}, format="json")
    return int(answer.status_code)


def waiting(people: People, who: str) -> int:
    return int(people.client(who).get("/api/v1/projects").json()["results"][0]["waiting"])


def test_a_comment_is_pinned_to_a_place_and_everyone_is_told(people: People, micrograph: Micrograph) -> None:
    comment = write(people, "  Is this ice?\nOr carbon? ", micrograph=micrograph.pk, x=10.5, y=20.25)
    told = Event.objects.latest("sequence")
    assert told.data["type"] == "comment.changed"
    assert told.data["comment"] == {
        "id": str(comment.pk),
        "thread": str(comment.pk),
        "micrograph": micrograph.pk,
        "x": 10.5,
        "y": 20.25,
        "author": {"id": people.member.pk, "username": people.member.username},
        "text": "Is this ice?\nOr carbon?",
        "sequence": told.sequence,
        "created_at": comment.created_at.isoformat(),
        "edited_at": None,
        "resolved_at": None,
        "resolved_by": None,
        "deleted": False,
        "mentions": [],
    }


def test_a_comment_sent_again_is_one_comment(people: People) -> None:
    operation = written()
    assert send(people, operation) + send(people, operation) == [("applied", ""), ("repeated", "")]
    assert Comment.objects.count() == 1


def test_comments_and_marks_of_one_batch_keep_their_order(people: People, micrograph: Micrograph) -> None:
    label = {"operation": str(uuid4()), "type": "label.put", "id": str(uuid4()), "micrograph": micrograph.pk}
    put = {**label, "kind": "particle", "x": 1.0, "y": 2.0}
    again = {**put, "operation": str(uuid4()), "id": str(uuid4())}
    assert [status for status, _ in send(people, put, written(), again)] == ["applied"] * 3
    types = list(Event.objects.order_by("-sequence").values_list("data__type", flat=True)[:3])
    assert types == ["label.put", "comment.changed", "label.put"]


def test_a_comment_starts_no_training(people: People) -> None:
    people.project.keep_training = True
    people.project.save()
    write(people)
    assert not Job.objects.filter(kind=Job.Kind.TRAIN).exists()


@pytest.mark.parametrize(
    "place", [{"x": 1.0, "y": 1.0}, {"micrograph": True, "x": 1.0}, {"micrograph": True, "x": -3.0, "y": 1.0}]
)
def test_a_place_that_is_none_is_refused(people: People, micrograph: Micrograph, place: dict[str, Any]) -> None:
    where = {**place, "micrograph": micrograph.pk} if "micrograph" in place else place
    assert send(people, written(**where))[0][0] == "refused"


def test_a_comment_needs_a_text(people: People) -> None:
    assert people.client("member").post(address(people), {"text": " \n"}, format="json").status_code == 400


def test_a_comment_on_another_projects_micrograph_is_refused(people: People, micrograph: Micrograph) -> None:
    other = make_people("Another one")
    assert send(other, written(micrograph=micrograph.pk))[0][0] == "refused"


def test_an_archived_project_takes_no_comments(people: People) -> None:
    people.client("owner").patch(f"/api/v1/projects/{people.project.pk}", {"archived": True}, format="json")
    answer = people.client("member").post(address(people), {"text": "Too late"}, format="json")
    assert answer.status_code == 400
    assert not Comment.objects.exists()


def test_answers_stand_one_level_deep_where_their_thread_is(people: People, micrograph: Micrograph) -> None:
    thread = write(people, micrograph=micrograph.pk, x=1.0, y=1.0)
    first = write(people, "Ice.", who="owner", thread=str(thread.pk))
    second = write(people, "Thanks", thread=str(first.pk))
    assert {first.parent, second.parent} == {thread}
    assert {first.micrograph, second.micrograph} == {micrograph}


def test_members_are_named_and_others_are_plain_text(people: People) -> None:
    comment = write(people, f"@{people.viewer.username} and @{people.outsider.username}, look")
    assert [(each.user, each.name) for each in comment.mentions.all()] == [(people.viewer, people.viewer.username)]


def test_a_mention_outlives_another_name_and_leaving(people: People) -> None:
    name = people.viewer.username
    comment = write(people, f"@{name}, look")
    User.objects.filter(pk=people.viewer.pk).update(username="Renamed")
    people.project.memberships.filter(user=people.viewer).delete()
    assert send(people, written(f"Please look, @{name}", id=str(comment.pk)))[0][0] == "applied"
    shown = people.client("owner").get(address(people)).json()["results"][0]
    assert shown["mentions"] == [{"id": people.viewer.pk, "username": "Renamed", "written": name}]


def test_people_edit_their_own_comments(people: People) -> None:
    comment = write(people)
    assert send(people, written("Is this carbon?", id=str(comment.pk)), who="owner")[0][0] == "refused"
    assert send(people, written("Is this carbon?", id=str(comment.pk)))[0][0] == "applied"
    comment.refresh_from_db()
    assert (comment.text, comment.edited_at is not None) == ("Is this carbon?", True)
    assert changes() == ["added", "edited"]


def test_a_deleted_comment_is_not_edited(people: People) -> None:
    comment = write(people)
    send(people, remove(comment))
    [(status, detail)] = send(people, written("Changed", id=str(comment.pk)))
    assert (status, "Bring it back" in detail) == ("refused", True)
    assert Comment.including_deleted.get().text == "Is this ice?"


def test_whoever_annotates_resolves_a_thread_and_opens_it_again(people: People) -> None:
    comment = write(people)
    for resolved in (True, True, False):
        assert send(people, resolve(comment, resolved), who="owner")[0][0] == "applied"
    assert changes() == ["added", "resolved", "reopened"]


def test_an_answer_opens_a_resolved_thread_again(people: People) -> None:
    comment = write(people)
    send(people, resolve(comment))
    write(people, "Not yet.", thread=str(comment.pk))
    comment.refresh_from_db()
    assert comment.resolved_at is None
    assert changes() == ["added", "resolved", "added", "reopened"]


def test_an_answer_alone_is_not_resolved(people: People) -> None:
    answer = write(people, "Ice.", thread=str(write(people).pk))
    assert send(people, resolve(answer))[0][0] == "refused"


def test_a_deleted_comment_is_taken_back_as_it_was(people: People) -> None:
    comment = write(people)
    send(people, remove(comment))
    assert listed(people) == []
    assert Event.objects.latest("sequence").data["comment"]["text"] == ""
    send(people, remove(comment, deleted=False))
    assert listed(people) == ["Is this ice?"]
    assert changes() == ["added", "deleted", "restored"]


def test_a_deleted_comment_that_has_answers_stays_without_its_words(people: People) -> None:
    comment = write(people, f"@{people.viewer.username}")
    write(people, "Ice.", who="owner", thread=str(comment.pk))
    send(people, remove(comment))
    assert listed(people) == ["", "Ice."]


def test_owners_delete_what_anybody_wrote_and_others_their_own(people: People) -> None:
    comment = write(people, who="member")
    other = write(people, who="owner")
    assert people.client("member").delete(address(people, other)).status_code == 403
    assert send(people, remove(other))[0][0] == "refused"
    assert people.client("owner").delete(address(people, comment)).status_code == 204
    assert send(people, remove(comment, deleted=False))[0][0] == "refused"
    restored: Any = people.client("owner").patch(address(people, comment), {"deleted": False}, format="json")
    assert restored.json()["deleted"] is False


def test_the_comments_of_a_micrograph_go_with_it(people: People, micrograph: Micrograph) -> None:
    write(people, "On all of it")
    write(people, micrograph=micrograph.pk)
    people.client("owner").delete(f"/api/v1/micrographs/{micrograph.pk}")
    assert listed(people) == ["On all of it"]


@pytest.mark.parametrize(
    ("who", "status"), [("owner", 201), ("member", 201), ("viewer", 403), ("outsider", 404), ("anonymous", 401)]
)
def test_those_who_annotate_comment(people: People, who: str, status: int) -> None:
    answer: Any = people.client(who).post(address(people), {"text": "Is this ice?"}, format="json")
    assert answer.status_code == status
    if status == 201:
        assert listed(people) == ["Is this ice?"]


def test_a_program_edits_and_resolves_its_persons_comment(people: People) -> None:
    comment = write(people)
    changed = {"text": "Is this carbon?", "resolved": True}
    answer: Any = people.client("member").patch(address(people, comment), changed, format="json")
    assert (answer.json()["text"], answer.json()["resolved_by"]["id"]) == ("Is this carbon?", people.member.pk)
    assert people.client("owner").patch(address(people, comment), {"text": "x"}, format="json").status_code == 403


def test_a_comment_is_not_reached_through_another_project(people: People) -> None:
    comment, other = write(people), make_people("Another one")
    assert other.client("owner").patch(address(other, comment), {"resolved": True}, format="json").status_code == 404


def test_the_list_is_narrowed_by_place_person_and_state(people: People, micrograph: Micrograph) -> None:
    first = write(people, "One", micrograph=micrograph.pk)
    write(people, f"Two @{people.viewer.username}", who="owner", thread=str(first.pk))
    write(people, "Three")
    send(people, resolve(first))
    assert listed(people, f"?micrograph={micrograph.pk}") == ["One", f"Two @{people.viewer.username}"]
    assert listed(people, f"?author={people.member.pk}") == ["One", "Three"]
    assert listed(people, f"?mentioned={people.viewer.pk}") == [f"Two @{people.viewer.username}"]
    assert listed(people, "?resolved=false") == ["Three"]
    assert len(listed(people, "?resolved=true")) == 2


def test_an_unchanged_list_is_not_sent_again(people: People) -> None:
    tag = people.client("viewer").get(address(people))["ETag"]
    assert people.client("viewer").get(address(people), headers={"If-None-Match": tag}).status_code == 304
    write(people)
    assert people.client("viewer").get(address(people), headers={"If-None-Match": tag}).status_code == 200


def test_a_thread_waits_for_whom_it_names_until_they_have_read_it(people: People) -> None:
    comment = write(people, f"@{people.viewer.username} look")
    assert [waiting(people, who) for who in ("viewer", "member", "owner")] == [1, 0, 0]
    assert read(people, "viewer", comment, comment.sequence) == 204
    assert waiting(people, "viewer") == 0
    write(people, "And here", thread=str(comment.pk))
    assert waiting(people, "viewer") == 1


def test_an_answer_waits_for_those_who_wrote_in_the_thread(people: People) -> None:
    thread = write(people, who="owner")
    answer = write(people, "Ice.", who="member", thread=str(thread.pk))
    assert [waiting(people, who) for who in ("owner", "member", "viewer")] == [1, 1, 0]
    read(people, "member", answer, answer.sequence)
    assert waiting(people, "member") == 0


def test_resolved_threads_and_deleted_comments_wait_for_nobody(people: People) -> None:
    one, two = (write(people, f"@{people.viewer.username}") for _ in range(2))
    send(people, resolve(one), remove(two))
    assert waiting(people, "viewer") == 0


def test_an_edit_that_names_somebody_new_is_to_be_read(people: People) -> None:
    comment = write(people, f"@{people.viewer.username}")
    read(people, "viewer", comment, comment.sequence)
    send(people, written(f"Look, @{people.viewer.username}", id=str(comment.pk)))
    assert waiting(people, "viewer") == 0
    send(people, written(f"Look, @{people.owner.username}", id=str(comment.pk)))
    assert waiting(people, "owner") == 1


def test_having_read_never_goes_back(people: People) -> None:
    comment = write(people, f"@{people.viewer.username}")
    read(people, "viewer", comment, comment.sequence)
    read(people, "viewer", comment, 0)
    assert ThreadRead.objects.get().sequence == comment.sequence


def test_the_snapshot_holds_the_comments_and_what_was_read(people: People) -> None:
    comment = write(people, f"@{people.viewer.username}")
    read(people, "viewer", comment, 7)
    snapshot = people.client("viewer").get(f"/api/v1/projects/{people.project.pk}/snapshot").json()
    assert [each["id"] for each in snapshot["comments"]] == [str(comment.pk)]
    assert snapshot["comments_read"] == {str(comment.pk): 7}


def test_a_mention_goes_with_its_account(people: People) -> None:
    name = people.viewer.username
    write(people, f"@{name}")
    people.viewer.delete()
    assert not Mention.objects.exists()
    assert listed(people, who="owner") == [f"@{name}"]


def blind(micrograph: Micrograph, is_blind: bool = True) -> None:
    micrograph.blind = is_blind
    micrograph.save(update_fields=["blind"])


def test_a_comment_on_a_blind_micrograph_is_its_authors_alone(people: People, micrograph: Micrograph) -> None:
    blind(micrograph)
    comment = write(people, f"@{people.owner.username} ice?", micrograph=micrograph.pk)
    assert Event.objects.latest("sequence").only_for == people.member
    assert (listed(people, who="member"), listed(people, who="owner")) == ([comment.text], [])
    assert waiting(people, "owner") == 0
    assert send(people, written("Ice.", thread=str(comment.pk)), who="owner")[0][0] == "refused"
    for change in ({"resolved": True}, {"deleted": True}):
        assert people.client("owner").patch(address(people, comment), change, format="json").status_code == 404
    assert read(people, "owner", comment, 1) == 404
    snapshot = people.client("owner").get(f"/api/v1/projects/{people.project.pk}/snapshot").json()
    assert snapshot["comments"] == []


def test_a_revealed_comment_is_told_to_everyone_and_waits_for_whom_it_names(
    people: People, micrograph: Micrograph
) -> None:
    blind(micrograph)
    comment = write(people, f"@{people.owner.username} ice?", micrograph=micrograph.pk)
    reveal_early(people.project.pk, people.owner, [micrograph.pk])
    told = Event.objects.filter(data__comment__id=str(comment.pk))
    assert [event.only_for for event in told] == [None, None]
    assert waiting(people, "owner") == 1
