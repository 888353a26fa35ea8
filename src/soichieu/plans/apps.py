"""Django's name for this room; its item of the menu, and how the ledger resolves a plan."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    name = "soichieu.plans"
    label = "plans"

    def ready(self) -> None:
        from soichieu.organisation import panels
        from soichieu.organisation import waiting as queues
        from soichieu.plans import items, panel, sources, waiting
        from soichieu.web import navigation

        sources.register_all()
        items.register_all()
        panels.register(panel.unit_panel, order=40)
        queues.register(waiting.QUEUES, waiting.fill)
        navigation.register("plans", _("Plans"), "plans:register", 40)
