"""The page on which the coordinator allows one act on a sponsorship to count in a closed year, with a reason."""

from functools import partial

from django import forms
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin.confirmation import Act, NoteForm, confirm
from core.admin.lifecycle import Button
from sponsorships.accounting.closed_years import (
    COORDINATING,
    allow_late,
    can_coordinate,
    closings_of,
    why_not_late,
)

LABEL = gettext_lazy("Allow a late entry")


class LateEntryForm(forms.Form):
    """Choose the closed year."""

    template_name = "admin/act_form.html"
    comes_first = True

    year = forms.TypedChoiceField(label=gettext_lazy("Closed year"), coerce=int)

    def __init__(self, *args, record=None, **kwargs):
        super().__init__(*args, **kwargs)
        years = sorted({one.year for one in closings_of(record)}, reverse=True)
        self.fields["year"].choices = [(year, str(year)) for year in years]


class LateEntriesAdmin:
    """Adds to a sponsorship's page the button and the page that allow one late act."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.late_view)
        return [path("<path:object_id>/late/", view, name="sponsorships_sponsorship_late"), *super().get_urls()]

    def get_page_context(self, request, sponsorship):
        context = super().get_page_context(request, sponsorship)
        if can_coordinate(sponsorship, request.user):
            address = reverse("admin:sponsorships_sponsorship_late", args=[sponsorship.pk])
            context["late"] = Button(str(LABEL), address, why_not_late(sponsorship, request.user))
        return context

    def late_view(self, request, object_id):
        """Ask for the year and the reason (GET), or allow the next act to count in the closed year (POST)."""
        sponsorship = self.open_record(request, object_id)
        act = Act(
            label=LABEL,
            effect=_(
                "The cluster’s staff can then record one act on this sponsorship that counts in the closed year. Your reason "
                "stands beside its entries wherever the changes of the year are listed."
            ),
            may=can_coordinate,
            who=COORDINATING,
            why_not=why_not_late,
            do=lambda form, note: allow_late(sponsorship, year=form.cleaned_data["year"], by=request.user, reason=note),
            done=_("One late act is allowed on this sponsorship."),
            form=lambda data, record: LateEntryForm(data, record=record),
            note=partial(NoteForm, required=True, label=_("Reason")),
        )
        return confirm(self, request, sponsorship, act)
