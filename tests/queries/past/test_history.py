from datetime import timedelta
from typing import Any, get_args, get_type_hints

from django.utils import timezone

from picking import wire
from picking.actions.jobs.exports import remove_export, start_export
from picking.actions.jobs.jobs import cancel
from picking.actions.jobs.trainings import make_current
from picking.actions.labelling.assigning import Assigning, assign, take_back
from picking.actions.labelling.queue import claim, finish, give_back, review
from picking.actions.marks.restore import restore
from picking.actions.micrographs.deleted_micrographs import delete_micrographs, restore_micrographs
from picking.actions.micrographs.micrographs import MicrographChange, change_micrograph
from picking.actions.projects.deleted_projects import delete_project, restore_project
from picking.actions.projects.members import (
    NewInvitation,
    change_role,
    invite,
    join,
    remove_member,
    revoke_invitation,
)
from picking.actions.projects.projects import ProjectChange, change_project
from picking.actions.projects.shared_links import revoke_shared, share
from picking.actions.webhooks.webhooks import add_webhook, remove_webhook, renew_secret
from picking.events import AnyEvent
from picking.models import Assignment, Job, Role, User
from picking.models.assignment import CLAIM_LASTS
from picking.queries.past.history import KINDS, entries, sequence_at, told_in_history
from picking.queries.past.restorations import Scope
from tests.api.jobs.test_exports import add_micrographs
from tests.changes import erase, label, later, now
from tests.people import People
from tests.trainings import make_training


def told(people: People, *kinds: str) -> list[dict[str, Any]]:
    """All of the history, or that of some kinds, the newest first."""
    events = told_in_history(people.project, people.viewer.pk, kinds or KINDS)
    return [dict(entry) for entry in entries(people.project, list(events.order_by("-sequence")))]


def test_labels_of_one_person_on_one_micrograph_are_one_entry(people: People) -> None:
    [row] = add_micrographs(people, "mic_1")
    for x in (1.0, 2.0, 3.0):
        label(people, row, people.member, x)
    [entry] = told(people, "labels")
    assert (entry["type"], entry["who"], entry["name"]) == ("label.put", people.member.username, "mic_1")
    assert (entry["count"], entry["kinds"], entry["places"][0]) == (3, {"particle": 3}, (3.0, 7.0))
    assert entry["last"] - entry["first"] == 2


def test_another_person_another_micrograph_and_a_long_pause_begin_entries(people: People) -> None:
    first, second = add_micrographs(people, "mic_1", "mic_2")
    label(people, first, people.member)
    label(people, first, people.owner)
    label(people, first, people.member)
    label(people, second, people.member)
    before = now(people)
    label(people, first, people.member)
    later(people.project, before, minutes=11)
    assert [(entry["actor"], entry["name"], entry["count"]) for entry in told(people, "labels")] == [
        (people.member.pk, "mic_1", 1),
        (people.member.pk, "mic_2", 1),
        (people.member.pk, "mic_1", 2),
        (people.owner.pk, "mic_1", 1),
    ]


def test_a_label_that_was_moved_later_was_changed(people: People) -> None:
    [row] = add_micrographs(people, "mic_1")
    mark = label(people, row, people.member)
    made = people.project.events.get(type="label.put").created_at
    label(people, row, people.owner, 9.0, mark)
    event = people.project.events.get(sequence=now(people))
    later(people.project, event.sequence - 1, minutes=1)
    event.refresh_from_db()
    event.data["created_at"] = made.isoformat()
    event.save()
    erase(people, people.owner, mark)
    assert [entry["type"] for entry in told(people, "labels")] == ["label.deleted", "label.changed", "label.put"]


def test_settings_say_from_what_to_what(people: People) -> None:
    for threshold in (0.6, 0.7):
        change_project(people.project.pk, people.owner, ProjectChange(particle_threshold=threshold))
    [entry] = told(people, "settings")
    assert entry["changes"] == {"particle_threshold": (0.5, 0.7)}


def test_what_is_said_of_a_micrograph_is_told_with_its_name_even_once_it_is_gone(people: People) -> None:
    [row] = add_micrographs(people, "mic_1")
    change_micrograph(row, people.member, MicrographChange(flagged=True))
    change_micrograph(row, people.member, MicrographChange(note="ice"))
    row.delete()
    [entry] = told(people, "micrographs")
    assert (entry["name"], entry["changes"]) == ("mic_1", {"note": ("", "ice")})


def test_trainings_are_named_by_their_version(people: People) -> None:
    training = make_training(people.project, 3)
    make_current(people.project.pk, people.owner, training.pk)
    assert [entry["about"] for entry in told(people, "trainings")] == ["3"]


def test_a_restoration_is_one_entry_and_its_marks_are_told_where_asked_for(people: People) -> None:
    [row] = add_micrographs(people, "mic_1")
    before = now(people)
    label(people, row, people.member)
    restore(people.project.pk, people.owner, before, Scope())
    events = told_in_history(people.project, None).exclude(restored=True)
    assert [event.type for event in events.order_by("-sequence")][:2] == ["marks.restored", "label.put"]
    assert [entry["type"] for entry in told(people, "labels")] == ["label.restored", "label.put"]
    assert told(people, "restorations")[0]["kinds"] == {"back": 0, "gone": 1, "changed": 0}


def test_who_came_by_an_invitation_joined_and_whose_role_is_changed_did_not(people: People) -> None:
    _, token = invite(people.project.pk, people.owner, NewInvitation(Role.ANNOTATOR))
    join(token, people.outsider)
    change_role(people.project.pk, people.owner, people.outsider.pk, Role.VIEWER)
    changed, joined, *_ = told(people, "members")
    name = people.outsider.username
    assert (joined["type"], joined["who"], joined["about"]) == ("member.joined", name, f"{name}: annotator")
    assert (changed["type"], changed["about"]) == ("member.changed", f"{name}: viewer")


def test_an_account_that_is_gone_leaves_what_it_did(people: People) -> None:
    [row] = add_micrographs(people, "mic_1")
    label(people, row, people.member)
    User.objects.get(pk=people.member.pk).delete()
    [entry] = told(people, "labels")
    assert (entry["actor"], entry["who"]) == (None, "")


def test_a_time_is_found_among_the_events(people: People) -> None:
    [row] = add_micrographs(people, "mic_1")
    for _ in range(5):
        label(people, row, people.member)
    third = people.project.events.order_by("sequence")[2]
    project = people.project
    project.refresh_from_db()
    assert sequence_at(project, third.created_at) == third.sequence - 1
    assert sequence_at(project, people.project.events.order_by("sequence")[0].created_at) == 0


def test_what_others_label_blind_is_not_told(people: People) -> None:
    [row] = add_micrographs(people, "mic_1")
    row.blind = True
    row.save()
    label(people, row, people.member)
    assert told(people, "labels") == []
    assert told_in_history(people.project, people.member.pk, ["labels"]).count() == 1


OF_THE_SERVER = {"job.progress", "training.validated", "picks.added", "diameter.suggested", "averages.changed"}


def test_every_type_of_event_is_told_but_for_what_no_person_does() -> None:
    types = {get_args(get_type_hints(each)["type"])[0] for each in get_args(AnyEvent)}
    assert types - {each for types in KINDS.values() for each in types} == OF_THE_SERVER


def test_a_restored_micrograph_is_told_as_restored_and_not_as_imported(people: People) -> None:
    [row] = add_micrographs(people, "mic_1")
    row.blind = True
    row.save()
    label(people, row, people.viewer)
    delete_micrographs(people.project.pk, people.owner, [row.pk])
    restore_micrographs(people.project.pk, people.owner, [row.pk])
    shown = [(each["type"], each["name"], each["count"], each["who"]) for each in told(people, "micrographs")[:2]]
    by = people.owner.username
    assert shown == [("micrograph.restored", "mic_1", 1, by), ("micrograph.removed", "mic_1", 1, by)]
    assert "micrograph.added" not in [each["type"] for each in told(people)]


def test_that_a_project_was_deleted_and_restored_is_told(people: People) -> None:
    delete_project(people.project.pk, people.owner)
    restore_project(people.project.pk, people.owner)
    assert [each["type"] for each in told(people, "settings")][:2] == ["project.restored", "project.removed"]


def test_links_and_webhooks_are_told_with_who_made_and_who_revoked_them(people: People) -> None:
    project, owner = people.project.pk, people.owner
    link, token = share(project, owner, "Referees", timedelta(days=1))
    revoke_shared(link, people.manager)
    invitation, secret = invite(project, owner, NewInvitation(Role.VIEWER))
    revoke_invitation(invitation, owner)
    webhook = add_webhook(project, owner, "https://example.org/hidden", ["export.ready"])
    remove_webhook(renew_secret(webhook, owner), owner)
    entries = [each for each in told(people, "members") if each["type"] == "access.changed"]
    assert [(each["about"], each["who"]) for each in reversed(entries)] == [
        ("shared_link made: Referees", owner.username),
        ("shared_link removed: Referees", people.manager.username),
        ("invitation made: viewer", owner.username),
        ("invitation removed: viewer", owner.username),
        ("webhook made: ", owner.username),
        ("webhook changed: ", owner.username),
        ("webhook removed: ", owner.username),
    ]
    text = str(list(people.project.events.values_list("data", flat=True)))
    assert not any(hidden in text for hidden in (token, secret, "example.org", webhook.secret))


def test_the_links_that_go_with_a_member_are_told(people: People) -> None:
    manager = people.manager
    share(people.project.pk, manager, "Referees", timedelta(days=1))
    invite(people.project.pk, manager, NewInvitation(Role.VIEWER))
    remove_member(people.project.pk, people.owner, manager.pk)
    about = [(each["type"], each["about"]) for each in told(people, "members")[:3]]
    assert about == [
        ("member.removed", manager.username),
        ("access.changed", "shared_link removed: Referees"),
        ("access.changed", "invitation removed: viewer"),
    ]


def test_that_somebody_stopped_an_export_is_told(people: People) -> None:
    add_micrographs(people, "mic_1")
    export = start_export(people.project.pk, people.owner, wire.ExportOptions("csv"))
    cancel(export.job, people.manager)
    entries = told(people, "work")
    assert [(each["about"], each["who"]) for each in entries] == [
        ("export cancelled", people.manager.username),
        ("export queued", people.owner.username),
    ]


def test_that_somebody_deleted_an_export_is_told(people: People) -> None:
    add_micrographs(people, "mic_1")
    export = start_export(people.project.pk, people.owner, wire.ExportOptions("csv"))
    Job.objects.filter(pk=export.job.pk).update(status=Job.Status.FINISHED)
    export.job.refresh_from_db()
    remove_export(export, people.manager)
    newest = told(people, "work")[0]
    by = people.manager.username
    assert (newest["type"], newest["about"], newest["who"]) == ("export.removed", export.file_name, by)


def queue_told(people: People) -> list[tuple[str, str, str, int, str]]:
    """Of each entry of the queue, the newest first: what, by whom, of which micrograph, of how many, whose."""
    return [
        (each["type"].partition(".")[2], each["who"], each["name"], each["count"], each["about"])
        for each in told(people, "queue")
    ]


def test_what_was_done_with_the_queue_is_told_with_whose_micrographs(people: People) -> None:
    first, second, third = add_micrographs(people, "mic_1", "mic_2", "mic_3")
    project, owner, member = people.project.pk, people.owner, people.member
    assign(project, owner, Assigning([member.pk], [first.pk]))
    assign(project, owner, Assigning([member.pk, people.manager.pk], [second.pk, third.pk]))
    claim(first, member)
    give_back(first, member)
    finish(first, member)
    review(first, owner, member.pk, accepted=False, reason="ice")
    take_back(project, owner, [first.pk, second.pk], member.pk)
    by, of = owner.username, member.username
    assert queue_told(people) == [
        ("freed", by, "", 2, of),
        ("sent_back", by, "mic_1", 1, of),
        ("finished", of, "mic_1", 1, ""),
        ("put_down", of, "mic_1", 1, ""),
        ("taken", of, "mic_1", 1, ""),
        ("given", by, "", 2, f"{of}, {people.manager.username}"),
        ("given", by, "mic_1", 1, of),
    ]


def test_several_that_one_person_took_in_turn_are_one_entry(people: People) -> None:
    rows = add_micrographs(people, "mic_1", "mic_2", "mic_3")
    for row in rows:
        claim(row, people.member)
        finish(row, people.member)
    assert queue_told(people) == [
        ("finished", people.member.username, "", 3, ""),
        ("taken", people.member.username, "", 3, ""),
    ]


def test_who_takes_what_somebody_has_left_is_not_told_as_freeing_it(people: People) -> None:
    [row] = add_micrographs(people, "mic_1")
    claim(row, people.member)
    long_ago = timezone.now() - 2 * CLAIM_LASTS
    Assignment.objects.update(claimed_at=long_ago, active_at=long_ago)
    people.project.memberships.update(looked_at=long_ago)
    claim(row, people.owner)
    assert people.project.events.filter(type="assignments.changed").count() == 3
    assert [what for what, *_ in queue_told(people)] == ["taken", "taken"]


def test_changes_of_the_queue_from_before_it_was_told_what_was_done_are_told_as_such(people: People) -> None:
    [row] = add_micrographs(people, "mic_1")
    claim(row, people.member)
    event = people.project.events.get(type="assignments.changed")
    event.data = {name: event.data[name] for name in ("type", "assignments", "removed", "doubled")}
    event.save()
    assert queue_told(people) == [("changed", people.member.username, "", 1, "")]
