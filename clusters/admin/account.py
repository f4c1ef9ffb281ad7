"""The panel's pages of accounts.

They are in this app because staff roles decide who opens them, and `accounts` knows no roles.
"""

from django.contrib import admin
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.perms import accounts_named_to, can_keep_reference_data
from clusters.scopes import clusters_of
from core.admin.base import ScopedAdmin


class NationalAdmin(ScopedAdmin):
    """Pages with people of all clusters: for the coordinator, the auditor and superusers."""

    def get_visible(self, user):
        national = user.is_superuser or clusters_of(user).is_national
        return self.model._default_manager.all() if national else self.model._default_manager.none()

    def has_view_permission(self, request, obj=None):
        scope = clusters_of(request.user)
        return super().has_view_permission(request, obj) and (request.user.is_superuser or scope.is_national)


class AccountForm(ModelForm):
    class Meta:
        model = User
        fields = ["email", "name", "language", "is_active"]

    def clean_email(self):
        return self.cleaned_data["email"].lower()


@admin.register(User)
class UserAdmin(NationalAdmin):
    """Accounts. Nobody reads or sets another person's password: the first sign-in uses a mailed code."""

    form = AccountForm
    add_title = _("Open an account")
    who_changes = _("You can only read this account. The coordinator opens and closes accounts.")
    list_display = ["email", "name", "language", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_active", "language"]
    search_fields = ["email", "name"]
    readonly_fields = ["is_staff", "last_login", "date_joined"]
    fieldsets = [
        (
            None,
            {
                "description": _(
                    "No password is set here: the person signs in with a code sent to their address, and may then choose one."
                ),
                "fields": ["email", "name", "language", "is_active"],
            },
        ),
        (_("What the site knows"), {"fields": ["is_staff", "last_login", "date_joined"]}),
    ]

    def get_named(self, user):
        return accounts_named_to(user)

    def can_add(self, user):
        return can_keep_reference_data(user)

    def can_change(self, user, obj=None):
        """Return whether the user may change accounts; only a superuser may change a superuser's."""
        return can_keep_reference_data(user) and (obj is None or user.is_superuser or not obj.is_superuser)

    def get_readonly_fields(self, request, obj=None):
        own = ["is_active"] if obj == request.user else []
        return [*self.readonly_fields, *own, *(["email"] if obj else [])]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
