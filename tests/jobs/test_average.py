"""Class averages by the real job, of discs and of empty places between them."""

from collections.abc import Callable

import numpy as np
import pytest

from picking import storage
from picking.actions.jobs import jobs
from picking.actions.jobs.averages import (
    Round,
    WantedPicks,
    delete_averages,
    finish_averages,
    keep_round,
    start_averages,
    take_picks,
)
from picking.actions.micrographs.ctf import set_ctf
from picking.jobs.tasks import run_job
from picking.models import Averages, Event, Job, Micrograph
from picking.science.averages.classify import classify
from picking.science.averages.crops import Crops, cut_crops
from picking.science.averages.purity import purity
from picking.science.class_members import FILE, PICTURE, STACK, TABLE, ClassMembers
from picking.science.imaging.ctf import CtfValues, values_at
from tests.conftest import DISCS, noisy_discs
from tests.people import People
from tests.trainings import make_picks, make_training

pytestmark = pytest.mark.django_db(transaction=True)  # the lease is renewed from another thread
BETWEEN = DISCS[(DISCS < 500).all(axis=1)] + 60.0
"""Where there is nothing, and no border is near."""


@pytest.fixture
def picked(people: People, import_file: Callable[..., Job]) -> list[Micrograph]:
    """Two micrographs whose picks are 25 discs each and 16 places between them."""
    training = make_training(people.project)
    rows = [(x, y, 0.9, 0.1) for x, y in DISCS.tolist()] + [(x, y, 0.6, 0.4) for x, y in BETWEEN.tolist()]
    for number, name in enumerate(("first", "second")):
        import_file(f"{name}.mrc", noisy_discs(seed=number))
        make_picks(training, Micrograph.objects.get(name=name), rows)
    return list(Micrograph.objects.order_by("name"))


def start(people: People, **wanted: object) -> Averages:
    return start_averages(people.project.pk, people.member, WantedPicks(**wanted))  # type: ignore[arg-type]


def made(row: Averages) -> Averages:
    """After its job has ended."""
    run_job(row.job_id)
    return Averages.objects.select_related("job").get(pk=row.pk)


def members(row: Averages) -> ClassMembers:
    return ClassMembers.read(storage.averages_folder(row) / FILE)


def rounds(people: People) -> list[int]:
    """Those that people are told of now."""
    events = people.project.events.filter(type="averages.changed").order_by("sequence")
    return [event.data["averages"]["round"] for event in events]


def test_discs_and_empty_places_come_apart(people: People, picked: list[Micrograph]) -> None:
    row = made(start(people))
    assert row.job.status == Job.Status.FINISHED, row.job.error
    found = members(row)
    assert (len(found), row.picks, row.of) == (82, 82, 82)
    assert purity(found.number - 1, (found.particle > 0.7).astype(np.int64)) > 0.95
    assert row.classes is not None
    assert [each["number"] for each in row.classes] == [*range(1, len(row.classes) + 1)]
    assert sum(each["count"] for each in row.classes) == 82
    assert row.classes == sorted(row.classes, key=lambda each: -each["count"])
    assert all(0.6 <= each["particle_score"] <= 0.9 for each in row.classes)
    assert ((found.fit >= 0) & (found.fit <= 1)).all()


def test_members_lie_exactly_where_the_picks_do(people: People, picked: list[Micrograph]) -> None:
    found = members(made(start(people, micrographs=[picked[0].pk])))
    assert set(found.micrograph.tolist()) == {picked[0].pk}
    assert {*map(tuple, found.xy.tolist())} == {*map(tuple, [*DISCS.tolist(), *BETWEEN.tolist()])}


def test_all_files_are_there(people: People, picked: list[Micrograph]) -> None:
    row = made(start(people))
    assert {file.name for file in storage.averages_folder(row).iterdir()} == {STACK, TABLE, PICTURE, FILE}
    assert (row.size, row.columns, row.pixel_size) == (64, 10, 3.75)


def test_each_round_is_told_and_forgotten_at_the_end(
    people: People, picked: list[Micrograph], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []

    def finish(claimed: jobs.Claim, message: str) -> None:
        told.extend(rounds(people))
        finish_averages(claimed, message)

    monkeypatch.setattr("picking.jobs.average.finish_averages", finish)
    row = made(start(people))
    assert told == [0, *range(row.round + 1)]
    assert rounds(people) == [0, row.round]
    last = Event.objects.filter(type="averages.changed").latest("sequence").data["averages"]
    assert (last["job"]["status"], last["done"]) == ("finished", 1)


def stop_after(number: int, stop: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody stops the job after so many rounds."""
    kept: list[Round] = []

    def keep_and_stop(claimed: jobs.Claim, each: Round) -> None:
        keep_round(claimed, each)
        kept.append(each)
        if len(kept) == number:
            stop()

    monkeypatch.setattr("picking.jobs.average.keep_round", keep_and_stop)


def test_those_that_are_stopped_keep_their_last_round(
    people: People, picked: list[Micrograph], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = start(people)
    stop_after(2, lambda: jobs.cancel(row.job, people.member), monkeypatch)
    stopped = made(row)
    assert (stopped.job.status, stopped.round) == (Job.Status.CANCELLED, 2)
    assert 0 < stopped.done < 1
    assert stopped.classes
    assert members(stopped).number.max() == len(stopped.classes)
    assert rounds(people) == [0, 2]


def test_those_that_are_stopped_before_their_first_round_go(
    people: People, picked: list[Micrograph], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = start(people)

    def take_and_stop(claimed: jobs.Claim, picks: int, of: int) -> None:
        take_picks(claimed, picks, of)
        jobs.cancel(row.job, people.member)

    monkeypatch.setattr("picking.jobs.average.take_picks", take_and_stop)
    run_job(row.job_id)
    assert not Averages.objects.exists()
    assert not storage.averages_folder(row).exists()


def test_those_that_are_deleted_stop(people: People, picked: list[Micrograph], monkeypatch: pytest.MonkeyPatch) -> None:
    row = start(people)
    stop_after(1, lambda: delete_averages(row, people.member), monkeypatch)
    run_job(row.job_id)
    assert Job.objects.get(pk=row.job_id).status == Job.Status.CANCELLED
    assert not storage.averages_folder(row).exists()


def test_too_few_picks_end_in_a_sentence(people: People, picked: list[Micrograph]) -> None:
    row = made(start(people, micrographs=[picked[0].pk], most_contamination=0.0))
    assert (row.job.status, row.classes) == (Job.Status.FAILED, None)
    assert "No picks match what was asked for" in row.job.error
    make_picks(make_training(people.project, 2), picked[0], [(x, y, 0.9, 0.1) for x, y in DISCS[:5].tolist()])
    row = made(start(people))
    assert "Averages need 20 picks at least, and here are 5" in row.job.error


def test_a_micrograph_that_cannot_be_read_is_left_out_and_named(people: People, picked: list[Micrograph]) -> None:
    storage.source_path(picked[0]).unlink()
    row = made(start(people))
    assert row.job.status == Job.Status.FINISHED, row.job.error
    assert "first" in row.job.message
    assert set(members(row).micrograph.tolist()) == {picked[1].pk}


def test_phases_are_flipped_where_the_ctf_is_known(
    people: People, picked: list[Micrograph], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_ctf(picked[1], values_at(15_000))
    seen: list[CtfValues | None] = []

    def cut(*args: object, ctf: CtfValues | None) -> Crops:
        seen.append(ctf)
        return cut_crops(*args, ctf=ctf)  # type: ignore[arg-type]

    monkeypatch.setattr("picking.jobs.average.cut_crops", cut)
    made(start(people))
    assert [each and each.defocus_u for each in seen] == [None, 15_000]


def test_of_too_many_picks_a_random_part_is_said(
    people: People, picked: list[Micrograph], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("picking.queries.jobs.averages.MOST", 60)
    row = made(start(people))
    assert (row.picks, row.of) == (60, 82)
    assert row.job.message == "A random part: 60 of 82 picks."


def test_so_many_classes_are_made_as_were_asked_for(
    people: People, picked: list[Micrograph], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def sort(*args: object, classes: int | None, **more: object) -> object:
        asked.append(classes)
        return classify(*args, classes=classes, **more)  # type: ignore[arg-type]

    monkeypatch.setattr("picking.jobs.average.classify", sort)
    row = made(start(people, classes=3))
    assert asked == [3]
    assert row.classes is not None
    assert len(row.classes) <= 3
