"""Django's name for this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "soichieu.exchange"
    label = "exchange"

    def ready(self) -> None:
        from soichieu.organisation.kinds import Role
        from soichieu.web import navigation

        navigation.register(
            "open-book", _("Take over a tracking sheet"), "exchange:open-book", 90, roles={Role.STEERING_OFFICE.value}
        )
