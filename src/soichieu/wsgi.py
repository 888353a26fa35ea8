"""The WSGI entry point of a web process."""

import os
import threading

from django.core.wsgi import get_wsgi_application

from soichieu.web.uploads import Request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "soichieu.settings")
application = get_wsgi_application()
application.request_class = Request


def _load_what_is_slow() -> None:
    """Load the engine of alignment and its data while nobody waits for it yet: the first light table would."""
    from soichieu.alignment import Item, Provision, align

    for left, right in (("Lập kế hoạch chuyển đổi số", "Xây dựng kế hoạch"), ("Publish the plan", "Develop a plan")):
        align([Item("1", left)], [Provision("a", right)]).reasons("1", "a")


# Not at once: the first board reads the whole book, and must not share its core.
_later = threading.Timer(20, _load_what_is_slow)
_later.daemon = True
_later.start()
