"""The style guide: every component of our pages, rendered by the templates that the pages use."""

from datetime import datetime
from decimal import Decimal
from types import SimpleNamespace
from urllib.parse import quote

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chairs.listing import ChairListing
from config import palette
from core.form_fields import EuroField
from sponsorships.accounting.activity_money import ActivityMoney, PublicMoney
from sponsorships.enums import SponsorshipStatus

# Enough for a long pagination, shown on a page in its middle.
SAMPLE_ROWS, SAMPLE_PAGE = 500, 5
SHOWN_CHAIRS, SHOWN_FACETS = 3, 2
# A placeholder for a photograph.
SQUARE = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 2 2'><rect width='2' height='2' fill='teal'/></svg>"
PICTURE = f"data:image/svg+xml,{quote(SQUARE)}"


class StyleForm(forms.Form):
    """One field of each kind, with help. Posted without a name and with a letter as the amount, it shows errors."""

    name = forms.CharField(label=_("Name"), help_text=_("Help text goes below the field that it is about."))
    amount = EuroField(label=_("Amount in euros"))
    country = forms.ChoiceField(label=_("Country"), choices=[("FR", _("France")), ("BE", _("Belgium"))])
    why = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    regime = forms.ChoiceField(
        label=_("Regime"),
        choices=[("gift", _("Patronage")), ("work", _("Research partnership"))],
        widget=forms.RadioSelect,
        required=False,
    )
    agreed = forms.BooleanField(label=_("I may sign agreements for this organisation"), required=False)


@login_not_required
def style(request):
    return render(request, "pages/style.html", samples())


def samples() -> dict:
    """Return the context of the page: invented, except for the chairs and facets of the directory."""
    listing = ChairListing(QueryDict())
    sent = QueryDict("name=&amount=x&country=FR")
    return {
        "picture": PICTURE,
        "swatches": palette.swatches(),
        "pairs": palette.measured_pairs(),
        "blank_form": StyleForm(auto_id="blank_%s"),
        "sent_form": StyleForm(sent, auto_id="sent_%s"),
        "sample_messages": sample_messages(),
        "demonstration": SimpleNamespace(origin="demonstration"),
        "sourced": SimpleNamespace(origin="sourced", sources=["https://example.org/a-source"]),
        "files": [SimpleNamespace(status=status, public_status=status.label) for status in SponsorshipStatus],
        "steps": sample_steps(),
        "money": sample_money(),
        "public_money": PublicMoney(Decimal(100000), Decimal(65000), Decimal(5000), is_open=True),
        "page_obj": Paginator(range(SAMPLE_ROWS), 10).page(SAMPLE_PAGE),
        "listing": SimpleNamespace(facets_on_page=listing.facets_on_page[:SHOWN_FACETS]),
        "sample_entries": listing.page(0, SHOWN_CHAIRS),
    }


def sample_messages() -> list:
    said = {
        "info": _("The page was read again."),
        "success": _("The proposal was sent."),
        "warning": _("The activity closes tomorrow."),
        "error": _("The proposal was not sent: it has no amount."),
    }
    return [Message(level, text) for level, text in said.items()]


class Message(SimpleNamespace):
    """A message as templates see Django's: its text and its level."""

    def __init__(self, level_tag, text):
        super().__init__(level_tag=level_tag, text=text)

    def __str__(self):
        return str(self.text)


def sample_steps() -> list:
    when = timezone.make_aware(datetime(2026, 3, 2, 9, 30))
    return [
        SimpleNamespace(at=when, what=_("The proposal was sent."), who="Ada Exemple"),
        SimpleNamespace(
            at=when.replace(day=9),
            what=_("The cluster asked for changes."),
            who=_("the office of the cluster"),
            note=_("Please say who will supervise the thesis."),
        ),
    ]


def sample_money() -> ActivityMoney:
    return ActivityMoney(
        target=Decimal("250000.00"),
        agreed=Decimal("100000.00"),
        pending=Decimal("50000.50"),
        received=Decimal("40000.00"),
        agreed_otherwise=Decimal("0.00"),
        is_open=True,
    )
