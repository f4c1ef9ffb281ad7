import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from core.logs.requests import RequestLog

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

try:
    site = get_wsgi_application()
    from config.operations.metrics import Metrics  # its models are there once Django is set up

    application = Metrics(RequestLog(site))
    # Every view is loaded once, before the workers are made: they share it, and nobody waits for it at the first page.
    _loaded = get_resolver().url_patterns
except ImproperlyConfigured as error:
    # The operator needs the sentence, which a traceback would hide.
    sys.exit(f"Cathedra cannot start: {error}")
