"""`manage.py reset_second_factor`: for an administrator who lost the telephone, and has nobody to ask."""

from typing import Any

from django.core.management.base import BaseCommand

from picking.actions.people.accounts import reset_second_factor
from picking.management.accounts import account_of


class Command(BaseCommand):
    help = "Forget somebody's second factor: the password, or a one-time link, then signs in alone."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("username")

    def handle(self, **options: Any) -> None:
        count = reset_second_factor(account_of(options["username"]).pk)
        self.stdout.write("Second factor forgotten." if count else "There was none.")
