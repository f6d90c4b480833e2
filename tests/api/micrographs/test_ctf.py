"""Bringing CTF values in, over the API."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from picking.api.micrographs import ctf
from picking.models import Ctf, Event, Micrograph
from tests.people import People

HEAD = b"micrograph,defocus_u,voltage,spherical_aberration,amplitude_contrast\n"
GOOD = HEAD + b"Movies/first.mrc,15000,300,2.7,0.1\ntheirs.mrc,9000,300,2.7,0.1\n"


def bring(people: People, content: bytes, who: str = "manager") -> Any:
    file = SimpleUploadedFile("ctf.csv", content)
    return people.client(who).post(f"/api/v1/projects/{people.project.pk}/ctf", {"file": file}, format="multipart")


def seen(people: People) -> dict[str, Any]:
    """Micrograph name -> what the viewer's snapshot says of its CTF."""
    rows = people.client("viewer").get(f"/api/v1/projects/{people.project.pk}/snapshot").json()["micrographs"]
    return {row["name"]: row["ctf"] for row in rows}


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 200), ("manager", 200), ("member", 403), ("viewer", 403), ("outsider", 404), ("anonymous", 401)],
)
def test_owners_and_annotators_bring_values_in(people: People, micrograph: Micrograph, who: str, status: int) -> None:
    assert bring(people, GOOD, who).status_code == status
    assert Ctf.objects.count() == (1 if status == 200 else 0)


def test_the_answer_names_what_did_not_match_on_either_side(people: People, micrograph: Micrograph) -> None:
    other = Micrograph.objects.create(project=people.project, name="second", width=9, height=9)
    assert bring(people, GOOD).json() == {
        "matched": 1,
        "unmatched": ["theirs.mrc"],
        "missing": [other.name],
        "left_out": [],
    }


def test_a_row_that_cannot_be_used_is_told_and_the_others_count(people: People, micrograph: Micrograph) -> None:
    Micrograph.objects.create(project=people.project, name="failed", width=9, height=9)
    answer = bring(people, GOOD + b"Movies/failed.mrc,nan,300,2.7,0.1\n").json()
    reason = "defocus_u: 'nan' is not a number."
    assert answer == {
        "matched": 1,
        "unmatched": ["theirs.mrc"],
        "missing": [],
        "left_out": [{"name": "Movies/failed.mrc", "reason": reason}],
    }
    assert Ctf.objects.get().micrograph == micrograph


def test_everybody_sees_the_values_and_is_told_of_them(people: People, micrograph: Micrograph) -> None:
    assert seen(people) == {"first": None}
    bring(people, GOOD)
    values = seen(people)["first"]
    assert (values["defocus_u"], values["defocus_v"], values["resolution"]) == (15000, 15000, None)
    event = Event.objects.latest("pk")
    assert (event.data["type"], event.actor) == ("ctf.changed", people.manager)
    assert event.data["values"] == [[micrograph.pk, values]]


def test_a_second_file_replaces_the_values_of_the_first(people: People, micrograph: Micrograph) -> None:
    bring(people, GOOD)
    bring(people, GOOD.replace(b"15000", b"16000"))
    assert Ctf.objects.get().defocus_u == 16000


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (HEAD + b"first.mrc,nan,300,2.7,0.1\n", "first.mrc: defocus_u: 'nan' is not a number"),
        (HEAD + b"first.mrc,15000,300,2.7,0.1\nsecond.mrc,300\n", "line 3: expected 5 values, found 2"),
        (HEAD + b"theirs.mrc,15000,300,2.7,0.1\n", "names theirs.mrc; the project has first"),
        (b"", "empty"),
    ],
)
def test_a_file_with_a_fault_changes_nothing(people: People, micrograph: Micrograph, content: bytes, said: str) -> None:
    answer = bring(people, content)
    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert (Ctf.objects.count(), Event.objects.filter(data__type="ctf.changed").count()) == (0, 0)


def test_a_file_too_large_to_be_one_of_values_is_refused(
    people: People, micrograph: Micrograph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctf, "MOST_BYTES", 100)
    assert "larger than" in bring(people, GOOD).json()["detail"]


def test_an_archived_project_keeps_its_values(people: People, micrograph: Micrograph) -> None:
    people.client("owner").patch(f"/api/v1/projects/{people.project.pk}", {"archived": True}, format="json")
    assert bring(people, GOOD).status_code == 400
    assert not Ctf.objects.exists()


def test_thousands_of_rows_come_in_at_once(people: People) -> None:
    names = [f"m{number}" for number in range(3000)]
    Micrograph.objects.bulk_create(Micrograph(project=people.project, name=n, width=9, height=9) for n in names)
    rows = "".join(f"{name}.mrc,{10_000 + i},300,2.7,0.1\n" for i, name in enumerate(names))
    assert bring(people, HEAD + rows.encode()).json()["matched"] == 3000
    assert Ctf.objects.get(micrograph__name="m2999").defocus_u == 12_999
