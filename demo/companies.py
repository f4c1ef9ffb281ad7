"""Invented companies and their contacts."""

from django.utils.translation import gettext_lazy as _

from clusters.enums import Origin
from demo.cast import Cast
from demo.tally import Tally
from demo.texts import days_ago, moment, read
from partners.enums import ContactState
from partners.models import Contact, Invitation, Partner

# Days since a company was registered: before its first proposal. Days since a request to join.
KNOWN_AGO, ASKED_AGO = 900, 2
TOLD = {
    "partner@example.org": _("Primary contact and signatory of Ondrelle Mobilités"),
    "rival@example.org": _("Primary contact and signatory of Cadrelune Transports"),
}


def make_companies(cast: Cast, tally: Tally) -> dict[str, Contact]:
    """Create the missing companies. Return the primary contact of each, by the company's slug."""
    return {text["slug"]: _make(text, cast, tally) for text in read("companies")["company"]}


def _make(text: dict, cast: Cast, tally: Tally) -> Contact:
    registered_at = moment(days_ago(KNOWN_AGO), text["slug"])
    values = {name: text[name] for name in ("name", "sector", "size")} | {
        "country": text.get("country", "FR"),
        "siren": text.get("siren"),
        "legal_form": text.get("legal_form", ""),
        "registered_office": text.get("registered_office", ""),
        "origin": Origin.DEMONSTRATION,
        "registered_at": registered_at,
    }
    partner, _is_new = tally.add_missing(Partner, values, slug=text["slug"])
    contact = _contact(partner, text["contact"], cast, tally, registered_at, is_primary=True, is_signatory=True)
    if "joining" in text:
        asked_at = moment(days_ago(ASKED_AGO), text["slug"])
        _contact(partner, text["joining"], cast, tally, asked_at, state=ContactState.REQUESTED)
    if "invited" in text:
        invited_at = moment(days_ago(ASKED_AGO), text["invited"])
        values = {"invited_by": contact.user, "invited_at": invited_at, "is_accounting": True}
        tally.add_missing(Invitation, values, partner=partner, email=text["invited"])
    return contact


def _contact(partner: Partner, who: list, cast: Cast, tally: Tally, at, **fields) -> Contact:
    email, name, job_title, language = who
    user = cast.account(email, name, language, TOLD.get(email, ""))
    values = {"job_title": job_title, "state": ContactState.APPROVED, "requested_at": at, **fields}
    if values["state"] == ContactState.APPROVED:
        values["decided_at"] = at
    return tally.add_missing(Contact, values, partner=partner, user=user)[0]
