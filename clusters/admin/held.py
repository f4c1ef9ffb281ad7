"""Held decisions on all kinds of record: made but not announced; released together, after a look at their mails."""

import re
from operator import attrgetter

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.admin.at_once import AtOnce
from core.admin.base import ScopedAdmin
from core.admin.dashboard import Wait
from core.admin.held import drop, mails_of, release, verb_of_held, why_not_drop, why_not_release
from core.admin.named_records import FoundByRecord
from core.admin.record_page import link_to_current
from core.models import HeldDecision
from core.on_behalf import hands_of
from core.stamps import stamp, stamp_of

ADDRESS = re.compile(r"https?://\S+")


class EndedFilter(admin.SimpleListFilter):
    """Shows the decisions still held by default; released and dropped ones on request."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("released", _("released")), ("dropped", _("dropped")), ("all", _("all, held or over"))]

    def choices(self, changelist):
        """Label the default choice “held”: without a choice, the list shows these, not all."""
        first, *others = super().choices(changelist)
        return [{**first, "display": _t("held")}, *others]

    def queryset(self, request, queryset):
        if self.value() in ("released", "dropped"):
            return queryset.exclude(ended_at=None).filter(is_released=self.value() == "released")
        return queryset if self.value() == "all" else queryset.filter(ended_at=None)


@admin.register(HeldDecision)
class HeldDecisionAdmin(FoundByRecord, ScopedAdmin):
    """The held decisions on records that the user sees."""

    who_changes = _("A held decision is released or dropped, from the list; it is never rewritten.")
    list_display = ["named", "decision", "who", "at", "ended_at"]
    list_filter = [EndedFilter]
    list_select_related = page_related = ["by", "on_behalf_of", "ended_by", "ended_for"]
    search_fields = ["name", "by__name", "on_behalf_of__name"]
    search_help_text = _("Name, reference or people of the record, or who decided.")
    # A primary key, which no form shows.
    exclude = ["record"]
    fields = ["about", "decision", "note", ("who", "at"), ("ended_at", "ended_by_names", "is_released")]
    readonly_fields = ["about", "decision", "note", "who", "at", "ended_at", "ended_by_names", "is_released"]

    @admin.display(description=_("decision"))
    def decision(self, held):
        return str(verb_of_held(held).label)

    @admin.display(description=_("decided by"), ordering="by__name")
    def who(self, held):
        return held.who

    @admin.display(description=_("record"))
    def about(self, held):
        return link_to_current(held)

    @admin.display(description=_("record"), ordering="name")
    def named(self, held):
        return held.present_name

    def pages_of_records(self):
        return [page for page in self.admin_site._registry.values() if getattr(page, "verbs_held", ())]

    def get_visible(self, user):
        """Return the decisions on records that this user may open."""
        seen = Q(pk__in=[])
        for page in self.pages_of_records():
            records = page.get_visible(user).order_by().values("pk")
            seen |= Q(list_of=page.opts.label_lower, record__in=records)
        return HeldDecision.objects.filter(seen)

    def get_waiting(self, user):
        """Return the held decisions of this user and of those for whom they stand in."""
        hands = hands_of(user)
        own = Q(by__in=hands) | Q(on_behalf_of__in=hands)
        return HeldDecision.objects.filter(own, ended_at=None)

    def waits(self, user):
        def held():
            return self.get_waiting(user).select_related("by", "on_behalf_of").order_by("at", "pk")

        return [
            Wait(
                self,
                held,
                _held,
                "",
                lambda one: f"{self.decision(one)} · {date_format(timezone.localtime(one.at))}",
                why=_("Release it, or drop it"),
                since=attrgetter("at"),
            )
        ]

    def acts_at_once(self, request):
        user = request.user

        def named(held):
            return _t("%(decision)s: %(record)s") % {"decision": self.decision(held), "record": held.present_name}

        written = {}

        def stamps(decisions):
            written.update(mails_of(decisions, by=user))
            return {held.pk: stamp(stamp_of(held), [_said(mail) for mail in written[held.pk]]) for held in decisions}

        def mails(decisions):
            return {"mails": [mail for held in decisions for mail in written[held.pk]]}

        acts = [
            AtOnce(
                "release",
                _t("Release"),
                why_not_release,
                lambda held, form, note: release(held, by=user),
                names=named,
                has_note=False,
                shows=mails,
                stamps=stamps,
            ),
            AtOnce(
                "drop",
                _t("Drop"),
                why_not_drop,
                lambda held, form, note: drop(held, by=user),
                names=named,
                has_note=False,
            ),
        ]
        return {act.name: act for act in acts}


def _held(number):
    return ngettext("%d decision is held back", "%d decisions are held back", number) % number


def _said(mail) -> tuple:
    """Return what identifies a mail's content, without its links: a link may contain the time at which it was signed."""
    return mail.recipient_id, mail.address, mail.subject, ADDRESS.sub("", mail.text)
