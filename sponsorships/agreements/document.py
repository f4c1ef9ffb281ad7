"""The text of an agreement's document: one dictionary of plain text, in the agreement's language.

The dictionary is frozen when the agreement is issued. The PDF and the web page are both made by walking its sections;
nothing here depends on the layout.
"""

from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from stdnum.fr import siren

from clusters.enums import Origin
from core.money import euros
from sponsorships.agreements.clauses import clauses_of
from sponsorships.agreements.terms import changes
from sponsorships.enums import Contribution, InstalmentCondition, Regime
from sponsorships.models import Agreement

# The version of this structure: frozen texts must stay readable for ever.
EDITION = 1


def contents(agreement: Agreement) -> dict:
    """Return the whole text as it would be issued now, in the agreement's language."""
    with translation.override(agreement.language):
        return {
            "edition": EDITION,
            "language": agreement.language,
            "title": title_of(agreement),
            "subtitle": _("Chair “%(chair)s”") % {"chair": agreement.sponsorship.chair},
            "mark": demonstration_mark(agreement),
            "reference": agreement.short_reference,
            "sections": [
                _parties(agreement),
                _subject(agreement),
                *_changes(agreement),
                _amounts(agreement),
                *_in_kind(agreement),
                *_schedule(agreement),
                *_clauses(agreement),
                _signing(agreement),
            ],
        }


def as_draft(agreement: Agreement) -> dict:
    """Return the whole text with a mark for every page that says it is a draft."""
    with translation.override(agreement.language):
        note = _(
            "Draft, not issued: it is not binding. Its clauses are national models, to be checked by the legal office "
            "of the managing institution before it is issued."
        )
        return {**contents(agreement), "draft": _("Draft"), "note": note}


def terms(agreement: Agreement) -> dict:
    """Return the terms without clauses, for an agreement whose text was written elsewhere."""
    whole = contents(agreement)
    return {**whole, "sections": [part for part in whole["sections"] if not part.get("is_wording")]}


def cannot_print(signs: str) -> str:
    """Return a sentence that names the characters that the typeface lacks."""
    sentence = _(
        "The document cannot show these characters: %(signs)s. Write the words that contain them in another way."
    )
    return sentence % {"signs": signs}


def title_of(agreement: Agreement) -> str:
    """Return the document's title in the active language."""
    is_gift = agreement.sponsorship.regime == Regime.PATRONAGE
    if not agreement.is_amendment:
        return _("Patronage agreement") if is_gift else _("Research partnership agreement")
    number = {"number": agreement.number - 1}
    if is_gift:
        return _("Amendment no. %(number)d to the patronage agreement") % number
    return _("Amendment no. %(number)d to the research partnership agreement") % number


def demonstration_mark(agreement: Agreement) -> str:
    """Return the line for every page of a demonstration document, in the active language; empty for a real one."""
    if agreement.sponsorship.origin != Origin.DEMONSTRATION:
        return ""
    return _("Demonstration: the people, companies and amounts in this document are made up. It is not binding.")


def _parties(agreement: Agreement) -> dict:
    partner, contact = agreement.sponsorship.partner, agreement.signatory
    lines = [f"{partner.name}, {partner.legal_form}" if partner.legal_form else partner.name]
    if partner.siren:
        lines.append(_("SIREN %(number)s") % {"number": siren.format(partner.siren)})
    if partner.registered_office:
        lines.append(
            _("registered office: %(address)s") % {"address": ", ".join(paragraphs(partner.registered_office))}
        )
    if contact is not None:
        held = f", {contact.job_title}" if contact.job_title else ""
        lines.append(_("represented by %(person)s") % {"person": f"{contact.user}{held}"})
    facts = [
        [_("The partner"), "\n".join(lines)],
        [_("The managing institution"), _managing(agreement)],
    ]
    if agreement.other_parties.strip():
        facts.append([_("Other parties"), agreement.other_parties.strip()])
    return {"title": _("Parties"), "facts": facts}


def _managing(agreement: Agreement) -> str:
    if agreement.managing_institution is None:
        return _("not chosen yet")
    return "\n".join(
        [agreement.managing_institution.name, _("represented by its legal representative or their delegate")]
    )


def _subject(agreement: Agreement) -> dict:
    chair = agreement.sponsorship.chair
    facts = [
        [_("Chair"), str(chair)],
        [_("Cluster"), str(chair.cluster)],
    ]
    if agreement.activity is not None:
        facts.append([_("Activity"), str(agreement.activity)])
    elif agreement.sponsorship.proposal.strip():
        facts.append([_("Research"), agreement.sponsorship.proposal.strip()])
    if agreement.sponsorship.purpose.strip():
        facts.append([_("Purpose"), agreement.sponsorship.purpose.strip()])
    facts += [
        [_("Period"), _period(agreement)],
        [_("Takes effect on"), date_format(agreement.effective_on, "DATE_FORMAT")],
        [_("Regime"), agreement.sponsorship.get_regime_display()],
    ]
    return {"title": _("Subject"), "facts": facts}


def _period(agreement: Agreement) -> str:
    if agreement.starts_on is None or agreement.ends_on is None:
        return _("not given yet")
    days = [date_format(day, "DATE_FORMAT") for day in (agreement.starts_on, agreement.ends_on)]
    return _("from %(first)s until %(last)s") % {"first": days[0], "last": days[1]}


def _changes(agreement: Agreement) -> list[dict]:
    if not agreement.is_amendment:
        return []
    rows = [[capfirst(change.label), change.before, change.after] for change in changes(agreement)]
    effective = date_format(agreement.effective_on, "DATE_FORMAT")
    section = {
        "title": _("What this amendment changes"),
        "paragraphs": [
            _("From %(day)s, the terms below replace the previous ones.") % {"day": effective},
            *paragraphs(agreement.reason),
        ],
    }
    if rows:
        section["table"] = {"head": [_("What changes"), _("Before"), _("After")], "rows": rows}
    return [section]


def _amounts(agreement: Agreement) -> dict:
    given = [name for name in Contribution if agreement.amount_of(name)]
    rows = [[str(name.label), euros(agreement.amount_of(name))] for name in given]
    return {
        "title": _("Amounts"),
        "table": {"head": [_("Contribution"), _("Euros, net of VAT")], "rows": rows, "ends_in_amounts": True},
        "paragraphs": [
            _("Amounts are in euros, net of VAT. What is given in cash, in kind and in skills is counted apart.")
        ],
    }


def _in_kind(agreement: Agreement) -> list[dict]:
    text = agreement.sponsorship.in_kind_description.strip()
    if not text or not (agreement.in_kind_amount or agreement.skills_amount):
        return []
    return [{"title": _("What is given in kind or skills"), "paragraphs": paragraphs(text)}]


def _schedule(agreement: Agreement) -> list[dict]:
    if not agreement.cash_amount:
        return []
    rows = [
        [str(number), _waits_for(instalment), euros(instalment.amount)]
        for number, instalment in enumerate(_instalments(agreement), 1)
    ]
    head = [_("Number"), _("Condition"), _("Euros, net of VAT")]
    total = _("Total: %(amount)s, net of VAT.") % {"amount": euros(agreement.cash_amount)}
    return [
        {
            "title": _("Instalments"),
            "table": {"head": head, "rows": rows, "ends_in_amounts": True},
            "paragraphs": [total],
        }
    ]


def _instalments(agreement: Agreement) -> list:
    """Return the instalments under this agreement: those invoiced under earlier ones, then its own."""
    standing = agreement.sponsorship.instalments.standing().exclude(agreement=agreement)
    planned_anew = set(standing.uninvoiced().values_list("pk", flat=True))
    return [one for one in standing if one.pk not in planned_anew] + list(agreement.instalments.all())


def _waits_for(instalment) -> str:
    if instalment.invoiced_on is not None:
        return _("invoiced or called on %(day)s") % {"day": date_format(instalment.invoiced_on, "DATE_FORMAT")}
    day = date_format(instalment.due_on, "DATE_FORMAT") if instalment.due_on else ""
    if instalment.condition == InstalmentCondition.DATE:
        return day
    what = instalment.awaited
    return _("%(what)s, expected on %(day)s") % {"what": what, "day": day} if day else what


def _clauses(agreement: Agreement) -> list[dict]:
    return [
        {
            "title": _("Article %(number)d. %(title)s") % {"number": number, "title": version.title},
            "paragraphs": paragraphs(version.text),
            "clause": {"key": version.clause.key, "version": version.number},
            "is_wording": True,
        }
        for number, version in enumerate(clauses_of(agreement), 1)
    ]


def _signing(agreement: Agreement) -> dict:
    sentence = _(
        "The two sides sign on the site that issued this document. A signature page shows who signed, and when, and "
        "states the fingerprint of this file."
    )
    texts = ", ".join(f"{version.title} ({version.number})" for version in clauses_of(agreement))
    versions = _("Clauses and their versions: %(list)s.") % {"list": texts}
    return {"title": _("Signature"), "paragraphs": [sentence, versions], "is_wording": True}


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
