from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.admin.readers_queries import ask, known


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
