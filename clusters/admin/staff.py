from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.models import Cluster, StaffRole
from clusters.perms import can_keep_reference_data
from clusters.scopes import clusters_of
from clusters.team import close_panel, open_panel, why_not_lower
from core.admin.base import ScopedAdmin
from core.admin.filters import ScopedRelatedFilter
from core.admin.record_page import change_url


class StaffRoleForm(ModelForm):
    """A role, which users cannot grant to themselves."""

    granted_by = None

    class Meta:
        model = StaffRole
        fields = ["user", "cluster", "role"]

    def clean_user(self):
        user = self.cleaned_data["user"]
        if user == self.granted_by and not user.is_superuser:
            raise ValidationError(_("Somebody else grants you your roles."), code="own_role")
        return user


@admin.register(StaffRole)
class StaffRoleAdmin(ScopedAdmin):
    """The roles of staff. The coordinator edits them; each cluster reads its own."""

    form = StaffRoleForm
    add_title = gettext_lazy("Grant a role")
    who_changes = gettext_lazy("A role is granted or taken back by the coordinator, never rewritten into another.")
    list_display = ["user", "cluster", "role"]
    list_filter = [("cluster", ScopedRelatedFilter), "role"]
    list_select_related = ["user", "cluster"]
    search_fields = ["user__name", "cluster__name", "cluster__acronym"]
    search_help_text = gettext_lazy("Name of the person, or of the cluster.")
    autocomplete_fields = ["user"]
    fieldsets = [
        (
            None,
            {
                "description": gettext_lazy(
                    "A role opens the admin panel to its holder. Readers only look; editors register and submit; "
                    "managers also decide; finance officers follow the money. The coordinator and the auditor see all clusters."
                ),
                "fields": ["user", "cluster", "role"],
            },
        )
    ]

    @admin.display(description=gettext_lazy("account"))
    def holder(self, staff_role):
        """Return the account's name, without a link: only coordinators may open its page."""
        return staff_role.user

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return self.fieldsets
        return [(None, {"fields": ["holder", "cluster", "role"]})]

    def get_readonly_fields(self, request, obj=None):
        return [] if obj is None else ["holder", "cluster", "role"]

    def get_visible(self, user):
        scope = clusters_of(user)
        roles = StaffRole.objects.all()
        return roles if user.is_superuser or scope.is_national else roles.filter(cluster__in=scope.pks)

    def can_add(self, user):
        return can_keep_reference_data(user)

    def can_change(self, user, obj=None):
        """Refuse changes: a role is granted or taken back, never turned into another."""
        return False

    def can_delete(self, user, obj):
        return can_keep_reference_data(user) and (obj.user_id != user.pk or user.is_superuser)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "user":
            kwargs["queryset"] = self.get_field_queryset(None, db_field, request).filter(is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.granted_by = request.user
        return form

    def save_model(self, request, obj, form, change):
        was_off = obj.cluster is not None and not obj.cluster.needs_four_eyes
        super().save_model(request, obj, form, change)
        if was_off and Cluster.objects.get(pk=obj.cluster_id).needs_four_eyes:
            sentence = _("%(cluster)s has several managers: from now on its decisions take two people.")
            messages.info(request, sentence % {"cluster": obj.cluster})
        if open_panel(obj.user):
            messages.info(request, _("%(user)s can now open the admin panel.") % {"user": obj.user})

    def delete_view(self, request, object_id, extra_context=None):
        """Refuse to take back the role of a cluster's last manager."""
        with transaction.atomic():
            role = self.get_object(request, unquote(object_id))
            if self.has_delete_permission(request, role) and (reasons := why_not_lower(role, request.user)):
                messages.error(request, " ".join(reasons))
                return HttpResponseRedirect(change_url(role))
            return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request, obj):
        user = obj.user
        super().delete_model(request, obj)
        if close_panel(user):
            messages.info(request, _("%(user)s can no longer open the admin panel.") % {"user": user})
