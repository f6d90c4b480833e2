"""The style sheet and the script of the pages that Django draws."""

from django import template
from django.templatetags.static import static

from picking.pages.built import built_entry

register = template.Library()


@register.simple_tag
def page_files() -> dict[str, str]:
    """Their addresses; empty while the frontend is not built."""
    sheet, script = built_entry("src/styles/pages.css"), built_entry("src/pages/check.ts")
    return {"sheet": static(sheet["file"]), "script": static(script["file"])} if sheet and script else {}


@register.simple_tag
def operations_files() -> dict[str, str]:
    """Of the operations page."""
    sheet, script = built_entry("src/styles/operations.css"), built_entry("src/pages/operations.ts")
    return {"sheet": static(sheet["file"]), "script": static(script["file"])} if sheet and script else {}
