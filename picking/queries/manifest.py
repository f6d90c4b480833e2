"""The manifest of an export: what is in it, by which conventions, and how it came to be."""

import hashlib
import json
from dataclasses import asdict
from datetime import datetime
from typing import cast

from django.db.models import Q

from picking import wire
from picking.models import Micrograph, Training, User
from picking.queries.export import Outgoing
from picking.queries.extraction import extract_settings
from picking.science.extract.settings import STACKS
from picking.science.formats.export import Export, ExportMicrograph
from picking.version import program
from picking.wire.export import ConventionsWire, ExportFileWire, ExportTrainingWire, OwnThresholdsWire, ThresholdsWire

FILE = "cryoweb_manifest.json"


def manifest(going: Outgoing, files: list[ExportFileWire], by: User | None, at: datetime) -> wire.ManifestWire:
    """Of an export all of whose `files` are written."""
    project = going.project
    return {
        "program": program(),
        "project": project.name,
        "created_at": at.isoformat(),
        "created_by": by.username if by else "",
        "format": going.options.format,
        "options": cast(wire.ExportOptions, asdict(going.options)),
        "particle_diameter": project.particle_diameter,
        "conventions": _conventions(going),
        "thresholds": _thresholds(going),
        "training": _training(project.current_training) if project.current_training else None,
        "counts": going.tally.wire(),
        "left_out": wire.left_out_wire(going.left_out),
        "files": files,
    }


def as_bytes(of: wire.ManifestWire) -> bytes:
    """As it stands in the file."""
    return json.dumps(of, indent=1, ensure_ascii=False).encode()


def _conventions(going: Outgoing) -> ConventionsWire:
    options = going.options
    first = going.micrographs.first()
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


def _box(going: Outgoing, micrograph: Micrograph | None) -> int | None:
    """Pixels of the next program, on the first micrograph."""
    if micrograph is None:
        return None
    micrograph.project = going.project
    size = ExportMicrograph("", "", micrograph.width, micrograph.height, micrograph.pixel_size or 0.0, ())
    export: Export = going.export(iter(()))
    return export.box(size) if export.box_px or size.pixel_size else None


def _thresholds(going: Outgoing) -> ThresholdsWire:
    project = going.project
    own = Q(particle_threshold__isnull=False) | Q(contamination_threshold__isnull=False)
    rows = going.micrographs.filter(own).values_list("name", "particle_threshold", "contamination_threshold")
    return {
        "particle_threshold": project.particle_threshold,
        "contamination_threshold": project.contamination_threshold,
        "minimum_distance": project.minimum_distance,
        "border_margin": project.border_margin,
        "own": [OwnThresholdsWire(micrograph=m, particle_threshold=p, contamination_threshold=c) for m, p, c in rows],
    }


def _training(training: Training) -> ExportTrainingWire:
    digest = hashlib.sha256(json.dumps(training.settings, sort_keys=True).encode()).hexdigest()
    return {"version": training.version, "seed": training.seed, "settings": digest}
