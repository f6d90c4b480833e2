"""What RELION's and cryoSPARC's lists say of micrographs: their names there, pixel sizes, CTF values."""

from collections.abc import Mapping
from typing import Any

from picking import events
from picking.actions.jobs.keep_training import note_change
from picking.actions.micrographs.ctf import write_ctf
from picking.models import Project, User
from picking.queries.micrographs.micrographs import micrograph_wire
from picking.science.lists import ListedMicrograph


def listing_columns(listed: ListedMicrograph | None) -> dict[str, Any]:
    """The columns of a micrograph's row that a list fills; CTF values have a row of their own."""
    if listed is None:
        return {}
    return {
        "listed_as": listed.path,
        "listed_undosed_as": listed.undosed,
        "optics_group": listed.optics_group[:200],
        "cryosparc_uid": listed.uid,
        "listed_pixel_size": listed.pixel_size,
    }


def keep_listed(project: Project, actor: User | None, listed: Mapping[int, ListedMicrograph]) -> None:
    """Keeps what a list says of micrographs in the locked project, by id. What it does not say stays as it is."""
    resized = False
    for micrograph in project.micrographs.select_related("ctf"):
        if micrograph.pk not in listed:
            continue
        before = micrograph.pixel_size
        said = {name: value for name, value in listing_columns(listed[micrograph.pk]).items() if value}
        for name, value in said.items():
            setattr(micrograph, name, value)
        micrograph.save(update_fields=list(said))
        if micrograph.pixel_size != before:
            resized = True
            events.append(project, events.MicrographChanged(micrograph=micrograph_wire(micrograph)), actor)
    if resized:
        note_change(project)  # the networks see particles at another size
    if ctf := {pk: each.ctf for pk, each in listed.items() if each.ctf}:
        write_ctf(project, ctf, actor)
