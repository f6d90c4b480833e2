"""Pages that are there only where something is set up."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse


def only_where(setting: str, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, which does not exist where the setting is off."""

    @wraps(view)
    def there(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not getattr(settings, setting):
            raise Http404
        return view(request, *args, **kwargs)

    return there
