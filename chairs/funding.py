"""The interface to the app that keeps the money of chairs. That app is above this one, so a setting names its module."""

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
    """The functions of the module that `CHAIR_FUNDING` names."""

    def agreed_cash(self) -> Expression:
        """Return the cash agreed on an activity, in euros net of VAT, as an expression for a queryset of activities."""

    def resting_cash(self, activity: Any) -> Decimal:
        """Return the cash that depends on an activity: agreed, proposed or out for signature, in euros net of VAT."""

    def ending_obstacles(self, chair: Any) -> list[str]:
        """Return the reasons, as sentences, why a chair cannot be closed or withdrawn now."""

    def ending_forms(self) -> Mapping[str, type[Form]]:
        """Return, by verb, the form that asks what to do with the sponsorships when a chair pauses or ends."""

    def lock_sponsorships(self, chair: Any) -> None:
        """Lock the chair's sponsorships until the transaction ends."""

    def end_sponsorships(
        self, chair: Any, verb: str, ends: Mapping[int, Any], *, by: User | None, at: datetime
    ) -> None:
        """Do with each live sponsorship what `ends` has under its key. Raise Refused if it lacks one."""

    def contacts_of_partners(self, chair: Any, by: User | None) -> QuerySet[User]:
        """Return the contacts of partners to notify when the chair ends, pauses or resumes."""

    def money_of_chairs(self, user: User) -> Mapping[str, tuple[Any, Expression]]:
        """Return the label and the expression of each amount in the exported list of chairs, by column name."""


def funding() -> Funding:
    """Return the module that keeps the money of chairs."""
    return cast(Funding, import_module(settings.CHAIR_FUNDING))
