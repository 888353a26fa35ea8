"""The WSGI entry point of a web process."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "soichieu.settings")
application = get_wsgi_application()
