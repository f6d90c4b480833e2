"""A project that networks can learn from in a moment, and a folder that is watched."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from django.test import override_settings

from picking.actions.micrographs.watched import start_watching
from picking.models import Job, Micrograph, WatchedFolder
from picking.science.nets import Settings
from tests.api.marks.test_operations import put_label, send
from tests.conftest import DISCS, noisy_discs
from tests.people import People

SHORT = Settings(
    particle=replace(Settings().particle, steps=40, warm_steps=20, batch=6),
    contamination=replace(Settings().contamination, steps=20, batch=6),
)
"""Trainings that go all the way in a moment, and learn little."""
ENOUGH = Settings(
    particle=replace(Settings().particle, steps=200, batch=16),
    contamination=replace(Settings().contamination, steps=40, batch=12),
)
"""Discs are learnt by any seed, which is the number of the job. With 150 steps, one in sixteen was not sure of them."""


@pytest.fixture
def labelled(people: People, import_file: Callable[..., Job]) -> Micrograph:
    """Three micrographs of discs; the first has twelve labels of each kind."""
    for number, name in enumerate(("first.mrc", "second.mrc", "third.mrc")):
        import_file(name, noisy_discs(seed=number))
    micrograph = Micrograph.objects.get(name="first")
    label(people, micrograph)
    return micrograph


def label(people: People, micrograph: Micrograph) -> None:
    discs = DISCS[:12].tolist()
    particles = [put_label(micrograph, x=x, y=y) for x, y in discs]
    background = [put_label(micrograph, kind="background", x=x + 60, y=y + 60) for x, y in discs]
    send(people, *particles, *background)


@pytest.fixture(autouse=True)
def short_training(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Trainings take no longer than they must; each tenth step is told."""
    for job in ("train", "validate"):
        monkeypatch.setattr(f"picking.jobs.{job}.REPORT_EVERY_SECONDS", 0.0)
    with override_settings(CRYOWEB_NETWORKS=asdict(SHORT)):
        yield


@pytest.fixture
def enough_training(short_training: None) -> Iterator[None]:
    """For tests of what the networks have learnt."""
    with override_settings(CRYOWEB_NETWORKS=asdict(ENOUGH)):
        yield


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Path]:
    session = tmp_path / "raw" / "session"
    session.mkdir(parents=True)
    with override_settings(CRYOWEB_DATA_ROOTS={tmp_path / "raw": ["*"]}):
        yield session


@pytest.fixture
def watched(people: People, session: Path) -> WatchedFolder:
    return start_watching(people.project.pk, people.member, str(session), subfolders=True)
