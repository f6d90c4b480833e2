"""What is deleted and can still be restored."""

from typing import TypedDict

from picking.models import Micrograph, Project
from picking.models.deletion import RESTORABLE


class DeletedWire(TypedDict):
    """A micrograph or a project. `size`: bytes on the disk, of what CryoWeb keeps itself.

    `deleted_by`: null if the account is gone. `expires_at`: when it is removed for good.
    """

    id: int
    name: str
    size: int
    deleted_at: str
    deleted_by: str | None
    expires_at: str


def deleted_wire(row: Micrograph | Project, size: int) -> DeletedWire:
    assert row.deleted_at is not None
    return {
        "id": row.pk,
        "name": row.name,
        "size": size,
        "deleted_at": row.deleted_at.isoformat(),
        "deleted_by": row.deleted_by.username if row.deleted_by else None,
        "expires_at": (row.deleted_at + RESTORABLE).isoformat(),
    }
