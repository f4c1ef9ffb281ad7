import datetime

from django.contrib import admin
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.admin.readers_queries import ask, known

# Of the day in an ISO date or moment.
ISO_LENGTH = 10


class WaitingFilter(admin.SimpleListFilter):
    """Shows the records that wait for the reader, as the front page counts them (`ScopedAdmin.get_waiting`)."""

    title = _("what awaits you")
    parameter_name = "waiting"

    def __init__(self, request, params, model, model_admin):
        self.model_admin = model_admin
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return [("me", _("Waiting for me"))]

    def queryset(self, request, queryset):
        if self.value() != "me":
            return queryset
        return queryset.filter(pk__in=self.model_admin.get_waiting(request.user).values("pk"))


class DayFilter(admin.DateFieldListFilter):
    """Filters by day. A period that is none of its choices is shown as one more, such as the last seven days of a saved view."""

    def choices(self, changelist):
        offered = list(super().choices(changelist))
        yield from offered
        if self.date_params and not any(choice["selected"] for choice in offered) and (period := self._period()):
            yield {"selected": True, "query_string": changelist.get_query_string(), "display": period}

    def _period(self) -> str:
        """Return the period in words; an empty text if it is none."""
        asked = (self.date_params.get(name) for name in (self.lookup_kwarg_since, self.lookup_kwarg_until))
        try:
            since, until = (text and parse_date(text[:ISO_LENGTH]) for text in asked)
        except ValueError:
            return ""
        if since and until:
            days = {"first": date_format(since), "last": date_format(until - datetime.timedelta(days=1))}
            return _t("%(first)s to %(last)s") % days
        if since:
            return _t("Since %(day)s") % {"day": date_format(since)}
        return _t("Before %(day)s") % {"day": date_format(until)} if until else ""


class ScopedRelatedFilter(admin.RelatedFieldListFilter):
    """Filters by a related record, and lists only those that the user may see."""

    def has_output(self):
        """Return whether to show the filter. A single choice is hidden, unless the URL filters by it."""
        return super().has_output() or bool(self.used_parameters)

    def queryset(self, request, queryset):
        """Filter the list; many-to-many relations by a subquery, because a join would repeat records."""
        if not self.used_parameters or not self.field.many_to_many:
            return super().queryset(request, queryset)
        found = super().queryset(request, queryset.model._base_manager.order_by())
        return queryset.filter(pk__in=found.values("pk"))

    def field_choices(self, field, request, model_admin):
        related_admin = model_admin.admin_site.get_model_admin(field.remote_field.model)
        ordering = self.field_admin_ordering(field, request, model_admin)

        def seen():
            records = related_admin.get_visible(request.user)
            return records.order_by(*ordering) if ordering else records

        reader, name = model_admin.admin_site.reads_as(request.user), ("choices", related_admin.opts.label, *ordering)
        return known(request, reader, name, lambda: [(one.pk, str(one)) for one in ask(reader, name, seen)])
