"""`manage.py create_project`: a new project, for scripts that import data."""

from argparse import ArgumentTypeError
from math import isfinite
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from picking.actions.projects.projects import create_project
from picking.management.accounts import account_of
from picking.models import Project
from picking.refusals import Refused

OPTIONS = {"name": "name", "diameter": "particle_diameter", "pixel_size": "pixel_size"}


class Command(BaseCommand):
    help = "Create a project and print its number."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("name")
        parser.add_argument(
            "--diameter", type=finite, help="particle diameter in Å (default: as the micrographs suggest)"
        )
        parser.add_argument("--pixel-size", type=finite, help="pixel size in Å (default: read from each file)")
        parser.add_argument("--owner", default="admin", help="the account that owns it (default admin)")

    def handle(self, **options: Any) -> None:
        owner = account_of(options["owner"])
        wanted = {OPTIONS[option]: options[option] for option in OPTIONS}
        require_sane(wanted)
        try:
            project = create_project(owner, **wanted)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Created project {project.pk}: {project.name}")


def require_sane(wanted: dict[str, Any]) -> None:
    """The limits of the project's own fields. Raises CommandError."""
    others = {field.name for field in Project._meta.fields} - wanted.keys()
    try:
        Project(**wanted).clean_fields(exclude=others)
    except ValidationError as error:
        reasons = (f"{field.replace('_', ' ')}: {' '.join(texts)}" for field, texts in error.message_dict.items())
        raise CommandError(" ".join(reasons)) from error


def finite(text: str) -> float:
    """A number that is neither NaN nor infinite."""
    value = float(text)
    if not isfinite(value):
        raise ArgumentTypeError(f"“{text}” is not a finite number")
    return value
