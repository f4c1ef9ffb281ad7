"""Which clusters fund a chair, in the panel: the rows on its page, and the page on which a manager agrees to a share."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chairs.models import ClusterShare
from chairs.perms import can_agree_share
from chairs.shares import AGREEING, agree, unbalanced, why_not_agree
from clusters.admin.base import ScopedTabularInline
from clusters.admin.formsets import OwnRowsFormSet
from clusters.models import Cluster
from core.verbs import Refused


class ShareFormSet(OwnRowsFormSet):
    """The rows add up to a whole, or there are none."""

    def clean(self):
        super().clean()
        rows = [getattr(form, "cleaned_data", {}) for form in self.forms if form not in self.deleted_forms]
        shares = [(row["cluster"].pk, row["percent"]) for row in rows if row.get("cluster") and row.get("percent")]
        if any(self.errors):
            return
        if reasons := unbalanced(self.instance.cluster_id, shares):
            raise ValidationError([ValidationError(reason, code="unbalanced") for reason in reasons])


class ShareInline(ScopedTabularInline):
    """Once the chair runs, figures count on its shares: from then on they are only read."""

    model = ClusterShare
    formset = ShareFormSet
    verbose_name = gettext_lazy("cluster’s share")
    verbose_name_plural = gettext_lazy("Clusters that fund it")
    fields = ["cluster", "percent", "agreement"]
    readonly_fields = ["agreement"]
    classes = ["collapse"]

    @admin.display(description=gettext_lazy("agreed"))
    def agreement(self, share):
        return said_of(share) if share.pk else "—"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("cluster", "agreed_by")

    def get_field_queryset(self, db, db_field, request):
        """Every cluster may fund a part, those whose records the person does not see too."""
        if db_field.name == "cluster":
            return Cluster.objects.order_by("name")
        return super().get_field_queryset(db, db_field, request)

    def may_change_parent(self, request, parent):
        return (parent is None or parent.may_change_shares) and super().may_change_parent(request, parent)


class AgreeForm(forms.Form):
    """Carries the percentage that the person read: if it has changed, nothing is agreed."""

    percent = forms.DecimalField(max_digits=5, decimal_places=2, widget=forms.HiddenInput)


class SharesAdmin:
    """Adds to the chair's page what each cluster agreed to, and the page to agree."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.agree_view)
        there = "<path:object_id>/shares/<int:share>/agree/"
        return [path(there, view, name="chairs_chair_agree"), *super().get_urls()]

    def get_page_rows(self, record):
        shares = ClusterShare.objects.select_related("cluster", "agreed_by")
        return [*super().get_page_rows(record), Prefetch("shares", shares)]

    def get_page_context(self, request, chair):
        mine = [
            (share, reverse("admin:chairs_chair_agree", args=[chair.pk, share.pk]))
            for share in chair.shares.all()
            if share.agreed_at is None and not why_not_agree(share, request.user)
        ]
        return {**super().get_page_context(request, chair), "shares_to_agree": mine}

    def agree_view(self, request, object_id, share):
        """Confirm (GET), or bind the cluster and go back to the chair (POST)."""
        chair = self.get_object(request, unquote(object_id))
        share = get_object_or_404(chair.shares.select_related("cluster", "chair__cluster", "agreed_by"), pk=share)
        if not can_agree_share(share, request.user):
            raise PermissionDenied(str(AGREEING))
        reasons = why_not_agree(share, request.user)
        back = reverse("admin:chairs_chair_change", args=[chair.pk])
        form = AgreeForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            try:
                agree(share, by=request.user, percent=form.cleaned_data["percent"])
            except Refused as refused:
                reasons = refused.reasons
            else:
                messages.success(request, _("%(cluster)s agrees to its share.") % {"cluster": share.cluster})
                return HttpResponseRedirect(back)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Agree to a share"),
            "subtitle": str(chair),
            "opts": self.opts,
            "original": chair,
            "share": share,
            "shares": chair.shares.select_related("cluster", "agreed_by"),
            "reasons": reasons,
            "record_url": back,
        }
        return TemplateResponse(request, "admin/agree_share.html", context)


def said_of(share: ClusterShare) -> str:
    """Return who bound the cluster, and when."""
    if share.agreed_at is None:
        return _("not yet")
    return _("%(person)s, %(day)s") % {"person": share.agreed_by, "day": date_format(share.agreed_at)}
