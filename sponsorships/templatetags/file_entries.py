"""The list of a partner's files, written by Python: a page has twenty, and each looked fifty names up in its template."""

from django import template
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from clusters.enums import Origin
from clusters.templatetags.records import field
from core.money import euros
from sponsorships.enums import SponsorshipStatus as S

register = template.Library()

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
    """Return the items of the list."""
    return format_html_join("\n", "{}", ([_entry(file)] for file in files))


@register.simple_tag
def file_status(file) -> SafeString:
    """Return a file's state in the partner's words."""
    return format_html('<span class="badge {}">{}</span>', LOOKS.get(file.status, "bg-secondary"), file.public_status)


@register.simple_tag
def file_offer(file) -> SafeString:
    """Return what a proposal offers: cash, kind and skills, never added up together."""
    offered = [
        (file.cash_amount, _("in cash")),
        (file.in_kind_amount, _("in kind")),
        (file.skills_amount, _("in skills")),
    ]
    shown = [(euros(amount), said) for amount, said in offered if amount]
    net = format_html("<span>{}</span>", _("net of VAT")) if shown else ""
    return format_html_join("", '<span><span class="amount">{}</span> {}</span>', shown) + net


def _entry(file) -> SafeString:
    title = format_html('<a href="{}">{}</a>', file.get_absolute_url(), field(file.chair, "title"))
    about = [file.chair.cluster, file.partner, *([field(file.activity, "title")] if file.activity else [])]
    changed = _("Changed on %(date)s") % {"date": date_format(localtime(file.updated_at), "DATE_FORMAT")}
    return format_html(
        '<li><div class="entry-line"><h3>{} {}</h3>{}</div><p class="entry-meta">{}{}<span>{}</span></p></li>',
        title,
        _origin(file),
        file_status(file),
        format_html_join("", "<span>{}</span>", ([one] for one in about)),
        file_offer(file),
        changed,
    )


def _origin(file) -> str:
    if file.origin == Origin.REGISTERED:
        return ""
    return render_to_string("_origin.html", {"record": file, "compact": True})
