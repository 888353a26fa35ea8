"""Django's name for this room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "soichieu.web"
    label = "web"

    def ready(self) -> None:
        from soichieu.web import catalogues

        catalogues.compile_at_start()
