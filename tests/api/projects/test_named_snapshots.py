"""Named snapshots: what was frozen stays so, can be cited, checked and exported again."""

import csv
import gzip
import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from picking import storage
from picking.actions.jobs.jobs import Claim
from picking.actions.locked_project import locked_project
from picking.actions.micrographs.deleted_micrographs import delete_micrographs
from picking.actions.projects.deleted_projects import delete_project
from picking.actions.projects.named_snapshots import Frozen, remove_snapshot
from picking.jobs.tasks import run_job
from picking.models import Job, Micrograph, NamedSnapshot, Project
from picking.queries.exports.freeze import frozen_rows
from picking.queries.exports.frozen_export import outgoing_of
from picking.science.formats import FORMATS
from picking.science.frozen import write_frozen
from tests.api.jobs.test_exports import add_micrographs, ask, content, detail, download, exported, picked, rows_of
from tests.api.marks.test_operations import put_label, put_verdict, send
from tests.people import People

__all__ = ["picked"]


@pytest.fixture
def named(people: People, picked: Micrograph) -> NamedSnapshot:
    """A snapshot of picks, of a label, and of an accepted and a moved pick."""
    send(people, put_label(picked, x=600.0, y=600.0))
    return make(people)


def base(people: People) -> str:
    return f"/api/v1/projects/{people.project.pk}/snapshots"


def make(people: People, name: str = "As published") -> NamedSnapshot:
    answer = people.client("member").post(base(people), {"name": name, "note": "Figure 2"}, format="json")
    assert answer.status_code == 201, answer.content
    made = NamedSnapshot.objects.get(number=answer.json()["number"])
    run_job(answer.json()["job"]["id"])
    made.refresh_from_db()
    assert made.job
    assert made.job.status == Job.Status.FINISHED, made.job.error
    return made


def frozen(named: NamedSnapshot) -> list[Any]:
    return [json.loads(line) for line in gzip.open(storage.named_snapshot_path(named))]


def test_its_hash_is_that_of_the_text_in_its_file(people: People, named: NamedSnapshot) -> None:
    answer = people.client("viewer").get(f"{base(people)}/1/file")
    text = gzip.decompress(content(answer))
    assert hashlib.sha256(text).hexdigest() == named.sha256
    shown = people.client("viewer").get(f"{base(people)}/1").json()
    assert (shown["sha256"], shown["address"]) == (named.sha256, f"/projects/{people.project.pk}/snapshots/1")


def test_it_holds_settings_marks_and_picks_with_where_each_comes_from(people: People, picked: Micrograph) -> None:
    send(people, put_verdict(picked, kind="accept", x=100.0, y=100.0))
    send(people, put_label(picked, x=600.0, y=600.0))
    head, micrograph = frozen(make(people))
    assert head["project"]["particle_diameter"] == people.project.particle_diameter
    assert head["training"]["version"] == micrograph["training"]
    assert micrograph["name"] == "first"
    assert sorted(micrograph["picks"]["origin"]) == ["accepted", "label", "pick"]
    assert [len(micrograph[kind]["id"]) for kind in ("labels", "regions", "verdicts")] == [1, 0, 1]


def test_two_snapshots_of_the_same_differ_in_nothing_but_their_heads(people: People, named: NamedSnapshot) -> None:
    assert frozen(named)[1:] == frozen(make(people, "Again"))[1:]


@pytest.mark.parametrize("key", FORMATS)
def test_an_export_of_it_gives_the_same_bytes_whatever_was_changed_since(
    people: People, named: NamedSnapshot, picked: Micrograph, key: str
) -> None:
    first = exported(people, key, snapshot=1)
    send(people, put_label(picked, x=300.0, y=300.0))
    Project.objects.update(particle_diameter=99, particle_threshold=0.99, name="New")
    again = exported(people, key, snapshot=1)
    assert first.job.status == again.job.status == Job.Status.FINISHED, again.job.error
    assert first.sha256 == again.sha256


def test_an_export_of_it_has_the_picks_that_were_frozen_and_names_it(
    people: People, named: NamedSnapshot, picked: Micrograph
) -> None:
    before = rows_of(download(people, "csv"))
    send(people, put_label(picked, x=300.0, y=300.0))
    assert rows_of(download(people, "csv", snapshot=1)) == before
    manifest = detail(people, exported(people, snapshot=1))["manifest"]
    assert manifest["snapshot"]["sha256"] == named.sha256
    assert manifest["sequence"] == named.sequence
    assert manifest["training"]["version"] == 1
    assert detail(people, exported(people))["manifest"]["snapshot"] is None


def test_a_deleted_micrograph_is_still_in_it(people: People, named: NamedSnapshot, picked: Micrograph) -> None:
    before = rows_of(download(people, "csv", snapshot=1))
    delete_micrographs(people.project.pk, people.owner, [picked.pk])
    assert rows_of(download(people, "csv", snapshot=1)) == before


def test_blind_micrographs_are_left_out_of_it_and_named(people: People, named: NamedSnapshot) -> None:
    Micrograph.objects.update(blind=True)
    [head] = frozen(make(people, "Blind"))
    assert head["left_out"] == {"labelled blind": ["first"]}


def test_a_snapshot_that_is_not_there_and_other_sources_are_refused(people: People, named: NamedSnapshot) -> None:
    assert ask(people, snapshot=7).status_code == 400
    assert ask(people, snapshot=1, sources=[0, 5]).status_code == 400


def test_once_deleted_its_address_tells_what_was_there(people: People, named: NamedSnapshot) -> None:
    assert people.client("member").delete(f"{base(people)}/1").status_code == 403
    assert people.client("owner").delete(f"{base(people)}/1").status_code == 204
    for address in (f"{base(people)}/1", f"{base(people)}/1/file"):
        answer = people.client("viewer").get(address)
        assert answer.status_code == 410
        assert all(part in answer.json()["detail"] for part in ("As published", named.sha256))
    assert people.client("viewer").get(base(people)).json()["results"] == []
    assert make(people, "Next").number == 2


def test_the_number_of_one_that_was_deleted_unfinished_is_not_given_again(people: People, picked: Micrograph) -> None:
    asked = people.client("member").post(base(people), {"name": "Too early"}, format="json").json()
    assert people.client("owner").delete(f"{base(people)}/1").status_code == 204
    run_job(asked["job"]["id"])
    assert "never finished" in people.client("viewer").get(f"{base(people)}/1").json()["detail"]
    assert make(people, "Next").number == 2


def test_one_that_is_deleted_while_it_is_written_leaves_no_file(
    people: People, picked: Micrograph, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = people.client("member").post(base(people), {"name": "Too early"}, format="json").json()

    def deleted_meanwhile(*given: Any) -> str:
        remove_snapshot(NamedSnapshot.objects.get(), people.owner)
        return write_frozen(*given)

    monkeypatch.setattr("picking.jobs.freeze.write_frozen", deleted_meanwhile)
    run_job(asked["job"]["id"])
    assert Job.objects.get(pk=asked["job"]["id"]).status == Job.Status.CANCELLED
    assert NamedSnapshot.objects.get().sha256 == ""
    assert list(storage.snapshots_folder(people.project.pk).iterdir()) == []


def test_a_project_that_is_deleted_while_it_is_frozen_stops_the_job(
    people: People, picked: Micrograph, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = people.client("member").post(base(people), {"name": "Too late"}, format="json").json()

    def deleted_meanwhile(claimed: Claim, made: Frozen) -> bool:
        delete_project(people.project.pk, people.owner)
        return False  # as after any change: it is to be written again

    monkeypatch.setattr("picking.jobs.freeze.finish_snapshot", deleted_meanwhile)
    run_job(asked["job"]["id"])
    job = Job.objects.get(pk=asked["job"]["id"])
    assert (job.status, job.error) == (Job.Status.CANCELLED, "")


def test_many_micrographs_are_frozen_with_as_many_queries_as_few(
    people: People, named: NamedSnapshot, picked: Micrograph
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            rows = list(frozen_rows(Project.objects.get(), named, Counter()))
        assert all(set(row["labels"]["micrograph"]) == {row["id"]} for row in rows[1:])
        return len(made)

    few = queries()
    add_micrographs(people, *(f"mic_{number}" for number in range(12)))
    for row in people.project.micrographs.exclude(pk=picked.pk):
        send(people, put_label(row, x=60.0, y=60.0))
    assert queries() <= few


def test_the_file_of_a_snapshot_is_read_before_the_project_is_held(
    people: People, named: NamedSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []

    def noted(what: str, does: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any) -> Any:
            order.append(what)
            return does(*given)

        return call

    monkeypatch.setattr("picking.actions.jobs.exports.outgoing_of", noted("read", outgoing_of))
    monkeypatch.setattr("picking.actions.jobs.exports.locked_project", noted("held", locked_project))
    assert ask(people, snapshot=1).status_code == 201
    assert order == ["read", "held"]


def test_nothing_changes_it(people: People, named: NamedSnapshot) -> None:
    for method in ("PATCH", "PUT"):
        assert people.client("owner").generic(method, f"{base(people)}/1").status_code == 405


def test_a_file_is_verified_by_the_command(people: People, named: NamedSnapshot) -> None:
    out, path = io.StringIO(), storage.named_snapshot_path(named)
    call_command("verify_snapshot", path, named.sha256[:12], stdout=out)
    assert named.sha256 in out.getvalue()
    with pytest.raises(CommandError, match="another one"):
        call_command("verify_snapshot", path, "0" * 64, stdout=out)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(CommandError, match="damaged"):
        call_command("verify_snapshot", path, stdout=out)


def test_each_exported_coordinate_says_where_it_comes_from(people: People, picked: Micrograph) -> None:
    send(people, put_verdict(picked, kind="move", x=100.0, y=100.0, to_x=110.0, to_y=105.0))
    send(people, put_label(picked, x=600.0, y=600.0))
    archive = download(people, "relion", provenance=True)
    table = list(csv.DictReader(io.StringIO(archive.read("provenance.csv").decode())))
    origins = {row["origin"]: row for row in table}
    assert set(origins) == {"pick", "moved", "label"}
    assert (origins["label"]["person"], origins["label"]["training"]) == (people.member.username, "")
    assert (origins["pick"]["training"], origins["pick"]["particle_threshold"]) == ("1", "0.5")
    assert (origins["moved"]["x"], origins["moved"]["y"]) == ("110.0", "105.0")


def test_tables_that_hold_it_say_of_each_coordinate_where_it_comes_from(people: People, picked: Micrograph) -> None:
    send(people, put_label(picked, x=600.0, y=600.0))
    make(people)
    for snapshot in (None, 1):
        archive = download(people, "csv", provenance=True, snapshot=snapshot)
        rows = {row["origin"]: row for row in csv.DictReader(io.StringIO(archive.read("picks.csv").decode()))}
        assert (rows["pick"]["training"], rows["pick"]["particle_threshold"]) == ("1", "0.5")
        assert (rows["label"]["training"], rows["label"]["author"]) == ("", people.member.username)
        star = download(people, "relion_particles", provenance=True, snapshot=snapshot).read("particles.star")
        assert b"_cryowebOrigin" in star
    assert b"cryoweb" not in download(people, "relion_particles").read("particles.star")
