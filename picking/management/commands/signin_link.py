"""`manage.py signin_link`: a link that signs a person in once, for whoever lost their password."""

from typing import Any

from django.core.management.base import BaseCommand

from picking.management.accounts import account_of
from picking.management.commands.serve import address
from picking.pages.signing_in import signin_path


class Command(BaseCommand):
    help = "Print a link that signs a person in once."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("username")

    def handle(self, **options: Any) -> None:
        self.stdout.write(address() + signin_path(account_of(options["username"])))
