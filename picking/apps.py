"""Picking is the one Django application of CryoWeb."""

from django.apps import AppConfig


class PickingConfig(AppConfig):
    name = "picking"
    verbose_name = "CryoWeb"
