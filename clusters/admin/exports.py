"""The log of exported lists: in this app because staff roles decide who opens it."""

from django.apps import apps
from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusters.models import StaffRole
from clusters.scopes import MANAGERS, clusters_of, clusters_with
from core.admin.base import ScopedAdmin
from core.admin.filters import DayFilter
from core.models.lists import ListExport


class ListFilter(admin.SimpleListFilter):
    title = _("list")
    parameter_name = "list"

    def lookups(self, request, model_admin):
        taken = model_admin.get_visible(request.user).order_by().values_list("list_of", flat=True).distinct()
        return sorted(((label, name_of(label)) for label in taken), key=lambda choice: choice[1])

    def queryset(self, request, queryset):
        return queryset.filter(list_of=self.value()) if self.value() else queryset


@admin.register(ListExport)
class ListExportAdmin(ScopedAdmin):
    """The exports of lists: the user's own, those of a manager's team, and all for national staff."""

    who_changes = _("The log of exports is written by the exports alone.")
    list_display = ["at", "by_names", "listed", "rows", "format", "narrowed"]
    list_filter = [ListFilter, "format", ("at", DayFilter)]
    list_select_related = page_related = ["by", "on_behalf_of"]
    search_fields = ["by__name", "by__email", "on_behalf_of__name"]
    search_help_text = _("Name or address of who exported.")
    fields = ["at", "by_names", "listed", "narrowed", "rows", "format", "headings"]
    readonly_fields = ["at", "by_names", "listed", "narrowed", "rows", "format", "headings"]

    @admin.display(description=_("list"), ordering="list_of")
    def listed(self, export):
        return name_of(export.list_of)

    @admin.display(description=_("filters"))
    def narrowed(self, export):
        return export.in_reader_language()["filters"].replace("\n", " · ")

    @admin.display(description=_("columns"))
    def headings(self, export):
        return ", ".join(export.in_reader_language()["columns"])

    def get_visible(self, user):
        exports = ListExport.objects.all()
        if user.is_superuser or clusters_of(user).is_national:
            return exports
        mine, roles = clusters_with(user, MANAGERS), StaffRole.objects.order_by()
        team, elsewhere = roles.filter(cluster__in=mine), roles.exclude(cluster__in=mine)
        # A colleague with a role in another cluster may have exported there: this manager does not see it.
        of_team = Q(by__in=team.values("user")) & ~Q(by__in=elsewhere.values("user"))
        return exports.filter(Q(by=user.pk) | of_team)


def name_of(label: str) -> str:
    """Return the name of a list from its model's label."""
    name = str(apps.get_model(label)._meta.verbose_name_plural)
    return name[:1].upper() + name[1:]
