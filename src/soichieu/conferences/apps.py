"""Django's name for this room, and what it tells the others."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConferencesConfig(AppConfig):
    name = "soichieu.conferences"
    label = "conferences"
    verbose_name = _("Conferences")

    def ready(self) -> None:
        from soichieu.web import navigation

        navigation.register("conferences", _("Conferences"), "conferences:conferences", 60)
