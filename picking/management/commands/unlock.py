"""`manage.py unlock`: lets somebody try again who was wrong about a password too often."""

from typing import Any

from django.core.management.base import BaseCommand

from picking.actions.people.attempts import unlock


class Command(BaseCommand):
    help = "Forget failed attempts to sign in, so that people can try again at once."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("username", nargs="?", help="of one name only; all if none is given")

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"Failed attempts forgotten: {unlock(options['username'])}.")
