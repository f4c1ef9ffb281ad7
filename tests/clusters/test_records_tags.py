from decimal import Decimal

import pytest
from django.utils.translation import override

from clusters.enums import Qualifier
from clusters.models import Figure
from clusters.templatetags.figures import figure_value
from clusters.templatetags.records import host, partial_date
from core.money import euros, number


@pytest.mark.parametrize(
    ("amount", "english", "french"),
    [
        (Decimal("360000000.00"), "€360,000,000", "360\u202f000\u202f000\u00a0€"),
        (Decimal("1234.5"), "€1,234.50", "1\u202f234,50\u00a0€"),
        (Decimal("-5"), "-€5", "-5\u00a0€"),
        (0, "€0", "0\u00a0€"),
        (None, "", ""),
        ("not a number", "", ""),
    ],
)
def test_euros_are_written_as_the_language_writes_them(amount, english, french):
    with override("en"):
        assert euros(amount) == english
    with override("fr"):
        assert euros(amount) == french


def test_a_number_has_decimals_only_where_it_has_some():
    with override("en"):
        assert (number(2500), number(Decimal("2.50"))) == ("2,500", "2.50")


@pytest.mark.parametrize(
    ("text", "shown"),
    [("2021", "2021"), ("2021-01", "January 2021"), ("2021-13", "2021-13"), ("spring 2021", "spring 2021"), ("", "")],
)
def test_a_date_is_shown_as_exactly_as_it_is_known(text, shown):
    with override("en"):
        assert partial_date(text) == shown


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.example.org/a", "example.org"),
        ("http://example.org", "example.org"),
        ("javascript:alert(1)", ""),
        ("http://[broken", ""),
        ("An interview in print", ""),
        (None, ""),
    ],
)
def test_only_a_web_address_has_a_host(url, name):
    assert host(url) == name


@pytest.mark.parametrize(
    ("value", "qualifier", "unit", "said"),
    [
        (1, Qualifier.EXACT, "chairs", "1 chair"),
        (33, Qualifier.PLANNED, "chairs", "33 chairs (planned)"),
        (5_800_000, Qualifier.ABOUT, "EUR/year", "about €5,800,000 a year"),
        (12, Qualifier.EXACT, "zeppelins", "12 zeppelins"),
    ],
)
def test_a_figure_is_said_in_words(value, qualifier, unit, said):
    with override("en"):
        assert figure_value(Figure(value=Decimal(value), qualifier=qualifier, unit=unit)) == said
