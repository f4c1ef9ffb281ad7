"""Published agreements in the French standard for subsidies in local open data: SCDL “subventions” 2.1, as CSV.

https://schema.data.gouv.fr/scdl/subventions/. Only agreements whose partner publishes name and amount, and whose
partner and managing institution have a SIRET, which the standard requires.
"""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone

from api.doors import public
from api.listing import refuse_unknown
from clusters.origins import is_made_up, told
from core.exports import CONTENT_TYPES, Value, as_csv
from sponsorships.models import Agreement, Sponsorship
from sponsorships.published import ORIGINS

COLUMNS = [
    "nomAttribuant",
    "idAttribuant",
    "dateConvention",
    "referenceDecision",
    "nomBeneficiaire",
    "idBeneficiaire",
    "rnaBeneficiaire",
    "objet",
    "montant",
    "nature",
    "conditionsVersement",
    "datesPeriodeVersement",
    "idRAE",
    "notificationUE",
    "pourcentageSubvention",
    "dispositifAide",
]
CASH, IN_KIND = "aide en numéraire", "aide en nature"
# Partners do not publish when they pay.
HOW_IT_IS_PAID = "autre : selon la convention"
OBJECT_LENGTH = 255
WHOLE = "1.00"
MADE_UP = "[Démonstration] "


@public("text/csv")
def subsidies(request: HttpRequest) -> StreamingHttpResponse:
    """Return the CSV file, earliest agreement first."""
    refuse_unknown(request, ())
    headers = {"Content-Disposition": 'attachment; filename="subventions.csv"'}
    return StreamingHttpResponse(as_csv(COLUMNS, lines()), content_type=CONTENT_TYPES["csv"], headers=headers)


def lines() -> Iterator[list[Value]]:
    """Yield one line for each sponsorship: its first agreement in force, with the amounts agreed today in the ledger."""
    public = Sponsorship.objects.with_public_amount().with_agreed().select_related("partner", "activity", "chair")
    public = told(public, *ORIGINS)
    shown = {one.pk: one for one in public.exclude(partner__siret=None)}
    agreements = Agreement.objects.in_force().filter(sponsorship__in=public.order_by().values("pk"))
    agreements = agreements.exclude(managing_institution__siret=None).select_related("managing_institution")
    for agreement in agreements.order_by("sponsorship", "number"):
        if sponsorship := shown.pop(agreement.sponsorship_id, None):
            yield from _line(sponsorship, agreement)


def _line(sponsorship: Sponsorship, agreement: Agreement) -> Iterator[list[Value]]:
    day, amount = _signed_on(agreement), sponsorship.agreed_cash + sponsorship.agreed_otherwise
    if day is None or amount <= 0:
        return
    given, taken = sponsorship.partner, agreement.managing_institution
    yield [
        *(given.name, given.siret, day.isoformat(), ""),
        *(taken.name, taken.siret, "", _object(sponsorship)),
        *(_amount(amount), _nature(sponsorship), HOW_IT_IS_PAID, _period(day, agreement)),
        *("", "non", WHOLE, ""),
    ]


def _signed_on(agreement: Agreement) -> datetime.date | None:
    moment = agreement.signed_at or agreement.recorded_at
    return agreement.signed_on or (timezone.localdate(moment) if moment else None)


def _amount(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _nature(sponsorship: Sponsorship) -> str:
    parts = [(CASH, sponsorship.agreed_cash), (IN_KIND, sponsorship.agreed_otherwise)]
    return ";".join(name for name, amount in parts if amount)


def _period(day: datetime.date, agreement: Agreement) -> str:
    is_longer = agreement.ends_on is not None and agreement.ends_on > day
    return f"{day.isoformat()}/{agreement.ends_on.isoformat()}" if is_longer else day.isoformat()


def _object(sponsorship: Sponsorship) -> str:
    titles = [one.title_fr or one.title_en or "" for one in (sponsorship.chair, sponsorship.activity) if one]
    mark = MADE_UP if is_made_up(sponsorship) else ""
    return f"{mark}Chaire {' : '.join(titles)}"[:OBJECT_LENGTH]
