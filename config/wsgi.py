import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from config.legal_notice import refuse_to_serve_without_publisher
from core.logs.requests import RequestLog

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

try:
    refuse_to_serve_without_publisher()
    site = get_wsgi_application()
    from config.operations.metrics import Metrics  # its models can be imported only after Django's set-up

    application = Metrics(RequestLog(site))
    # Load every view before the workers are forked, so that they share them and no first page waits.
    _loaded = get_resolver().url_patterns
except ImproperlyConfigured as error:
    # The operator needs the sentence, which a traceback would hide.
    sys.exit(f"Cathedra cannot start: {error}")
