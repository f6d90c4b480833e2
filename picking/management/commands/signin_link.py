"""`manage.py signin_link`: a link that signs a person in once, for whoever lost their password."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from picking.management.commands.serve import address
from picking.models import User
from picking.pages.signing_in import signin_path


class Command(BaseCommand):
    help = "Print a link that signs a person in once."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("username")

    def handle(self, **options: Any) -> None:
        user = User.objects.filter(username=options["username"], is_active=True).first()
        if user is None:
            raise CommandError(f"There is no account named “{options['username']}”.")
        self.stdout.write(address() + signin_path(user))
