"""Django's name for this room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "soichieu.accounts"
    label = "accounts"

    def ready(self) -> None:
        from soichieu.web import navigation

        navigation.register_slot("who", "accounts/who.html")
