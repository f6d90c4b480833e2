"""The style sheet of the pages that Django draws."""

from django import template
from django.templatetags.static import static

from picking.pages.built import built_entry

register = template.Library()


@register.simple_tag
def page_sheet() -> str:
    """Its address, empty while the frontend is not built."""
    entry = built_entry("src/styles/pages.css")
    return static(entry["file"]) if entry else ""
