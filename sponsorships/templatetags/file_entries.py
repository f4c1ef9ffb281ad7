"""Render the list of a partner's sponsorships in Python: a template would look up fifty names for each of twenty entries."""

import datetime
import uuid

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from clusters.enums import Origin
from clusters.templatetags.records import field
from core.money import euros
from sponsorships.enums import SponsorshipStatus as S

register = template.Library()

# Stands for the reference in the address pattern, which is reversed once per list.
NO_REFERENCE = uuid.UUID(int=0)

LOOKS = {
    S.DRAFT: "bg-warning",
    S.CHANGES_REQUESTED: "bg-warning",
    S.SUBMITTED: "bg-primary",
    S.IN_REVIEW: "bg-primary",
    S.ACCEPTED: "bg-success",
    S.ACTIVE: "bg-success",
    S.COMPLETED: "bg-success",
}


@register.simple_tag
def file_entries(files) -> SafeString:
    """Return the HTML items of the list."""
    words = Words()
    return mark_safe("\n".join(_entry(file, words) for file in files))


@register.simple_tag
def file_status(file) -> SafeString:
    """Return a badge with the sponsorship's status in the partner's words."""
    look = LOOKS.get(file.status, "bg-secondary")
    return mark_safe(f'<span class="badge {look}">{conditional_escape(file.public_status)}</span>')


@register.simple_tag
def file_offer(file) -> SafeString:
    """Return the amounts offered in cash, in kind and in skills, never added up."""
    return mark_safe(_offer(file, Words()))


class Words:
    """What the entries of a list share, computed once: translated words, the address pattern, and formatted days."""

    def __init__(self) -> None:
        self.cash, self.in_kind, self.skills = (
            conditional_escape(said) for said in (_("in cash"), _("in kind"), _("in skills"))
        )
        self.net, self.changed = conditional_escape(_("net of VAT")), _("Changed on %(date)s")
        self.address = reverse("sponsorships:detail", args=[NO_REFERENCE])
        self.days: dict[datetime.date, str] = {}

    def changed_at(self, moment: datetime.datetime) -> str:
        day = localtime(moment).date()
        if day not in self.days:
            self.days[day] = conditional_escape(self.changed % {"date": date_format(day, "DATE_FORMAT")})
        return self.days[day]

    def address_of(self, file) -> str:
        """Return what `get_absolute_url` would, without the cost of `reverse`."""
        return self.address.replace(str(NO_REFERENCE), str(file.reference))


def _offer(file, words: Words) -> str:
    offered = (
        (file.cash_amount, words.cash),
        (file.in_kind_amount, words.in_kind),
        (file.skills_amount, words.skills),
    )
    shown = [f'<span><span class="amount">{euros(amount)}</span> {said}</span>' for amount, said in offered if amount]
    return "".join([*shown, f"<span>{words.net}</span>"]) if shown else ""


def _entry(file, words: Words) -> str:
    title = f'<a href="{words.address_of(file)}">{conditional_escape(field(file.chair, "title"))}</a>'
    about = [file.chair.cluster, file.partner, *([field(file.activity, "title")] if file.activity else [])]
    said = "".join(f"<span>{conditional_escape(one)}</span>" for one in about)
    return (
        f'<li><div class="entry-line"><h3>{title} {_origin(file)}</h3>{file_status(file)}</div><p class="entry-meta">'
        f"{said}{_offer(file, words)}<span>{words.changed_at(file.updated_at)}</span></p></li>"
    )


def _origin(file) -> str:
    if file.origin == Origin.REGISTERED:
        return ""
    return render_to_string("_origin.html", {"record": file, "compact": True})
