import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from core.logs.requests import RequestLog

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

try:
    application = RequestLog(get_wsgi_application())
    # Every view is loaded once, before the workers are made: they share it, and nobody waits for it at the first page.
    _loaded = get_resolver().url_patterns
except ImproperlyConfigured as error:
    # The operator needs the sentence, which a traceback would hide.
    sys.exit(f"Cathedra cannot start: {error}")
