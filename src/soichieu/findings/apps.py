"""Django's name for this room, and what it tells the others."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class FindingsConfig(AppConfig):
    name = "soichieu.findings"
    label = "findings"

    def ready(self) -> None:
        from soichieu.findings import sources
        from soichieu.findings.panel import leader_panel, unit_panel
        from soichieu.organisation import panels
        from soichieu.web import navigation

        sources.register_all()
        navigation.register("findings", pgettext_lazy("menu", "Conclusions"), "findings:follow-up", 62)
        panels.register(unit_panel, order=50)
        panels.register_for_leader(leader_panel, order=10)
