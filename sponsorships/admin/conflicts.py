"""Conflicts on a sponsorship's page and list: flags, written resolutions, and the value of a gift's counterparts."""

from functools import partial

from django import forms
from django.contrib import admin
from django.db.models import Prefetch
from django.http import Http404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin.confirmation import Act, NoteForm, confirm
from core.admin.lifecycle import Button
from core.form_fields import EuroField
from core.money import euros, percent
from core.primary_keys import any_of
from sponsorships.accounting.sums import ZERO
from sponsorships.conflicts.resolution import (
    flags_by_sponsorship,
    flags_of,
    resolve,
    unresolved,
    value_counterparts,
    why_not_resolve,
    why_not_value,
)
from sponsorships.enums import LIVE_STATUSES, ConflictKind, Regime
from sponsorships.models import ConflictResolution
from sponsorships.perms import RESOLVING, can_resolve


class ResolutionForm(forms.Form):
    """Carries the fingerprint of the facts that the user read: if they have changed, the resolution is refused."""

    template_name = "admin/act_form.html"
    comes_first = True

    facts = forms.CharField(widget=forms.HiddenInput, max_length=64)


class CounterpartsForm(forms.Form):
    template_name = "admin/act_form.html"
    comes_first = True

    value = EuroField(
        label=gettext_lazy("Value of the counterparts (€)"),
        help_text=gettext_lazy("What the partner gets back: visibility, places, services. Net of VAT; 0 for nothing."),
    )


class ConflictFilter(admin.SimpleListFilter):
    """Filter on an unresolved conflict. Only live sponsorships have conflicts."""

    title, parameter_name = gettext_lazy("conflict"), "conflict"

    def lookups(self, request, model_admin):
        return [("open", _("To be resolved"))]

    def queryset(self, request, queryset):
        if self.value() != "open":
            return queryset
        live = queryset.model.objects.filter(pk__in=queryset.order_by().values("pk"), status__in=LIVE_STATUSES)
        flags = flags_by_sponsorship(live.select_related("partner"))
        return queryset.filter(
            pk__in=any_of(pk for pk, rows in flags.items() if any(not row.resolution for row in rows))
        )


class ConflictsAdmin:
    """Adds conflicts to the pages of sponsorships, with the pages on which staff resolve them."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path(
                "<path:object_id>/conflict/<slug:kind>/",
                view(self.conflict_view),
                name="sponsorships_sponsorship_conflict",
            ),
            path(
                "<path:object_id>/counterparts/",
                view(self.counterparts_view),
                name="sponsorships_sponsorship_counterparts",
            ),
            *super().get_urls(),
        ]

    def prepare_rows(self, rows):
        """Detect the conflicts of all rows of the page at once."""
        super().prepare_rows(rows)
        flags = flags_by_sponsorship(rows)
        for row in rows:
            row.flags = flags[row.pk]

    @admin.display(description=gettext_lazy("conflicts"))
    def conflicts(self, sponsorship):
        """Return the unresolved conflicts as text; “resolved” if all are, None if there are none."""
        if not getattr(sponsorship, "flags", None):
            return None
        waiting = [str(flag.conflict.kind.label) for flag in sponsorship.flags if flag.resolution is None]
        return _("; ").join(waiting) or _("resolved")

    def get_page_rows(self, record):
        resolutions = ConflictResolution.objects.select_related("by", "on_behalf_of")
        return [*super().get_page_rows(record), Prefetch("resolutions", resolutions)]

    def prepare(self, record):
        super().prepare(record)
        record.flags = flags_of(record)
        return record

    def get_page_context(self, request, sponsorship):
        return {**super().get_page_context(request, sponsorship), **conflicts_context(sponsorship, request.user)}

    def conflict_view(self, request, object_id, kind):
        """Write how a conflict is resolved."""
        if kind not in ConflictKind.values:
            raise Http404
        sponsorship = self.open_record(request, object_id)
        conflict = next((row for row in unresolved(sponsorship) if row.kind == kind), None)
        facts = {"facts": conflict.facts if conflict else ""}
        help_text = _("Required. Only staff read it; it stays on the record, with your name and the day.")

        def why_not(sponsorship, user):
            gone = [] if conflict else [_("This conflict is no longer there, or has already been resolved.")]
            return why_not_resolve(sponsorship, user) + gone

        act = Act(
            label=_("Resolve the conflict"),
            effect=conflict.sentence if conflict else "",
            may=can_resolve,
            who=RESOLVING,
            why_not=why_not,
            do=lambda form, note: resolve(
                sponsorship, by=request.user, kind=kind, facts=form.cleaned_data["facts"], text=note
            ),
            done=_("%(record)s: the conflict is resolved.") % {"record": sponsorship},
            form=lambda data, record: ResolutionForm(data, initial=facts),
            note=partial(NoteForm, required=True, label=_("Resolution"), help_text=help_text),
        )
        return confirm(self, request, sponsorship, act)

    def counterparts_view(self, request, object_id):
        """Record the value of what the donor of a gift gets back, in euros."""
        sponsorship = self.open_record(request, object_id)
        act = Act(
            label=_("Value the counterparts"),
            effect=_(
                "Above a quarter of the gift, a resolution is needed. The value appears in the data of the tax receipt."
            ),
            may=can_resolve,
            who=RESOLVING,
            why_not=why_not_value,
            do=lambda form, note: value_counterparts(
                sponsorship, by=request.user, value=form.cleaned_data["value"], note=note
            ),
            done=_("%(record)s: the counterparts are valued.") % {"record": sponsorship},
            form=lambda data, record: CounterpartsForm(data, initial={"value": record.counterparts_value}),
            note=NoteForm,
        )
        return confirm(self, request, sponsorship, act)


def conflicts_context(sponsorship, user) -> dict:
    """Return the template context for a sponsorship's conflicts."""
    flags = flags_of(sponsorship)
    holding = [flag.resolution for flag in flags]
    context = {
        "flags": [(flag, _resolve_button(sponsorship, flag, user)) for flag in flags],
        "earlier_resolutions": [one for one in sponsorship.resolutions.all() if one not in holding],
    }
    if sponsorship.regime == Regime.PATRONAGE:
        value = sponsorship.counterparts_value
        context["counterparts"] = {
            "value": None if value is None else euros(value),
            "share": percent(round(value * 100 / sponsorship.amount))
            if value is not None and sponsorship.amount > ZERO
            else None,
            "button": _button(
                sponsorship, "counterparts", _("Value the counterparts"), why_not_value(sponsorship, user)
            ),
        }
    return context


def _resolve_button(sponsorship, flag, user) -> Button:
    kind = flag.conflict.kind.value
    return _button(sponsorship, "conflict", _("Resolve the conflict"), why_not_resolve(sponsorship, user), kind)


def _button(sponsorship, page, label, reasons, *args) -> Button:
    return Button(label, reverse(f"admin:sponsorships_sponsorship_{page}", args=[sponsorship.pk, *args]), reasons)
