"""Django's name for this room, and what it tells the others."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConferencesConfig(AppConfig):
    name = "soichieu.conferences"
    label = "conferences"
    verbose_name = _("Conferences")

    def ready(self) -> None:
        from soichieu.conferences import panel, places
        from soichieu.findings import occasions
        from soichieu.organisation import panels
        from soichieu.web import navigation

        occasions.register("conferences", "conference", places.PLACES)
        panels.register(panel.unit_panel, order=45)
        navigation.register("conferences", _("Conferences"), "conferences:conferences", 60)
