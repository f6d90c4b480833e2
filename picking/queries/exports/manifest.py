"""The manifest of an export: what is in it, by which conventions, and how it came to be."""

import hashlib
import json
from dataclasses import asdict
from datetime import datetime
from typing import cast

from django.db.models import Q, QuerySet

from picking import wire
from picking.models import Micrograph, Project, Training
from picking.queries.exports.export import Outgoing
from picking.queries.exports.extraction import extract_settings
from picking.queries.micrographs.micrographs import require_diameter
from picking.science.extract.settings import STACKS
from picking.science.formats.export import Export, ExportMicrograph
from picking.version import program
from picking.wire.export import ConventionsWire, ExportFileWire, ExportTrainingWire, OwnThresholdsWire, ThresholdsWire

FILE = "cryoweb_manifest.json"


def manifest(going: Outgoing, files: list[ExportFileWire], by: str, at: datetime) -> wire.ManifestWire:
    """Of an export all of whose `files` are written."""
    project = going.project
    return {
        "program": program(),
        "project": project.name,
        "sequence": project.sequence,
        "snapshot": going.cited(),
        "created_at": at.isoformat(),
        "created_by": by,
        "format": going.options.format,
        "options": cast(wire.ExportOptions, asdict(going.options)),
        "particle_diameter": require_diameter(project),
        "conventions": _conventions(going),
        "thresholds": going.frozen["thresholds"] if going.frozen else thresholds_wire(project, going.micrographs),
        "training": _trained(going),
        "first_guess": going.first_guess,
        "counts": going.tally.wire(),
        "left_out": wire.left_out_wire(going.left_out),
        "files": files,
    }


def as_bytes(of: wire.ManifestWire) -> bytes:
    """As it stands in the file."""
    return json.dumps(of, indent=1, ensure_ascii=False).encode()


def _conventions(going: Outgoing) -> ConventionsWire:
    options = going.options
    first = going.first()
    box = extract_settings(going.project, options).box if options.format == STACKS else _box(going, first)
    return {
        "origin": "the first pixel of the first row of the array, whose centre is (0, 0); x is the column, y the row",
        "place": "corner of the box with the lowest indices" if options.format in CORNERS else "centre of the particle",
        "unit": UNITS.get(options.format, "pixels of the micrograph, divided by the scale"),
        "flip_y": options.flip_y,
        "scale": options.scale,
        "box": box,
    }


CORNERS = {"eman_box", "cryolo"}
UNITS = {"cryosparc": "fractions of the micrograph's width and height"}


def _box(going: Outgoing, size: ExportMicrograph | None) -> int | None:
    """Pixels of the next program, on the first micrograph."""
    if size is None:
        return None
    export: Export = going.export(iter(()))
    return export.box(size) if export.box_px or size.pixel_size else None


def thresholds_wire(project: Project, micrographs: QuerySet[Micrograph]) -> ThresholdsWire:
    own = Q(particle_threshold__isnull=False) | Q(contamination_threshold__isnull=False)
    rows = micrographs.filter(own).values_list("name", "particle_threshold", "contamination_threshold")
    return {
        "particle_threshold": project.particle_threshold,
        "contamination_threshold": project.contamination_threshold,
        "minimum_distance": project.minimum_distance,
        "border_margin": project.border_margin,
        "own": [OwnThresholdsWire(micrograph=m, particle_threshold=p, contamination_threshold=c) for m, p, c in rows],
    }


def _trained(going: Outgoing) -> ExportTrainingWire | None:
    if going.frozen:
        return cast("ExportTrainingWire | None", going.frozen["training"])
    training = going.project.current_training
    return training_wire(training) if training else None


def training_wire(training: Training) -> ExportTrainingWire:
    digest = hashlib.sha256(json.dumps(training.settings, sort_keys=True).encode()).hexdigest()
    return {"version": training.version, "seed": training.seed, "settings": digest}
