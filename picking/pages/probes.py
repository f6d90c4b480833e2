"""For programs that watch the server: it lives, is ready, works. Everyone may ask; nothing secret is told."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from picking.checks.check import State, findings
from picking.checks.ready import READY
from picking.checks.workers import WORKERS

TEXT = "text/plain; charset=utf-8"


@never_cache
@require_safe
def lives(request: HttpRequest) -> HttpResponse:
    """This process answers requests. Where it does not, start it again."""
    return HttpResponse("ok\n", content_type=TEXT)


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """All that this process needs to serve people, a line each; 503 where something is missing. Workers are not."""
    found = findings(READY)
    failed = any(each.state == State.PROBLEM for each in found)
    text = "".join(f"{each.name}: {each.said}\n" for each in found)
    return HttpResponse(text, status=503 if failed else 200, content_type=TEXT)


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """As `ready`, and whether workers take the jobs: “ok”, or 503 and what does not work."""
    failed = [each for each in findings((*READY, *WORKERS)) if each.state == State.PROBLEM]
    text = "\n".join(f"{each.name}: {each.said}" for each in failed)
    return HttpResponse(text or "ok", status=503 if failed else 200, content_type=TEXT)
