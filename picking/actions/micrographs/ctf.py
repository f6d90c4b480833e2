"""Import CTF values of micrographs."""

from collections.abc import Mapping
from dataclasses import asdict, fields

from picking import events, wire
from picking.actions.locked_project import locked_project, require_open
from picking.models import Ctf, Micrograph, Project, User
from picking.refusals import Refused
from picking.science.ctf_file import MatchedCtf, UnreadableCtf, match_ctf, read_ctf
from picking.science.imaging.ctf import CtfValues


def import_ctf(project_id: int, actor: User | None, file_name: str, content: bytes) -> MatchedCtf:
    """Takes the values in a file for the micrographs it names; the others keep theirs.

    A row that cannot be used is left out; the result says why. Raises Refused if the file cannot be used, or names none
    of the project's micrographs.
    """
    try:
        found = read_ctf(file_name, content)
        with locked_project(project_id) as project:
            require_open(project)
            ids = dict(project.micrographs.values_list("name", "pk"))
            matched = match_ctf(found, ids)
            write_ctf(project, {ids[name]: values for name, values in matched.values.items()}, actor)
    except UnreadableCtf as error:
        raise Refused(str(error)) from error
    return matched


def set_ctf(micrograph: Micrograph, values: CtfValues) -> None:
    """Notes the values of one micrograph."""
    with locked_project(micrograph.project_id) as project:
        write_ctf(project, {micrograph.pk: values}, None)


def write_ctf(project: Project, values: Mapping[int, CtfValues], actor: User | None) -> None:
    """Notes values by micrograph id in the locked project, and tells everyone at once."""
    rows = [Ctf(micrograph_id=pk, **asdict(each)) for pk, each in values.items()]
    columns = [field.name for field in fields(CtfValues)]
    Ctf.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["micrograph"], update_fields=columns
    )
    changed = [(row.micrograph_id, wire.ctf_wire(row)) for row in rows]
    events.append(project, events.CtfChanged(values=changed), actor)
