"""The clusters that fund a chair, in the panel: the rows on its page, and the page where a manager agrees to a share."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chairs.models import ClusterShare
from chairs.perms import can_agree_share
from chairs.shares import AGREEING, agree, unbalanced, why_not_agree
from clusters.models import Cluster
from core.admin.base import ScopedTabularInline
from core.admin.confirmation import Act, confirm
from core.admin.formsets import OwnRowsFormSet


class ShareFormSet(OwnRowsFormSet):
    """Checks that the shares add up to 100 %, or that there are none."""

    def clean(self):
        super().clean()
        rows = [getattr(form, "cleaned_data", {}) for form in self.forms if form not in self.deleted_forms]
        shares = [(row["cluster"].pk, row["percent"]) for row in rows if row.get("cluster") and row.get("percent")]
        if any(self.errors):
            return
        if reasons := unbalanced(self.instance.cluster_id, shares):
            raise ValidationError([ValidationError(reason, code="unbalanced") for reason in reasons])


class ShareInline(ScopedTabularInline):
    """The shares of a chair. They are read-only once the chair runs, because figures depend on them."""

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
        return super().get_queryset(request).select_related("cluster", "agreed_by", "on_behalf_of")

    def get_field_queryset(self, db, db_field, request):
        """Offer every cluster, even those whose records the user does not see: any may fund a share."""
        if db_field.name == "cluster":
            return Cluster.objects.order_by("name")
        return super().get_field_queryset(db, db_field, request)

    def may_change_parent(self, request, parent):
        return (parent is None or parent.may_change_shares) and super().may_change_parent(request, parent)


class AgreeForm(forms.Form):
    """Holds the percentage that the user saw: if it has changed since, the agreement is refused."""

    template_name = "admin/act_form.html"

    percent = forms.DecimalField(max_digits=5, decimal_places=2, widget=forms.HiddenInput)


class SharesAdmin:
    """Adds to the chair's page the clusters' agreements, and the page to agree."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.agree_view)
        there = "<path:object_id>/shares/<int:share>/agree/"
        return [path(there, view, name="chairs_chair_agree"), *super().get_urls()]

    def get_page_rows(self, record):
        shares = ClusterShare.objects.select_related("cluster", "agreed_by", "on_behalf_of")
        return [*super().get_page_rows(record), Prefetch("shares", shares)]

    def get_page_context(self, request, chair):
        mine = [
            (share, reverse("admin:chairs_chair_agree", args=[chair.pk, share.pk]))
            for share in chair.shares.all()
            if share.agreed_at is None and not why_not_agree(share, request.user)
        ]
        return {**super().get_page_context(request, chair), "shares_to_agree": mine}

    def agree_view(self, request, object_id, share):
        """Ask for confirmation (GET), or agree for the cluster and return to the chair (POST)."""
        chair = self.open_record(request, object_id)
        shares = list(chair.shares.select_related("cluster", "chair__cluster", "agreed_by", "on_behalf_of"))
        mine = next((one for one in shares if one.pk == share), None)
        if mine is None:
            raise Http404
        said = {"cluster": mine.cluster, "share": mine.stated}
        act = Act(
            label=_("Agree to a share"),
            effect=_(
                "%(cluster)s counts %(share)s of what partners pay into this chair, and of its public grant. The chair "
                "can start once every cluster has agreed; from then on the shares are fixed."
            )
            % said,
            may=lambda _chair, user: can_agree_share(mine, user),
            who=AGREEING,
            why_not=lambda _chair, user: why_not_agree(mine, user),
            do=lambda form, note: agree(mine, by=request.user, percent=form.cleaned_data["percent"]),
            done=_("%(cluster)s agrees to its share.") % {"cluster": mine.cluster},
            form=lambda data, record: AgreeForm(data, initial={"percent": mine.percent}),
            facts=tuple((_whose(one, chair), _where_it_stands(one)) for one in shares),
            button=_("Agree to %(share)s for %(cluster)s") % said,
        )
        return confirm(self, request, chair, act)


def _whose(share: ClusterShare, chair) -> str:
    own = _("its own cluster")
    return f"{share.cluster} ({own})" if share.cluster_id == chair.cluster_id else str(share.cluster)


def _where_it_stands(share: ClusterShare) -> str:
    if share.agreed_at is None:
        return f"{share.stated} · " + _("not agreed yet")
    said = {"person": share.agreed_by_names, "day": date_format(timezone.localtime(share.agreed_at))}
    return f"{share.stated} · " + _("agreed by %(person)s on %(day)s") % said


def said_of(share: ClusterShare) -> str:
    """Return who agreed for the cluster, and when."""
    if share.agreed_at is None:
        return _("not yet")
    return _("%(person)s, %(day)s") % {"person": share.agreed_by_names, "day": date_format(share.agreed_at)}
