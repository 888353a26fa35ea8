"""Django's name for this room; what it cites of the register is made resolvable here."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "soichieu.ledger"
    label = "ledger"

    def ready(self) -> None:
        from soichieu.ledger import document_sources

        document_sources.register_all()
