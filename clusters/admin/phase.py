from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from clusters.models import Phase
from clusters.perms import can_keep_reference_data
from core.admin.base import ScopedAdmin
from core.languages import columns_of


class ReferenceAdmin(ScopedAdmin):
    """National reference data: all staff read it, the coordinator edits it."""

    who_changes = _("You can only read this record: it is national, and the coordinator maintains it.")

    def get_visible(self, user):
        return self.model._default_manager.all()

    def can_add(self, user):
        return can_keep_reference_data(user)

    def can_change(self, user, obj=None):
        return can_keep_reference_data(user)


@admin.register(Phase)
class PhaseAdmin(ReferenceAdmin):
    add_title = _("Add a phase")
    fields = ["slug", ("name_en", "name_fr"), ("start_year", "end_year"), "is_current"]
    list_display = ["__str__", "start_year", "end_year", "is_current"]
    search_fields = columns_of("name")
