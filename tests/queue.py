"""Micrographs to be handed out: rows alone, without files."""

from typing import Any

from picking.models import Micrograph, Project


def make_micrographs(project: Project, count: int, **fields: Any) -> list[Micrograph]:
    """m1, m2, … of a project."""
    return [
        Micrograph.objects.create(
            project=project, name=f"m{number}", file_name=f"m{number}.mrc", width=640, height=640, **fields
        )
        for number in range(1, count + 1)
    ]
