"""What every answer of Django says beside its content, and the methods there are (docs/security.md)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
"""No TRACE, which sends cookies back, and none that a program made up."""
UNLESS_SAID = {
    "Cache-Control": "private, no-cache",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def for_every_answer(rest: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Django's middleware: what is shown to one person is kept by no cache between, and used by no other page."""

    def answer(request: HttpRequest) -> HttpResponse:
        answered = rest(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)
        for name, value in UNLESS_SAID.items():
            answered.headers.setdefault(name, value)
        return answered

    return answer
