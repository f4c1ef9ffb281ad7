"""Start-ups in the admin panel: edited by the editors and managers of their cluster."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from chairs.enums import StartUpStage
from chairs.models import StartUp
from clusters.enums import Origin
from clusters.models import Cluster
from clusters.perms import has_role, has_role_anywhere
from clusters.scopes import EDITORS, clusters_with
from core.admin.base import ScopedAdmin
from core.admin.filters import ScopedRelatedFilter
from core.admin.namesakes import NamesakesForm, another_of_a_like_name, another_of_this_name
from core.admin.untold_addresses import settle_address
from core.similar_names import alike
from core.text import name_key

# Statements of a published source are read-only: the next load would overwrite an edit.
SOURCED_FIELDS = [
    "cluster",
    "name",
    "slug",
    "tie",
    "incubator",
    "founded_year",
    "website",
    "source_lines",
    "note_lines",
]
# Stages of a company that no longer exists.
OVER = (StartUpStage.CLOSED,)


class StartUpForm(NamesakesForm):
    """A start-up's form. A new name like a known one needs the user's confirmation that it is another start-up."""

    class Meta:
        model = StartUp
        fields = [
            *("cluster", "name", "slug", "summary_en", "summary_fr", "tie", "chairs", "people", "incubator"),
            *("founded_year", "stage", "is_alive", "alive_on", "website", "is_published"),
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("chairs", "people"):
            if self.instance.pk and name in self.fields:
                self._keep_chosen(name)

    def _keep_chosen(self, name: str) -> None:
        """Keep the record's present choices: saving must not remove one that the user could not choose now."""
        offered = self.fields[name].queryset
        chosen = getattr(self.instance, name).order_by().values("pk")
        either = Q(pk__in=offered.order_by().values("pk")) | Q(pk__in=chosen)
        self.fields[name].queryset = offered.model._default_manager.filter(either)

    def look_alikes(self):
        """Return the start-ups with a like name that the user sees: those that are public, or of their own clusters."""
        others = StartUp.objects.filter(Q(is_published=True) | Q(pk__in=StartUp.objects.visible_to(self.user)))
        return alike(others.exclude(pk=self.instance.pk), self.cleaned_data["name"])

    def said_of(self, record):
        is_known = record.name_key == name_key(self.cleaned_data["name"])
        return another_of_this_name(record) if is_known else another_of_a_like_name(record)

    def clean(self):
        cleaned = super().clean()
        self.notice_look_alikes()
        settle_address(self, cleaned.get("name") or "")
        self._check_life(cleaned)
        return cleaned

    def _check_life(self, cleaned) -> None:
        if cleaned.get("alive_on") and cleaned.get("is_alive") is None:
            self._refuse("is_alive", _t("Say whether it is still alive, or leave the day empty."), "alive_unsaid")
        if cleaned.get("stage") in OVER and cleaned.get("is_alive"):
            self._refuse("is_alive", _t("It has closed down: it cannot still be alive."), "alive_and_closed")
        founded, day = cleaned.get("founded_year"), cleaned.get("alive_on")
        if founded and day and day.year < founded <= timezone.localdate().year:
            self._refuse("alive_on", _t("It was not founded yet on this day."), "not_founded_yet")

    def _refuse(self, field: str, message: str, code: str) -> None:
        self.add_error(field, ValidationError(message, code=code))


@admin.register(StartUp)
class StartUpAdmin(ScopedAdmin):
    """The start-ups of the user's clusters: what they are, who is behind them, their present state."""

    form = StartUpForm
    add_title = _("Add a start-up")
    who_changes = _("You can only read this start-up. Editors and managers of its cluster change it.")
    list_display = [
        "name",
        "cluster",
        "tie",
        "stage",
        "founded_year",
        "incubator",
        "is_alive",
        "is_published",
        "origin",
    ]
    list_filter = [
        ("cluster", ScopedRelatedFilter),
        "tie",
        "stage",
        "is_alive",
        "is_published",
        "origin",
    ]
    list_select_related = ["cluster", "incubator"]
    list_deferred = ["summary_en", "summary_fr", "sources", "notes", "search_key"]
    is_list_prepared = True
    page_related = ["cluster", "incubator"]
    ordering = ["name_key", "pk"]
    search_fields = ["name_key", "incubator__name_key", "cluster__name", "cluster__acronym"]
    search_help_text = _("Name of the start-up, its incubator or its cluster.")
    autocomplete_fields = ["chairs", "people", "incubator"]

    @admin.display(description=_("sources"))
    def source_lines(self, start_up):
        return _lines(start_up.sources)

    @admin.display(description=_("notes"))
    def note_lines(self, start_up):
        return _lines(start_up.notes)

    # Who may do what.

    def can_add(self, user):
        return has_role_anywhere(user, EDITORS)

    def can_change(self, user, obj=None):
        return has_role_anywhere(user, EDITORS) if obj is None else has_role(user, obj.cluster_id, EDITORS)

    # The form.

    def get_fieldsets(self, request, obj=None):
        is_sourced = obj is not None and obj.origin == Origin.SOURCED
        what = ["cluster", "name", *([] if is_sourced else ["different_from"]), ("summary_en", "summary_fr"), "tie"]
        tie = _(
            "Say what ties it to the cluster: only what comes from its research counts as a spin-off, and the public "
            "reads which it is."
        )
        behind = _("The public reads the name of a person only where the person has a public page, and agreed to it.")
        fieldsets = [
            (_("The start-up"), {"description": tie, "fields": what}),
            (_("Who is behind it"), {"description": behind, "fields": ["chairs", "people", "incubator"]}),
            (_("Where it stands"), {"fields": [("founded_year", "stage"), ("is_alive", "alive_on"), "website"]}),
            (_("On the public pages"), {"fields": ["is_published", "slug"]}),
        ]
        if is_sourced:
            source = _("Loaded from a published source, and kept as it says.")
            fieldsets.append(
                (_("As the source says"), {"description": source, "fields": ["source_lines", "note_lines"]})
            )
        return fieldsets

    def get_readonly_fields(self, request, obj=None):
        if obj is not None and obj.origin == Origin.SOURCED:
            return SOURCED_FIELDS
        # The cluster is fixed, because its counts include the start-up.
        return ["cluster"] if obj is not None else []

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user, form.page = request.user, self
        return form

    def get_changeform_initial_data(self, request):
        mine = clusters_with(request.user, EDITORS)
        return {"cluster": mine[0] if len(mine) == 1 else None, **super().get_changeform_initial_data(request)}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "cluster":
            kwargs["queryset"] = Cluster.objects.filter(pk__in=clusters_with(request.user, EDITORS))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        self.tell_apart(field, request)
        return field

    def telling(self, record, user):
        return [str(record.founded_year or ""), record.slug]


def _lines(texts):
    return format_html_join("", "<div>{}</div>", ([text] for text in texts)) or "—"
