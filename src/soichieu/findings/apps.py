"""Django's name for this room, and what it tells the others."""

from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "soichieu.findings"
    label = "findings"

    def ready(self) -> None:
        from soichieu.findings import sources

        sources.register_all()
