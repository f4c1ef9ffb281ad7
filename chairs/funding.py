"""The interface to the app that keeps the money of chairs. That app is above this one, so the settings name it."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from importlib import import_module
from typing import Any, Protocol, cast

from django.conf import settings
from django.db.models import Expression, QuerySet
from django.forms import Form

from accounts.models import User


class Funding(Protocol):
    """What the module named by `CHAIR_FUNDING` offers."""

    def agreed_cash(self) -> Expression:
        """Return the cash agreed on an activity, in euros net of VAT, as an expression for a query of activities."""

    def resting_cash(self, activity: Any) -> Decimal:
        """Return the cash that rests on an activity: agreed, proposed or out for signature, in euros net of VAT."""

    def ending_obstacles(self, chair: Any) -> list[str]:
        """Return the sentences that keep a chair from being closed or withdrawn."""

    def ending_forms(self) -> Mapping[str, type[Form]]:
        """Return, by verb, the form that asks what becomes of the sponsorships of a chair that ends or pauses."""

    def lock_sponsorships(self, chair: Any) -> None:
        """Lock the chair's sponsorships until the transaction ends."""

    def end_sponsorships(
        self, chair: Any, verb: str, ends: Mapping[int, Any], *, by: User | None, at: datetime
    ) -> None:
        """Do with each live sponsorship what was said of it, by its key. Raise Refused where nothing was said."""

    def contacts_of_partners(self, chair: Any, by: User | None) -> QuerySet[User]:
        """Return the contacts of the partners whom the chair's end, pause or return concerns."""

    def money_of_chairs(self, user: User) -> Mapping[str, tuple[Any, Expression]]:
        """Return, by name, the label and the expression of each amount that a list of chairs can be taken out with."""


def funding() -> Funding:
    """Return the module that keeps the money of chairs."""
    return cast(Funding, import_module(settings.CHAIR_FUNDING))
