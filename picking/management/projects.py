"""Which project a command means."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from picking.models import Project
from picking.science.file_names import composed


def add_project_argument(parser: Any) -> None:
    parser.add_argument("project", help="the number in the project's address, or its name")


def project_of(text: str) -> Project:
    """The project of that number, else the one of that name. Raises CommandError when there is none, or several."""
    numbered = Project.objects.filter(pk=int(text)).first() if text.isdecimal() and len(text) < 19 else None
    if numbered:
        return numbered
    named = list(Project.objects.filter(name=composed(text)).order_by("pk"))
    if len(named) == 1:
        return named[0]
    if named:
        numbers = ", ".join(str(project.pk) for project in named)
        raise CommandError(f"{len(named)} projects are named “{text}”. Give the number of one: {numbers}.")
    raise CommandError(f"There is no project {text}." if text.isdecimal() else f"There is no project named “{text}”.")


def say_names(command: BaseCommand, title: str, names: list[str], shown: int = 20) -> None:
    """One line: what it is about, how many, and the first of them."""
    if names:
        more = f" and {len(names) - shown} more" if len(names) > shown else ""
        command.stdout.write(f"{title} ({len(names)}): {', '.join(names[:shown])}{more}")
