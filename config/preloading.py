"""What every worker needs sooner or later, made once before the workers are, so that they share it and nobody waits for it.

Nothing here asks the database: a connection cannot be shared.
"""

from babel import Locale
from babel.numbers import format_compact_currency
from django.conf import settings
from django.urls import get_resolver
from django.utils.translation import gettext, override

from chairs.search import model
from core.languages import number_locale


def preload() -> None:
    """Load the model of the search by meaning, and for each language its catalogue, addresses, names and numbers."""
    model.preload()
    for language, _name in settings.LANGUAGES:
        with override(language):
            gettext("Chairs")
            # Asked for to be made: every address by its name, in this language.
            _made = get_resolver().reverse_dict
            _names = Locale(language).territories
            format_compact_currency(1, "EUR", locale=number_locale())
