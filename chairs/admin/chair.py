from django.contrib import admin, messages
from django.db.models import Prefetch, Q
from django.forms import CheckboxSelectMultiple
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, ngettext

from chairs.addressees import investigators_of
from chairs.admin.adoption import AS_APPROVED, AS_CLOSED, AdoptionAdmin, AdoptionForm
from chairs.admin.adoption import EFFECT as ADOPTING
from chairs.admin.composition import CompositionAdmin
from chairs.admin.consent import ConsentAdmin
from chairs.admin.dashboard import sums, waiting_chairs, what_waits
from chairs.admin.fieldsets import SOURCED_FIELDS, STATED_FIELDS, Part
from chairs.admin.filters import BreachFilter, EndFilter
from chairs.admin.forms import CAN_BE_INCOMPLETE, ChairForm
from chairs.admin.investigators import InvestigatorsAdmin
from chairs.admin.output import ChairOutputsAdmin
from chairs.admin.search import search_chairs
from chairs.admin.shares import SharesAdmin
from chairs.admin.steps import ChairStepsAdmin
from chairs.adoption import WAYS
from chairs.composition import POSTED_AT, broken_rules_of
from chairs.enums import ChairStatus
from chairs.funding import funding
from chairs.models import Activity, Appointment, Chair, ChairKind, ChairOrganisation, TeachingElement
from chairs.perms import can_edit, changes_by_two
from chairs.search.index import indexed_once
from clusters.admin.second_person import SecondPersonAdmin
from clusters.enums import Origin
from clusters.models import Cluster, Person, Phase, Theme
from clusters.perms import can_write_to_people, has_role_anywhere
from clusters.scopes import EDITORS, clusters_of, clusters_with
from core.admin.base import ScopedAdmin
from core.admin.columns import computed_column
from core.admin.filters import ScopedRelatedFilter, WaitingFilter
from core.admin.lifecycle import LifecycleAdmin
from core.admin.steps import WHOLE, record_step
from core.admin.sums import SumsAdmin
from core.languages import columns_of
from core.on_behalf import hands_of

EFFECTS = {
    "adopt": ADOPTING,
    "adopt_approved": AS_APPROVED,
    "adopt_closed": AS_CLOSED,
    "submit": gettext_lazy("The chair is waiting for approval by the cluster's managers."),
    "request_changes": gettext_lazy("The chair goes back to its editors."),
    "approve": gettext_lazy("The chair becomes public at once, under the composition rule in force."),
    "activate": gettext_lazy("The public page says that the chair is running."),
    "suspend": gettext_lazy("The chair stays public, marked as paused, and accepts no new sponsors."),
    "resume": gettext_lazy("The public page says again that the chair is running."),
    "close": gettext_lazy(
        "The chair stays public as a record, marked as ended, once you have said what becomes of its sponsorships. "
        "This is final."
    ),
    "decline": gettext_lazy("The chair is refused. This is final."),
    "withdraw": gettext_lazy("The chair is withdrawn and leaves the public pages. This is final."),
}


# Columns that no list shows.
LONG_TEXTS = ["summary", "description", "topic", "axis", "programme", "sources", "notes", "conflicts"]


@admin.register(Chair)
class ChairAdmin(
    ChairStepsAdmin,
    AdoptionAdmin,
    SumsAdmin,
    CompositionAdmin,
    ConsentAdmin,
    SharesAdmin,
    ChairOutputsAdmin,
    InvestigatorsAdmin,
    SecondPersonAdmin,
    LifecycleAdmin,
    ScopedAdmin,
):
    """The page of a chair: what it is, who holds it, what it teaches, what can be funded in it."""

    form = ChairForm
    change_form_template = "chairs/admin/chair.html"
    add_title = gettext_lazy("Register a chair")
    who_changes = gettext_lazy("You can only read this chair. Editors and managers of its cluster change it.")
    list_display = [
        "__str__",
        "cluster",
        "kind",
        "investigators",
        "status",
        "breach",
        "ends_on",
        "origin",
    ]
    list_filter = [
        WaitingFilter,
        BreachFilter,
        EndFilter,
        "status",
        ("cluster", ScopedRelatedFilter),
        ("kind", ScopedRelatedFilter),
        ("phase", ScopedRelatedFilter),
        ("themes", ScopedRelatedFilter),
        "origin",
    ]
    list_select_related = ["cluster", "kind"]
    list_deferred = LONG_TEXTS
    verbs_at_once = {
        "submit": (),
        "request_changes": (),
        "approve": (),
        "activate": (),
        "suspend": (),
        "resume": (),
        "close": (),
        "decline": (),
        "withdraw": (),
    }
    verbs_held = {"approve", "decline"}
    export_columns = [
        *("title_en", "title_fr", "acronym", "slug", "phase", "starts_on", "ends_on", "submitted_at", "approved_at"),
        *("activated_at", "closed_at", "updated_at"),
    ]
    is_list_prepared = True
    page_related = ["cluster", "kind", "phase", "rule__kind", "registered_by"]
    ordering = ["-updated_at", "-pk"]
    date_hierarchy = None
    search_fields = [*columns_of("title"), "acronym", "slug", "appointments__person__name_key"]
    search_help_text = gettext_lazy("Words of the chair’s page, whole or their first letters; names of its people.")
    history_rows = ["appointments", "teaching", "activities", "organisations", "counted_outputs"]

    @property
    def verb_forms(self):
        """The forms of the verbs; `sponsorships`, an app above this one, gives those of the verbs that end a chair."""
        return {**dict.fromkeys(WAYS, AdoptionForm), **funding().ending_forms()}

    def get_queryset(self, request):
        posts = Appointment.objects.select_related("person").order_by("pk")
        shown = posts.only("chair", "role", "starts_on", "ends_on", "person__name")
        return super().get_queryset(request).prefetch_related(Prefetch("appointments", shown))

    def get_search_results(self, request, queryset, search_term):
        return search_chairs(queryset, search_term), False

    @admin.display(description=gettext_lazy("principal investigators"))
    def investigators(self, chair):
        """Return the names of today's investigators, or of the first ones if the chair has not begun."""
        day = chair.composition_date()
        posts = [post for post in chair.appointments.all() if post.is_investigator and post.runs_on(day)]
        return ", ".join(str(post.person) for post in posts) or "—"

    @admin.display(description=gettext_lazy("non-conforming since"), ordering="non_conforming_since")
    def breach(self, chair):
        return chair.non_conforming_since

    @admin.display(description=gettext_lazy("registered by"))
    def registrar(self, chair):
        """Return the registrar's name, without a link: only coordinators may open the account's page."""
        return chair.begun_by_names(chair.registered_by) or "—"

    @admin.display(description=gettext_lazy("sources"))
    def source_lines(self, chair):
        return _lines(chair.sources)

    @admin.display(description=gettext_lazy("notes"))
    def note_lines(self, chair):
        return _lines(chair.notes)

    @admin.display(description=gettext_lazy("values on which sources disagree"))
    def conflict_lines(self, chair):
        return _lines(
            f"{line.get('field')}: {line.get('value')} ({line.get('source') or '—'})" for line in chair.conflicts
        )

    def get_list_display(self, request):
        """Return the columns, without the cluster for staff of a single cluster."""
        columns = super().get_list_display(request)
        scope = clusters_of(request.user)
        is_of_one = not scope.is_national and len(scope.pks) == 1
        return [column for column in columns if column != "cluster" or not is_of_one]

    # Who may do what.

    def can_write_to_people(self, user):
        return can_write_to_people(user)

    def get_addressees(self, request, records):
        return investigators_of(records.values("pk"), request.user)

    def can_add(self, user):
        return has_role_anywhere(user, EDITORS)

    def can_change(self, user, obj=None):
        return has_role_anywhere(user, EDITORS) if obj is None else can_edit(obj, user)

    def can_delete(self, user, obj):
        """Allow deleting one's own draft that was never submitted: it has no history to keep."""
        never_sent = obj.status == ChairStatus.DRAFT and obj.submitted_at is None
        return never_sent and obj.registered_by_id in hands_of(user) and can_edit(obj, user)

    def get_choices(self, request):
        return Chair.objects.filter(cluster__in=clusters_with(request.user, EDITORS))

    def get_named_of(self, model, user):
        """Return also the people of chairs that the user's cluster helps to fund: the chair's page already names them."""
        named = super().get_named_of(model, user)
        if model is not Person:
            return named
        posts = Appointment.objects.filter(chair__in=Chair.objects.visible_to(user)).order_by()
        return Person.objects.filter(Q(pk__in=named.order_by().values("pk")) | Q(pk__in=posts.values("person")))

    # Sponsors rely on the dates of a running chair. For its investigators, see chairs/admin/investigators.py.

    guarded_fields = ("starts_on", "ends_on")

    def is_guarded(self, record):
        return changes_by_two(record)

    def guarding_cluster(self, record, user):
        return record.cluster if can_edit(record, user) else None

    # The page.

    def get_page_rows(self, record):
        rules = ["kind__rules"] if record.kind_id and not record.rule_id else []
        parts = {
            Part.PEOPLE: Prefetch("organisations", ChairOrganisation.objects.select_related("institution")),
            Part.ACTIVITIES: "activities",
            Part.TEACHING: "counted_outputs",
        }
        step = record_step(record)
        return [
            *super().get_page_rows(record),
            *rules,
            # The composition rules read these on each step.
            Prefetch("appointments", Appointment.objects.select_related("person__user", *POSTED_AT)),
            Prefetch("teaching", TeachingElement.objects.select_related("institution", "programme")),
            *(rows for part, rows in parts.items() if step in (WHOLE, part)),
        ]

    # The form.

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return []
        if obj.status == ChairStatus.SOURCED:
            return SOURCED_FIELDS
        fixed = ["cluster", "registrar", "registered_at", "rule", *(STATED_FIELDS if obj.is_from_a_source else [])]
        fixed += self.guarded_fields if self.is_guarded(obj) else ()
        return fixed if obj.is_forming else [*fixed, "kind", "slug"]

    def get_changeform_initial_data(self, request):
        mine = clusters_with(request.user, EDITORS)
        current = Phase.objects.filter(is_current=True).values_list("pk", flat=True).first()
        cluster = mine[0] if len(mine) == 1 else None
        return {"cluster": cluster, "phase": current, **super().get_changeform_initial_data(request)}

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if "kind" in form.base_fields:
            form.base_fields["kind"].required = True
        if "themes" in form.base_fields and obj is not None:
            themes = form.base_fields["themes"]
            themes.queryset = Theme.objects.filter(cluster=obj.cluster_id)
            themes.label_from_instance = str
        return form

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        mine = clusters_with(request.user, EDITORS)
        if db_field.name == "cluster":
            kwargs["queryset"] = Cluster.objects.filter(pk__in=mine)
        if db_field.name == "kind":
            kwargs["queryset"] = ChairKind.objects.filter(Q(clusters=None) | Q(clusters__in=mine)).distinct()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "themes":
            kwargs["widget"] = CheckboxSelectMultiple
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "themes":
            field.queryset = field.queryset.select_related("cluster")
            is_of_one = len(clusters_with(request.user, EDITORS)) == 1
            field.label_from_instance = str if is_of_one else lambda theme: f"{theme.cluster} · {theme}"
        return field

    def _create_formsets(self, request, obj, change):
        """Give the form its formsets: the composition rules check both together."""
        formsets, inlines = super()._create_formsets(request, obj, change)
        if request.method == "POST":
            obj.formsets = formsets
        return formsets, inlines

    # Saving.

    def save_model(self, request, obj, form, change):
        if not change:
            obj.registered_by = request.user
            obj.origin = Origin.REGISTERED
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        if formset.model is Activity:
            for row in formset.forms:
                if row.instance.pk is None:
                    row.instance.posted_by = request.user
        super().save_formset(request, form, formset, change)

    def save_related(self, request, form, formsets, change):
        with indexed_once():
            super().save_related(request, form, formsets, change)
        chair = form.instance
        # The progress bar of a draft already says what is missing.
        is_told = chair.status == ChairStatus.SOURCED or (
            record_step(chair) != WHOLE and chair.status in CAN_BE_INCOMPLETE
        )
        broken = [] if is_told else broken_rules_of(Chair.objects.get(pk=chair.pk))
        if broken:
            messages.warning(request, _saved_with(broken))

    def sums(self, records):
        return sums(records)

    def get_computed_columns(self, request):
        """Return the computed columns with the money of each chair that this user may see."""
        money = funding().money_of_chairs(request.user)
        return [computed_column(name, label, expression) for name, (label, expression) in money.items()]

    def get_waiting(self, user):
        return waiting_chairs(self.get_visible(user), user)

    def waits(self, user):
        return what_waits(self, user)

    def effect(self, verb):
        return str(EFFECTS.get(verb, ""))


def _lines(values):
    return format_html_join(mark_safe("<br>"), "{}", ((str(value),) for value in values)) or "—"


def _saved_with(broken: list[str]):
    """Return the warning that a saved chair breaks rules, with the rules to correct."""
    heading = ngettext(
        "Saved, but a composition rule is broken:", "Saved, but composition rules are broken:", len(broken)
    )
    return format_html("{}<ul>{}</ul>", heading, format_html_join("", "<li>{}</li>", ((s,) for s in broken)))
