"""The panel's pages of overlaps, the people whom several intakes count, and of stated counts."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.admin.phase import ReferenceAdmin
from clusters.enums import Origin
from clusters.models import Cluster, IntakeOverlap, OverlapPart, StatedCount
from clusters.models.intake import obstacles_of_overlap
from clusters.perms import can_keep_reference_data, has_role_anywhere
from clusters.scopes import EDITORS, clusters_with
from core.admin.base import ScopedAdmin, ScopedStackedInline
from core.admin.formsets import OwnRowsFormSet
from core.languages import columns_of
from core.money import number


class PartFormSet(OwnRowsFormSet):
    """The intakes of an overlap, checked against each other and against the overlap's numbers."""

    user = None

    def clean(self):
        super().clean()
        lines = {form.cleaned_data["intake"].pk: form for form in self._filled()}
        intakes = [form.cleaned_data["intake"] for form in self._filled()]
        if any(self.errors) or self.instance.people is None:
            return
        for intake, error in obstacles_of_overlap(self.instance, intakes):
            self._say(lines.get(intake and intake.pk), error)
        self._check_whose(intakes)

    def _filled(self):
        kept = [form for form in self.forms if form not in self.deleted_forms and hasattr(form, "cleaned_data")]
        return [form for form in kept if form.cleaned_data.get("intake")]

    def _say(self, form, error: ValidationError) -> None:
        if form is None:
            self._non_form_errors.append(error)
        else:
            form.add_error("intake", error)

    def _check_whose(self, intakes) -> None:
        """Require an intake of the user's own cluster; the coordinator may declare any overlap."""
        mine = set(clusters_with(self.user, EDITORS))
        if intakes and not can_keep_reference_data(self.user) and not {one.cluster_id for one in intakes} & mine:
            raise ValidationError(_("One of the intakes must be of your own cluster."), code="of_others")


class PartInline(ScopedStackedInline):
    model = OverlapPart
    formset = PartFormSet
    fields = ["intake"]
    autocomplete_fields = ["intake"]
    verbose_name_plural = gettext_lazy("Intakes that count these people")

    def get_extra(self, request, obj=None, **kwargs):
        return 2 if obj is None else 1

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.user = request.user
        return formset


@admin.register(IntakeOverlap)
class IntakeOverlapAdmin(ScopedAdmin):
    add_title = gettext_lazy("Declare an overlap of intakes")
    who_changes = gettext_lazy("You can only read this overlap. Editors of the clusters in it change it.")
    inlines = [PartInline]
    list_display = ["__str__", "people", "completed", "women"]
    search_fields = [
        *("note", *columns_of("parts__intake__programme__name")),
        *("parts__intake__cluster__name", "parts__intake__cluster__acronym"),
    ]
    search_help_text = gettext_lazy("Programme, cluster, or a word of the note.")
    history_rows = ["parts"]
    fieldsets = [
        (
            None,
            {
                "description": gettext_lazy(
                    "People whom several intakes of one year each count: the nation counts them once. Somebody in three "
                    "intakes stands in one overlap of the three, and in none of two of them."
                ),
                "fields": ["people", ("completed", "women", "continuing"), "note"],
            },
        )
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("parts__intake__programme", "parts__intake__cluster")

    def get_page_rows(self, record):
        parts = OverlapPart.objects.select_related("intake__programme", "intake__cluster")
        return [*super().get_page_rows(record), Prefetch("parts", parts)]

    def can_add(self, user):
        return can_keep_reference_data(user) or has_role_anywhere(user, EDITORS)

    def can_change(self, user, obj=None):
        """Return whether the user may change the overlap: editors of a cluster in it, and the coordinator."""
        if obj is None or can_keep_reference_data(user):
            return self.can_add(user)
        mine = set(clusters_with(user, EDITORS))
        return any(part.intake.cluster_id in mine for part in obj.parts.all())

    def can_delete(self, user, obj):
        return self.can_change(user, obj)


@admin.register(StatedCount)
class StatedCountAdmin(ReferenceAdmin):
    """Counts that sources state; the coordinator enters those of press releases, with the source's address."""

    add_title = gettext_lazy("Add a stated count")
    who_changes = gettext_lazy(
        "You can only read this count. The coordinator enters them; those of the published files change with the files."
    )
    list_display = ["subject", "kind", "shown_value", "qualifier", "as_of", "about", "origin"]
    ordering = ["subject", "kind", "position", "pk"]
    list_filter = ["subject", "kind", "origin"]
    search_fields = ["note", "source", "clusters__name", "clusters__acronym"]
    search_help_text = gettext_lazy("Note, source or cluster.")
    fieldsets = [
        (
            None,
            {
                "description": gettext_lazy(
                    "A number as a source states it: shown with its source, never added to another. Without a cluster "
                    "it is the nation's."
                ),
                "fields": [
                    ("subject", "kind"),
                    ("value", "qualifier"),
                    ("as_of", "phase"),
                    "clusters",
                    "source",
                    "note",
                    "position",
                ],
            },
        )
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("clusters")

    def can_change(self, user, obj=None):
        return can_keep_reference_data(user) and (obj is None or obj.origin != Origin.SOURCED)

    def can_delete(self, user, obj):
        return self.can_change(user, obj)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs |= {"widget": CheckboxSelectMultiple, "queryset": Cluster.objects.order_by("name")}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=gettext_lazy("value"), ordering="value")
    def shown_value(self, count):
        return number(count.value) if count.value is not None else None

    @admin.display(description=gettext_lazy("of whom"))
    def about(self, count):
        return ", ".join(str(cluster) for cluster in count.clusters.all()) or _("the nation")
