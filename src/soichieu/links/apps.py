"""Django's name for this room."""

from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "soichieu.links"
    label = "links"
