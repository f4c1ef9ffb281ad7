import datetime

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chairs.models import Activity

# Enough time to prepare a renewal or the last report.
SOON = datetime.timedelta(days=90)


def ending_soon(chairs):
    """Narrow chairs to those that end within 90 days, or have passed their last day without being closed."""
    return chairs.ending_by(timezone.localdate() + SOON)


class BreachFilter(admin.SimpleListFilter):
    title = _("composition rule")
    parameter_name = "rule"

    def lookups(self, request, model_admin):
        return [("broken", _("Breaks its rule"))]

    def queryset(self, request, queryset):
        return queryset.non_conforming() if self.value() == "broken" else queryset


class OpenFilter(admin.SimpleListFilter):
    title = _("open to sponsors")
    parameter_name = "open"

    def lookups(self, request, model_admin):
        return [("yes", _("Open to sponsors")), ("no", _("Closed, or the chair is not open to sponsors"))]

    def queryset(self, request, queryset):
        is_open = Q(pk__in=Activity.objects.open().values("pk"))
        return {"yes": queryset.filter(is_open), "no": queryset.exclude(is_open)}.get(self.value(), queryset)


class EndFilter(admin.SimpleListFilter):
    title = _("last day")
    parameter_name = "ends"

    def lookups(self, request, model_admin):
        return [("soon", _("Ends within 90 days"))]

    def queryset(self, request, queryset):
        return ending_soon(queryset) if self.value() == "soon" else queryset
