"""Django's name for this room; its item of the menu, and how the ledger resolves a plan."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "soichieu.plans"
    label = "plans"

    def ready(self) -> None:
        from soichieu.plans import items, sources
        from soichieu.web import navigation

        sources.register_all()
        items.register_all()
        navigation.register("plans", _("Plans"), "plans:answers", 40)
