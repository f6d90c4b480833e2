"""The kinds of people that access is tried as."""

from dataclasses import dataclass
from functools import cached_property

from rest_framework.test import APIClient

from picking.actions.projects.members import add_member
from picking.actions.projects.projects import create_project
from picking.models import Project, Role, User


@dataclass
class People:
    """Three members of a project, one account outside of it."""

    project: Project
    owner: User
    member: User
    viewer: User
    outsider: User

    @cached_property
    def manager(self) -> User:
        """One more member, made when first asked for."""
        user = User.objects.create_user(f"manager-{User.objects.count()}")
        add_member(self.project.pk, self.owner, user.username, Role.MANAGER)
        self.project.refresh_from_db(fields=["sequence"])
        return user

    def client(self, name: str) -> APIClient:
        """An API client signed in as `owner`, `manager`, `member`, `viewer` or `outsider`; `anonymous` is nobody."""
        client = APIClient()
        if name != "anonymous":
            client.force_login(getattr(self, name))
        return client


def make_people(name: str = "β-galactosidase") -> People:
    """A new project with its people."""
    accounts = {
        role: User.objects.create_user(f"{role}-{User.objects.count()}", password="let me in, please")
        for role in ("owner", "member", "viewer", "outsider")
    }
    project = create_project(accounts["owner"], name, particle_diameter=160.0, pixel_size=4.0)
    add_member(project.pk, accounts["owner"], accounts["member"].username, Role.ANNOTATOR)
    add_member(project.pk, accounts["owner"], accounts["viewer"].username, Role.VIEWER)
    project.refresh_from_db()
    return People(project, **accounts)
