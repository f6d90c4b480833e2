"""How often one person may ask for what costs much: far more than normal use. Others are told when to come again."""

from math import ceil
from typing import ClassVar, NamedTuple

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView


class Rate(NamedTuple):
    """`requests` in any `seconds`, of one person."""

    requests: int
    seconds: int


RATES = {
    "exports": Rate(120, 60),
    "imports": Rate(120, 60),
    "trainings": Rate(60, 600),
    "tokens": Rate(30, 600),
    "webhooks": Rate(60, 600),
    "bulk": Rate(600, 60),
}


class _Limited(UserRateThrottle):
    """Answers say in headers how much is left. `safe`: whether reading counts, too."""

    safe: ClassVar[bool] = False

    def get_rate(self) -> str:
        return str(self.scope)

    def parse_rate(self, rate: str | None) -> tuple[int | None, int | None]:
        return RATES[rate] if rate else (None, None)

    def allow_request(self, request: Request, view: APIView) -> bool:
        if not settings.CRYOWEB_RATE_LIMITS or (request.method in {"GET", "HEAD", "OPTIONS"} and not self.safe):
            return True
        allowed = super().allow_request(request, view)
        rate, used = RATES[str(self.scope)], self.history
        view.headers |= {
            "RateLimit-Limit": str(rate.requests),
            "RateLimit-Remaining": str(max(0, rate.requests - len(used))),
            "RateLimit-Reset": str(ceil(rate.seconds - (self.now - used[-1])) if used else rate.seconds),
        }
        return allowed


class Exports(_Limited):
    scope = "exports"


class Imports(_Limited):
    scope = "imports"


class Trainings(_Limited):
    scope = "trainings"


class Tokens(_Limited):
    scope = "tokens"


class Webhooks(_Limited):
    scope = "webhooks"


class Bulk(_Limited):
    scope = "bulk"
    safe = True
