"""Django's name for this room."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "soichieu.organisation"
    label = "organisation"

    def ready(self) -> None:
        """A request looks once whether the organisation has changed."""
        from django.core.signals import request_finished, request_started

        from soichieu.organisation.models.base import forget_token, pin_token

        request_started.connect(pin_token, dispatch_uid="organisation-pin")
        request_finished.connect(forget_token, dispatch_uid="organisation-forget")
