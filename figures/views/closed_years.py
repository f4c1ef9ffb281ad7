"""A cluster's managers close a past year; the coordinator reopens it. Both acts have a confirmation page."""

from functools import partial

from django import forms
from django.contrib import admin
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from clusters.models import Cluster
from core.admin.confirmation import Act, NoteForm, confirm
from core.past_addresses import record_at
from sponsorships.accounting.closed_years import (
    CLOSING,
    COORDINATING,
    can_close,
    can_coordinate,
    closable_years,
    close,
    reopen,
    why_not_close,
    why_not_reopen,
)
from sponsorships.models import ClosedYear


class YearForm(forms.Form):
    """Chooses a past year that is not closed yet."""

    template_name = "admin/act_form.html"
    comes_first = True

    year = forms.TypedChoiceField(label=gettext_lazy("Year"), coerce=int)

    def __init__(self, *args, record=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in closable_years(record)]


def desk(view):
    guarded = admin.site.admin_view(never_cache(view))
    guarded.__name__ = view.__name__
    return guarded


@desk
def close_year(request, slug):
    cluster = record_at(Cluster.objects.visible_to(request.user), slug)
    act = Act(
        label=_("Close a year"),
        effect=_(
            "From then on nothing more counts from a day in that year, on any form, import or command, unless the national "
            "coordinator allows it and says why. Figures as known on this day can be asked for at any time."
        ),
        may=can_close,
        who=CLOSING,
        why_not=why_not_close,
        do=lambda form, note: close(cluster, year=form.cleaned_data["year"], by=request.user, note=note),
        done=lambda closed: _("%(year)d is closed.") % {"year": closed.year},
        form=lambda data, record: YearForm(data, record=record),
        note=NoteForm,
        **_leads_back(cluster),
    )
    return confirm(_page(), request, cluster, act)


@desk
def reopen_year(request, slug, pk):
    cluster = record_at(Cluster.objects.visible_to(request.user), slug)
    closed = get_object_or_404(ClosedYear.objects.select_related("closed_by"), pk=pk, cluster=cluster)
    if closed.reopened_at is not None and request.method != "POST":
        raise Http404
    act = Act(
        label=_("Open %(year)d again") % {"year": closed.year},
        effect=_(
            "The cluster’s staff can record what counts in that year, as in any other. That it was closed stays on record."
        ),
        may=can_coordinate,
        who=COORDINATING,
        why_not=lambda cluster, user: why_not_reopen(closed, user),
        do=lambda form, note: reopen(closed, by=request.user, reason=note),
        done=_("%(year)d is open again.") % {"year": closed.year},
        note=partial(NoteForm, required=True, label=_("Reason")),
        **_leads_back(cluster),
    )
    return confirm(_page(), request, cluster, act)


def _page():
    """Return the panel's page of the cluster, which frames the confirmations."""
    return admin.site._registry[Cluster]


def _leads_back(cluster: Cluster) -> dict:
    there = reverse("panel_figures:cluster", args=[cluster.slug])
    return {"goes_to": lambda done: there, "shows": lambda record: {"record_url": there}}
