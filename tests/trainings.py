"""Trainings as if they had run, and picks as if they had been found."""

from typing import Any

from picking.models import Micrograph, PickSet, Project, Source, Training
from picking.science.picks import Picks, as_picks, pack


def make_training(project: Project, version: int = 1, **fields: Any) -> Training:
    """A training with the source of its picks."""
    values = {"weights": "none", "seed": 1, "settings": {}, "labels": {}, "losses": []} | fields
    values.setdefault("has_contamination_network", True)
    training = Training.objects.create(project=project, version=version, **values)
    name = f"Training {version}"
    Source.objects.create(project=project, kind=Source.Kind.TRAINING, name=name, training=training)
    return training


def make_picks(training: Training, micrograph: Micrograph, rows: Any) -> PickSet:
    """Rows of x, y, particle score, contamination score."""
    picks: Picks = as_picks(rows)
    return PickSet.objects.create(micrograph=micrograph, source=training.source, count=len(picks), rows=pack(picks))
