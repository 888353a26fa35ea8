"""Django's name for this room; its item of the menu and its button on a document's page."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectivesConfig(AppConfig):
    name = "soichieu.directives"
    label = "directives"

    def ready(self) -> None:
        from soichieu.directives.panel import fill
        from soichieu.directives.visibility import widen
        from soichieu.documents import panels, rights
        from soichieu.organisation.kinds import Role
        from soichieu.web import navigation

        navigation.register(
            "directives", _("Give out tasks"), "directives:directives", 25, roles={Role.STEERING_OFFICE.value}
        )
        panels.register(fill)
        rights.register_visibility(widen)
