"""Membership: a person's place in a project."""

from datetime import timedelta
from enum import Enum, auto

from django.db import models

from picking.models.deletion import Hideable

GONE_AFTER = timedelta(seconds=75)
"""A browser not heard from for this long is closed, or its server was killed."""


class Right(Enum):
    """What somebody may do in a project."""

    VIEW = auto()
    ANNOTATE = auto()
    """Label, judge picks, say what a micrograph is good for, bring coordinates of one's own."""
    MANAGE = auto()
    """Members, trainings, thresholds, imports of micrographs, settings; what others have brought."""
    OWN = auto()
    """Archive and delete the project; say who is an owner."""


class Role(models.TextChoices):
    """What a member is in a project: the one with the most rights first."""

    OWNER = "owner"
    MANAGER = "manager"
    ANNOTATOR = "annotator"
    VIEWER = "viewer"

    def may(self, right: Right) -> bool:
        """Whether a member of this role has a right."""
        return right in RIGHTS[self]

    def lesser(self, other: "Role") -> "Role":
        """Of this role and another, the one with fewer rights."""
        order = list(Role)
        return max(self, other, key=order.index)

    @property
    def given_with(self) -> Right:
        """The right to give somebody this role, or to take it away."""
        return Right.OWN if self.may(Right.OWN) else Right.MANAGE

    @classmethod
    def least(cls, right: Right) -> "Role":
        """The role with the fewest rights that has this one."""
        return next(role for role in reversed(cls) if role.may(right))


RIGHTS: dict[Role, set[Right]] = {
    Role.OWNER: {*Right},
    Role.MANAGER: {Right.VIEW, Right.ANNOTATE, Right.MANAGE},
    Role.ANNOTATOR: {Right.VIEW, Right.ANNOTATE},
    Role.VIEWER: {Right.VIEW},
}


TITLES: dict[Role, str] = {
    Role.OWNER: "Owner – also archives or deletes the project and names its owners",
    Role.MANAGER: "Manager – also members, trainings, thresholds, imports",
    Role.ANNOTATOR: "Annotator – labels, judges picks, downloads",
    Role.VIEWER: "Viewer – looks and downloads",
}
"""What the page says of each role."""


class Membership(Hideable):
    """One person in one project. `looking_at`, as of `looked_at`, steers which micrographs are picked first."""

    hidden_by = "project__deleted_at"
    project = models.ForeignKey("picking.Project", on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey("picking.User", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    looking_at = models.ForeignKey(
        "picking.Micrograph", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    looked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "user"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"
