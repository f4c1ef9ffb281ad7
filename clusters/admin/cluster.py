from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.enums import Role
from clusters.models import Cluster, Director, Figure, Membership, Theme
from clusters.perms import can_edit_cluster, has_role, has_role_anywhere
from clusters.scopes import EDITORS, MANAGERS, clusters_with
from core.admin.base import ScopedAdmin, ScopedStackedInline, ScopedTabularInline
from core.admin.filters import ScopedRelatedFilter
from core.languages import columns_of
from core.slugs import free_address


class ClusterForm(forms.ModelForm):
    """A cluster's page. The grant and the identity come from published sources, and are read-only."""

    class Meta:
        model = Cluster
        fields = [
            "acronym",
            "website",
            "description_en",
            "description_fr",
            "office_contact",
            "office_email",
            "answers_within",
            "needs_four_eyes",
        ]

    def clean_needs_four_eyes(self):
        needed = self.cleaned_data["needs_four_eyes"]
        managers = self.instance.staff_roles.filter(role=Role.MANAGER).count()
        if not needed and managers > 1:
            raise ValidationError(
                _("The cluster has %(number)d managers: one can decide on what the other registered."),
                code="several_managers",
                params={"number": managers},
            )
        return needed


class MembershipInline(ScopedTabularInline):
    model = Membership
    fields = ["institution", "role", "source"]
    autocomplete_fields = ["institution"]


class ThemeForm(forms.ModelForm):
    class Meta:
        model = Theme
        fields = ["name_en", "name_fr", "slug", "phase"]

    def clean(self):
        cleaned = super().clean()
        name = cleaned.get("name_fr") or cleaned.get("name_en")
        if not name:
            self.add_error(
                "name_fr", ValidationError(_("Enter the name in one of the two languages."), code="required")
            )
        elif not cleaned.get("slug"):
            taken = Theme.objects.filter(cluster=self.instance.cluster_id).exclude(pk=self.instance.pk)
            self.instance.slug = cleaned["slug"] = free_address(name, taken)
        return cleaned


class ThemeInline(ScopedStackedInline):
    """The themes of a cluster. They can be renamed but not deleted: chairs belong to them."""

    model = Theme
    form = ThemeForm
    fields = [("name_en", "name_fr"), ("slug", "phase")]
    can_delete = False

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        if "slug" in formset.form.base_fields:
            formset.form.base_fields["slug"].required = False
        return formset


class FigureInline(ScopedStackedInline):
    model = Figure
    fields = [("label_en", "label_fr"), ("value", "qualifier", "unit"), ("as_of", "phase"), ("source", "note")]


class DirectorInline(ScopedStackedInline):
    model = Director
    fields = [("person", "role"), ("since", "as_of", "is_current"), ("source", "note")]
    autocomplete_fields = ["person"]


@admin.register(Cluster)
class ClusterAdmin(ScopedAdmin):
    form = ClusterForm
    who_changes = gettext_lazy("You can only read this cluster. Its own editors and managers change its page.")
    inlines = [ThemeInline, MembershipInline, DirectorInline, FigureInline]
    list_display = ["name", "city", "region", "start_year", "end_year"]
    search_fields = ["name", "acronym", "city", "region"]
    history_rows = ["themes"]
    stated = ["name", "slug", "city", "region", "public_grant", "public_grant_source", "start_year", "end_year"]
    fieldsets = [
        (
            None,
            {
                "description": gettext_lazy(
                    "What the public page of the cluster says. Write for a reader from outside."
                ),
                "fields": ["acronym", "website", ("description_en", "description_fr")],
            },
        ),
        (
            gettext_lazy("Whom partners ask"),
            {
                "description": gettext_lazy("Shown where a proposal begins and on each file of a partner."),
                "fields": ["office_contact", ("office_email", "answers_within")],
            },
        ),
        (gettext_lazy("How the cluster decides"), {"fields": ["needs_four_eyes"]}),
        (
            gettext_lazy("Stated by the national programme"),
            {
                "description": gettext_lazy("Loaded from published sources with their dates; not changed here."),
                "fields": stated,
                "classes": ["collapse"],
            },
        ),
    ]

    def get_named(self, user):
        return Cluster.objects.all()  # all are public

    def can_change(self, user, obj=None):
        return has_role_anywhere(user, EDITORS) if obj is None else can_edit_cluster(user, obj.pk)

    def get_readonly_fields(self, request, obj=None):
        decides = obj is not None and has_role(request.user, obj.pk, MANAGERS)
        return self.stated + ([] if decides else ["needs_four_eyes"])


@admin.register(Theme)
class ThemeAdmin(ScopedAdmin):
    """The themes that chairs can have, by cluster. They are edited on their cluster's page."""

    who_changes = gettext_lazy(
        "You can only read this theme. It is edited on its cluster's page, by the cluster's editors and managers."
    )

    list_display = ["__str__", "cluster", "phase"]
    list_filter = [("cluster", ScopedRelatedFilter), ("phase", ScopedRelatedFilter)]
    list_select_related = ["cluster", "phase"]
    search_fields = [*columns_of("name", "phase__name"), "cluster__name", "cluster__acronym"]
    fields = ["cluster", "phase", ("name_en", "name_fr"), "slug", "source", "note"]

    def get_visible(self, user):
        return Theme.objects.filter(cluster__in=Cluster.objects.visible_to(user))

    def get_choices(self, request):
        return Theme.objects.filter(cluster__in=clusters_with(request.user, EDITORS))
