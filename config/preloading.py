"""Loads what every worker needs before the workers are forked, so that they share it and no request waits for it.

It makes no query, because a connection cannot be shared.
"""

from babel import Locale
from babel.numbers import format_compact_currency
from django.conf import settings
from django.urls import get_resolver
from django.utils.translation import gettext, override

from chairs.search import model
from core.languages import number_locale


def preload() -> None:
    """Load the model of the semantic search, and each language's catalogue, URLs, country names and number formats."""
    model.preload()
    for language, _name in settings.LANGUAGES:
        with override(language):
            gettext("Chairs")
            # Accessed so that Django builds the URLs by name in this language.
            _made = get_resolver().reverse_dict
            _names = Locale(language).territories
            format_compact_currency(1, "EUR", locale=number_locale())
