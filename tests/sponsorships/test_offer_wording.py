"""What a proposal offers, in a list: cash, kind and skills apart, and what the amounts leave out."""

import re
from decimal import Decimal

import pytest

from sponsorships.models import Sponsorship
from sponsorships.templatetags.file_entries import file_offer

OFFER = {"cash_amount": Decimal("60000"), "in_kind_amount": Decimal("15000.50"), "skills_amount": Decimal("4000")}


def said(**amounts) -> str:
    """Return the offer's words, as a reader hears them."""
    return " ".join(re.sub(r"<[^>]+>", " ", file_offer(Sponsorship(**amounts))).split())


def test_each_kind_stands_by_itself_and_no_sum_is_made():
    assert said(**OFFER) == "€60,000 in cash €15,000.50 in kind €4,000 in skills net of VAT"


@pytest.mark.parametrize("amounts", [{}, {"cash_amount": Decimal(0)}])
def test_nothing_offered_is_nothing_said(amounts):
    assert said(**amounts) == ""
