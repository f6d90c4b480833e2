"""`manage.py make_token`: a token with which a program acts for a person, for whoever cannot open a browser."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from picking.actions.people.tokens import NewToken, make_token
from picking.management.accounts import account_of
from picking.models import Role
from picking.refusals import Refused


class Command(BaseCommand):
    help = "Print a new access token of a person. It is shown this once."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="command line", help="what it is for (default: command line)")
        parser.add_argument("--role", choices=Role.values, default=Role.OWNER, help="default owner")
        parser.add_argument("--project", type=int, help="the number of the only project it is for (default: all)")
        parser.add_argument("--days", type=int, default=90, help="until it expires (default 90)")

    def handle(self, **options: Any) -> None:
        wanted = NewToken(options["name"], Role(options["role"]), options["days"], options["project"])
        try:
            _, text = make_token(account_of(options["username"]), wanted)
        except Refused as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(text)
