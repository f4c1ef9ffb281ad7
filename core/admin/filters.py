from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.admin.readers_queries import ask, known


class WaitingFilter(admin.SimpleListFilter):
    """Records that wait for the reader: what the front page counts (`ScopedAdmin.get_waiting`)."""

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
    """A filter that lists only the related records that the person may see, and names none of another cluster's."""

    def has_output(self):
        """Return whether to show the filter: one cluster is no choice, but an address that names one is respected."""
        return super().has_output() or bool(self.used_parameters)

    def queryset(self, request, queryset):
        """Narrow the list; by a subquery where a record can have several of them, which joined would repeat it."""
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
