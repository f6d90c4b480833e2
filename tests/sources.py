"""Sources as if somebody had imported them."""

from typing import Any

from picking.actions.locked_project import locked_project
from picking.actions.marks.sources import NewSource, make_source
from picking.models import Micrograph, Source, User
from picking.science.picks import as_picks


def make_import(
    micrograph: Micrograph, rows: Any, actor: User | None = None, name: str = "crYOLO", scored: bool = True
) -> Source:
    """A source with rows of x, y, score, 0 on one micrograph."""
    picks = {micrograph.pk: as_picks(rows)}
    new = NewSource(Source.Kind.IMPORTED, name, picks, scored, {"files": ["a.box"]})
    with locked_project(micrograph.project_id) as project:
        return make_source(project, actor, new)
