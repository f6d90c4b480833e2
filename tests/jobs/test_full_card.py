"""Jobs on a graphics card whose memory is full."""

from typing import Any

import pytest
import torch

from picking.actions.jobs import jobs
from picking.jobs import pick, train
from picking.models import Job, Micrograph, PickSet, Project
from picking.science.nets import load_networks
from picking.science.nets.fitting import ON_CPU, SMALLER
from tests.jobs.test_train_and_pick import train as train_project
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)  # the lease is renewed from another thread


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What jobs tell of themselves, on a machine with a card that nothing fits on."""
    messages: list[str] = []
    note = jobs.note_progress

    def noted(project: Project, job: Job, done: int, total: int, message: str, *more: Any) -> None:
        messages.append(message)
        note(project, job, done, total, message, *more)

    monkeypatch.setattr(jobs, "note_progress", noted)
    for job, works in ((train, "train"), (pick, "pick_with_maps")):
        monkeypatch.setattr(job, "best_device", lambda: torch.device("cuda"))
        monkeypatch.setattr(job, works, full_card(getattr(job, works)))
    monkeypatch.setattr(pick, "load_networks", lambda path, device: load_networks(path))
    return messages


def full_card(work: Any) -> Any:
    def works(*given: Any, **named: Any) -> Any:
        if any(isinstance(each, torch.device) and each.type == "cuda" for each in given):
            raise torch.cuda.OutOfMemoryError("CUDA out of memory.")
        return work(*given, **named)

    return works


def test_training_and_picking_go_on_on_the_processor_and_say_so(
    people: People, labelled: Micrograph, said: list[str]
) -> None:
    training = train_project(people)
    assert PickSet.objects.filter(source__training=training).count() == 3
    assert f"Training the particle network. {ON_CPU}" in said
    assert any(message.startswith("Picked ") and ON_CPU in message for message in said)
    assert not any(SMALLER in message for message in said if message.startswith("Training"))
