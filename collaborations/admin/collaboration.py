"""Collaborations and their participants: the keeping cluster edits a record, the other clusters in it read it."""

from django.contrib import admin
from django.db.models import Q
from django.forms import CheckboxSelectMultiple
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from chairs.models import Chair
from clusters.enums import Origin
from clusters.models import Cluster
from clusters.perms import can_keep_reference_data, has_role_anywhere
from clusters.scopes import EDITORS, clusters_with
from collaborations.admin.forms import CollaborationForm, ParticipantForm, ParticipantFormSet
from collaborations.countries import name_of
from collaborations.models import Collaboration, Participant
from collaborations.perms import can_edit_collaboration
from collaborations.templatetags.collaboration_blocks import countries_named, period_of
from core.admin.base import ScopedAdmin, ScopedStackedInline
from core.admin.choices import OfferedKeysField
from core.admin.filters import ScopedRelatedFilter
from core.languages import columns_of
from core.money import euros

WHAT = gettext_lazy("What several clusters do together, or one of them with others. Text in one language is enough.")
WHOSE = gettext_lazy(
    "The cluster that keeps the record edits it; the staff of every cluster that takes part read it. Without one, the "
    "national coordinator keeps it."
)
MONEY = gettext_lazy("With money, say below who pays which share of it: together they make 100%.")
STATED = gettext_lazy(
    "Loaded from published sources, as are the fields above that only read: the next load would undo a change."
)
# What the published file states of a collaboration, and of its participants.
STATED_FIELDS = [
    *("kept_by", "clusters", "title_en", "title_fr", "kind", "country_names", "starts", "ends"),
    *("is_intended", "people", "funding", "slug"),
]
STATED_OF_PARTICIPANT = ["cluster", "institution", "name", "kind"]


class ParticipantInline(ScopedStackedInline):
    """The participants. For a sourced collaboration, only shares and countries are entered here."""

    model = Participant
    form = ParticipantForm
    formset = ParticipantFormSet
    verbose_name_plural = gettext_lazy("Who takes part, and who pays")
    autocomplete_fields = ["institution"]

    def get_extra(self, request, obj=None, **kwargs):
        return 1 if obj is None else 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("cluster", "institution")

    def get_fields(self, request, obj=None):
        """Show the country's name to users who only read."""
        country = "country" if self.may_change_parent(request, obj) else "country_named"
        return [("cluster", "institution"), ("name", "kind"), (country, "percent")]

    def get_readonly_fields(self, request, obj=None):
        stated = STATED_OF_PARTICIPANT if _is_sourced(obj) else []
        return stated if self.may_change_parent(request, obj) else [*stated, "country_named"]

    @admin.display(description=gettext_lazy("country"))
    def country_named(self, participant):
        return name_of(participant.country) if participant.country else "—"

    def has_add_permission(self, request, obj):
        return not _is_sourced(obj) and super().has_add_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return not _is_sourced(obj) and super().has_delete_permission(request, obj)

    def get_field_queryset(self, db, db_field, request):
        """Offer every cluster, even those whose records the user does not see: any may take part."""
        if db_field.name == "cluster":
            return Cluster.objects.order_by("name")
        return super().get_field_queryset(db, db_field, request)


@admin.register(Collaboration)
class CollaborationAdmin(ScopedAdmin):
    form = CollaborationForm
    inlines = [ParticipantInline]
    add_title = gettext_lazy("Add a collaboration")
    who_changes = gettext_lazy(
        "You can only read this collaboration. The editors and managers of the cluster that keeps it edit it; the "
        "national coordinator, where no cluster does."
    )
    list_display = ["title", "kind", "kept_by", "period", "money", "is_published", "origin"]
    list_filter = [("kept_by", ScopedRelatedFilter), "kind", "is_published", "origin"]
    list_select_related = ["kept_by"]
    list_deferred = ["summary_en", "summary_fr", "sources", "notes", "stated_counts"]
    ordering = ["-updated_at", "-pk"]
    page_related = ["kept_by"]
    search_fields = [
        *(*columns_of("title"), "slug", "participants__name", "participants__institution__name_key"),
        *("kept_by__name", "kept_by__acronym"),
    ]
    search_help_text = gettext_lazy("Title of the collaboration, who takes part, or the cluster that keeps it.")
    autocomplete_fields = ["chairs"]
    history_rows = ["participants"]
    shown = ["country_names", "source_lines", "note_lines"]

    def can_add(self, user):
        return has_role_anywhere(user, EDITORS) or can_keep_reference_data(user)

    def can_change(self, user, obj=None):
        return self.can_add(user) if obj is None else can_edit_collaboration(user, obj)

    def get_fieldsets(self, request, obj=None):
        is_typed = self.has_change_permission(request, obj) and not _is_sourced(obj)
        countries = "countries" if is_typed else "country_names"
        with_whom = ["kept_by", "clusters", "chairs", countries]
        fieldsets = [
            (
                None,
                {
                    "description": WHAT,
                    "fields": [("title_en", "title_fr"), ("summary_en", "summary_fr"), "kind", "website"],
                },
            ),
            (gettext_lazy("With whom"), {"description": WHOSE, "fields": with_whom}),
            (gettext_lazy("When"), {"fields": [("starts", "ends"), "is_intended"]}),
            (gettext_lazy("People and money"), {"description": MONEY, "fields": [("people", "funding")]}),
            (gettext_lazy("Public page"), {"fields": ["is_published", "slug"]}),
        ]
        if _is_sourced(obj):
            said = {"description": STATED, "fields": ["source_lines", "note_lines"]}
            fieldsets.append((gettext_lazy("As the source says"), said))
        return fieldsets

    def get_readonly_fields(self, request, obj=None):
        return [*self.shown, *STATED_FIELDS] if _is_sourced(obj) else self.shown

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        for name in ("slug", "clusters", "chairs"):
            if name in form.base_fields:
                form.base_fields[name].required = False
        if "kept_by" in form.base_fields:
            form.base_fields["kept_by"].required = not can_keep_reference_data(request.user)
        return form

    def get_changeform_initial_data(self, request):
        mine = clusters_with(request.user, EDITORS)
        return {"kept_by": mine[0] if len(mine) == 1 else None, **super().get_changeform_initial_data(request)}

    def get_field_queryset(self, db, db_field, request):
        if db_field.name == "kept_by":
            mine = clusters_with(request.user, EDITORS)
            return (
                Cluster.objects.all() if can_keep_reference_data(request.user) else Cluster.objects.filter(pk__in=mine)
            )
        if db_field.name == "clusters":
            return Cluster.objects.order_by("name")
        if db_field.name == "chairs":
            mine = Chair.objects.visible_to(request.user).order_by().values("pk")
            public = Chair.objects.published().order_by().values("pk")
            return Chair.objects.filter(Q(pk__in=mine) | Q(pk__in=public)).select_related("cluster")
        return super().get_field_queryset(db, db_field, request)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "clusters":
            kwargs |= {"widget": CheckboxSelectMultiple, "form_class": OfferedKeysField}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.origin = Origin.REGISTERED
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not _is_sourced(form.instance):
            take_in_participants(form.instance)

    @admin.display(description=gettext_lazy("period"), ordering="starts")
    def period(self, collaboration):
        return period_of(collaboration)

    @admin.display(description=gettext_lazy("money (€)"), ordering="funding")
    def money(self, collaboration):
        return euros(collaboration.funding) if collaboration.funding else None

    @admin.display(description=gettext_lazy("countries"))
    def country_names(self, collaboration):
        return ", ".join(countries_named(collaboration)) or "—"

    @admin.display(description=gettext_lazy("sources"))
    def source_lines(self, collaboration):
        return _lines(collaboration.sources)

    @admin.display(description=gettext_lazy("notes"))
    def note_lines(self, collaboration):
        return _lines(collaboration.notes)


def take_in_participants(collaboration: Collaboration) -> None:
    """Add the clusters and countries of the participants, and the keeping cluster, to the collaboration's own."""
    rows = list(collaboration.participants.all())
    collaboration.clusters.add(*filter(None, [collaboration.kept_by_id, *(row.cluster_id for row in rows)]))
    countries = sorted({*collaboration.countries, *filter(None, (row.country for row in rows))})
    if countries != collaboration.countries:
        collaboration.countries = countries
        collaboration.save(update_fields=["countries"])


def _is_sourced(collaboration) -> bool:
    return collaboration is not None and collaboration.origin == Origin.SOURCED


def _lines(values):
    return format_html_join(mark_safe("<br>"), "{}", ((str(value),) for value in values)) or "—"
