from django.contrib import admin


class ScopedRelatedFilter(admin.RelatedFieldListFilter):
    """A filter that lists only the related records that the person may see, and names none of another cluster's."""

    def field_choices(self, field, request, model_admin):
        related_admin = model_admin.admin_site.get_model_admin(field.remote_field.model)
        seen = related_admin.get_visible(request.user).values("pk")
        ordering = self.field_admin_ordering(field, request, model_admin)
        return field.get_choices(include_blank=False, ordering=ordering, limit_choices_to={"pk__in": seen})
