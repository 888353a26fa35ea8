"""The peer's entry point: Django's own ASGI application; its streams are in :mod:`bench.live.peer_urls`."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.live.peer_settings")
application = get_asgi_application()
