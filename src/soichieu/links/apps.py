"""Django's name for this room; its item of the menu and its part of a document's page."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LinksConfig(AppConfig):
    name = "soichieu.links"
    label = "links"

    def ready(self) -> None:
        from soichieu.documents import panels
        from soichieu.links import matrix_panel, sources, waiting
        from soichieu.links.panel import fill
        from soichieu.organisation import waiting as queues
        from soichieu.web import navigation

        sources.register_all()
        navigation.register("soi-chieu", _("Soi chiếu"), "links:tables", 35)
        panels.register(fill)
        panels.register(matrix_panel.fill)
        queues.register(waiting.QUEUES, waiting.fill)
