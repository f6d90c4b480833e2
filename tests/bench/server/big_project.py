"""Builds a project of any number of micrographs and picks in seconds: rows in bulk, and one image shared by all."""

import os
from pathlib import Path
from random import Random
from uuid import uuid4

import numpy as np

from picking import storage
from picking.models import Ctf, Label, Micrograph, PickSet, Project, User
from picking.science.picks import as_picks, pack
from tests.trainings import make_training

AT_ONCE = 500
LABELLED = 100
"""Micrographs with labels, evenly among all."""
LABELS = 20
"""On each of them."""


def build(project_id: int, micrographs: int, picks: int) -> None:
    """Adds micrographs to a project that has one, with its image, CTF values, `picks` of a training, some labels.

    A few sets of picks are drawn and take turns: what they hold makes no difference to any measurement.
    """
    project = Project.objects.get(pk=project_id)
    first = project.micrographs.get()
    size = {"width": first.width, "height": first.height, "header_pixel_size": first.header_pixel_size}
    new = [
        Micrograph(project=project, name=f"grid1_{n:05}_aligned", file_name=f"grid1_{n:05}_aligned.mrc", **size)
        for n in range(1, micrographs)
    ]
    rows = [first, *Micrograph.objects.bulk_create(new, batch_size=AT_ONCE)]
    _share_files(first, rows[1:])
    Ctf.objects.bulk_create((_ctf(each, n) for n, each in enumerate(rows)), batch_size=AT_ONCE)
    training = make_training(project, has_contamination_network=True)
    project.current_training = training
    project.save(update_fields=["current_training"])
    drawn = _drawn(first, picks)
    sets = (
        PickSet(micrograph=each, source=training.source, count=picks, rows=drawn[n % len(drawn)])
        for n, each in enumerate(rows)
    )
    for start in range(0, len(rows), AT_ONCE):
        PickSet.objects.bulk_create([next(sets) for _ in rows[start : start + AT_ONCE]])
    _label(project, rows[:: max(1, len(rows) // LABELLED)])


def _share_files(first: Micrograph, others: list[Micrograph]) -> None:
    """Hard links take no room."""
    source = storage.micrograph_folder(first.project_id, first.key)
    names = [path.name for path in source.iterdir() if path.is_file()]
    for each in others:
        folder = storage.micrograph_folder(each.project_id, each.key)
        folder.mkdir()
        for name in names:
            os.link(source / name, Path(folder) / name)


def _ctf(micrograph: Micrograph, n: int) -> Ctf:
    return Ctf(
        micrograph=micrograph, defocus_u=12_000.0 + n, defocus_v=11_800.0 + n, astigmatism_angle=n % 180 - 90.0,
        voltage=300.0, spherical_aberration=2.7, amplitude_contrast=0.1, phase_shift=0.0, resolution=3.5,
    )  # fmt: skip


def _drawn(first: Micrograph, picks: int) -> list[bytes]:
    random = np.random.default_rng(4)
    return [
        pack(as_picks(np.column_stack([
            random.uniform(0, (first.width - 1, first.height - 1), (picks, 2)),
            random.beta(4, 2, picks), random.beta(1.5, 6, picks),
        ]))) for _ in range(97)
    ]  # fmt: skip


def _label(project: Project, rows: list[Micrograph]) -> None:
    random, author = Random(5), User.objects.earliest("pk")
    Label.objects.bulk_create(
        Label(
            id=uuid4(), micrograph=each, author=author, sequence=project.sequence, kind=Label.Kind.values[n % 3],
            x=random.uniform(0, each.width - 1), y=random.uniform(0, each.height - 1),
        )
        for each in rows for n in range(LABELS)
    )  # fmt: skip
