"""Django's name for this room: its place in the menu, and the answers it writes into the margin of documents."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardConfig(AppConfig):
    name = "soichieu.board"
    label = "board"

    def ready(self) -> None:
        from soichieu.board import panel
        from soichieu.documents import panels as places
        from soichieu.organisation.kinds import Role
        from soichieu.web import navigation

        navigation.register("board", _("Board"), "board:boards", order=20)
        navigation.register_home("board:boards", order=90)
        working = {role.value for role in Role if role not in (Role.OBSERVER, Role.ADMINISTRATOR)}
        navigation.register("my-work", _("My work"), "board:my-work", order=5, roles=working)
        leading = {Role.HEAD.value, Role.DEPUTY.value, Role.STEERING_OFFICE.value}
        navigation.register("leader", _("Leader's page"), "board:leader", order=8, roles=leading)
        navigation.register("units", _("Units"), "board:units", order=30)
        navigation.register("search", _("Search"), "board:search", order=80)
        navigation.register_home("board:leader", order=10, roles={Role.HEAD.value, Role.DEPUTY.value})
        doing = {Role.STAFF_OFFICER.value, Role.RECORDS_CLERK.value, Role.VERIFIER.value}
        navigation.register_home("board:my-work", order=20, roles=doing)
        places.register(panel.margin_answers)
