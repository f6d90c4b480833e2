"""Where the files of a project are below CRYOWEB_DATA. Names only: nothing here reads or writes."""

import uuid
from pathlib import Path

from django.conf import settings

from picking.models import Averages, Export, Micrograph, NamedSnapshot, Training, Upload


def project_folder(project_id: int) -> Path:
    return Path(settings.CRYOWEB_DATA) / "projects" / str(project_id)


def micrograph_folder(project_id: int, key: uuid.UUID | str) -> Path:
    """All files of one micrograph. The folder is put in place whole, or not at all."""
    return project_folder(project_id) / "micrographs" / str(key)


def pyramid_path(project_id: int, key: uuid.UUID | str) -> Path:
    return micrograph_folder(project_id, key) / "pyramid.u8"


def size_path(project_id: int, key: uuid.UUID | str) -> Path:
    """Width and height as JSON beside the pyramid, so that tiles need no query."""
    return micrograph_folder(project_id, key) / "size.json"


def source_path(micrograph: Micrograph) -> Path:
    """The micrograph's own file: uploaded into its folder, or used in place."""
    if micrograph.source:
        return Path(micrograph.source)
    return micrograph_folder(micrograph.project_id, micrograph.key) / f"source{Path(micrograph.file_name).suffix}"


def input_name(particle_diameter: float, pixel_size: float, made_with: str) -> str:
    """The networks' input depends on the particle's diameter in pixels and on how it is made.

    made_with: the digest of its settings.
    """
    return f"input-{particle_diameter:g}A-{pixel_size:g}Apx-{made_with}.npz"


def score_map_path(project_id: int, key: uuid.UUID | str, training_id: int, network: str) -> Path:
    """The scores of one network of a training, as a PNG of the whole micrograph. Training 0 is the first guess."""
    return micrograph_folder(project_id, key) / f"scores-{training_id}-{network}.png"


def trainings_folder(project_id: int) -> Path:
    return project_folder(project_id) / "trainings"


def first_guess_path(project_id: int) -> Path:
    """What the first guess picks with: the shipped networks, with what the project's micrographs told of a score."""
    return trainings_folder(project_id) / "first-guess.safetensors"


def weights_path(training: Training) -> Path:
    return trainings_folder(training.project_id) / training.weights


def marks_path(weights: Path) -> Path:
    """The marks that a training learnt from, beside its weights."""
    return weights.with_suffix(".marks.json")


def exports_folder(project_id: int) -> Path:
    return project_folder(project_id) / "exports"


def export_path(export: Export) -> Path:
    """The zip that people download."""
    return exports_folder(export.project_id) / export.stored_as


def averages_folder(averages: Averages) -> Path:
    """What the classes look like (picking/science/averages/export.py), and which pick is in which (members.py)."""
    return project_folder(averages.project_id) / "averages" / str(averages.number)


def snapshots_folder(project_id: int) -> Path:
    return project_folder(project_id) / "snapshots"


def named_snapshot_path(named: NamedSnapshot) -> Path:
    """What a named snapshot holds (picking/science/frozen.py)."""
    return snapshots_folder(named.project_id) / named.stored_as


def places_path(archive: Path) -> Path:
    """The coordinates that were read back from an export (picking/science/formats/places.py), beside its zip."""
    return archive.with_suffix(".places")


def upload_path(upload: Upload) -> Path:
    return Path(settings.CRYOWEB_DATA) / "uploads" / f"{upload.pk}.part"


def coordinates_folder(import_id: uuid.UUID) -> Path:
    """The files of one import of coordinates, until they are stored or forgotten."""
    return Path(settings.CRYOWEB_DATA) / "uploads" / "coordinates" / str(import_id)


def uploaded_file(project_id: int, upload_id: uuid.UUID, name: str) -> Path:
    """A whole uploaded file that waits for its import."""
    return Path(settings.CRYOWEB_DATA) / "uploads" / "whole" / f"{project_id}-{upload_id}{Path(name).suffix}"
