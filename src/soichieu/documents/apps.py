"""Django's name for this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "soichieu.documents"
    label = "documents"

    def ready(self) -> None:
        from soichieu.web import navigation

        navigation.register("documents", _("Register"), "documents:register", order=40)
