"""What a script reads of an element."""

import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def json_text(value: object) -> str:
    """As JSON, for an attribute `data-…`: Django escapes it there."""
    return json.dumps(value, cls=DjangoJSONEncoder)
