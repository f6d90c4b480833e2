"""The particle diameter, suggested from micrographs alone (docs/method.md)."""

from picking.science.diameter.suggest import Suggestion, Unsuitable, suggest_diameter

__all__ = ["Suggestion", "Unsuitable", "suggest_diameter"]
