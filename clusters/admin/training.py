"""Training programmes and their intakes: one cluster edits the programme, each cluster enters its own intakes."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import CheckboxSelectMultiple
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clusters.enums import Origin
from clusters.models import Cluster, Intake, Theme, TrainingProgramme
from clusters.perms import can_edit_programme, can_enter_intakes, has_role_anywhere
from clusters.scopes import EDITORS, clusters_with
from clusters.training_counts import people_by_year
from core.admin.base import ScopedAdmin, ScopedStackedInline
from core.admin.choices import look_up_once
from core.admin.filters import ScopedRelatedFilter
from core.admin.record_page import change_url
from core.admin.untold_addresses import settle_address
from core.languages import columns_of
from core.money import number

WHAT = gettext_lazy("What a student, or somebody who works already, would look for. Text in one language is enough.")
APPLY = gettext_lazy("What a reader acts on: without a page to apply on, the programme's page says whom to ask.")
PEOPLE = gettext_lazy(
    "Each cluster enters its own people below. Somebody whom two intakes count is declared as an overlap, so that the "
    "nation counts them once."
)
PEOPLE_LATER = gettext_lazy("Save the programme first: then each cluster enters how many people a year brings.")
STATED = gettext_lazy("Loaded from published sources, as are the fields above that only read; not changed here.")


class ProgrammeForm(forms.ModelForm):
    """A programme's form: its name is unique in its cluster, and gives the slug."""

    # Set by the admin for each request.
    user = None

    class Meta:
        model = TrainingProgramme
        fields = ["cluster", "shared_with", "name_en", "name_fr", "slug"]

    def clean(self):
        cleaned = super().clean()
        cluster = cleaned.get("cluster") or (self.instance.cluster if self.instance.cluster_id else None)
        shared = cleaned.get("shared_with")
        if shared is not None and cluster in shared:
            sentence = _("%(cluster)s keeps the programme: name the other clusters that share it.")
            self._refuse("shared_with", sentence % {"cluster": cluster}, "shared_with_itself")
        if shared is not None and self.instance.pk:
            self._keep_who_counts(shared)
        self._clean_name(cleaned, cluster)
        return cleaned

    def _keep_who_counts(self, shared) -> None:
        """Refuse to remove a cluster with intakes here: it could no longer see them."""
        staying = [self.instance.cluster_id, *(one.pk for one in shared)]
        counting = Cluster.objects.filter(intakes__programme=self.instance).exclude(pk__in=staying).distinct()
        for cluster in counting:
            sentence = _(
                "%(cluster)s has entered people into this programme: leave it among those that share it, or let it "
                "take its intakes back first."
            )
            self._refuse("shared_with", sentence % {"cluster": cluster}, "counts_people")

    def _clean_name(self, cleaned, cluster) -> None:
        """Require a name in one language, refuse a duplicate in the cluster, and fill in the slug."""
        languages = [name for name in ("name_en", "name_fr") if name in self.fields]
        names = {name: cleaned.get(name) or getattr(self.instance, name) for name in ("name_en", "name_fr")}
        if languages and not any(names.values()):
            self._refuse(languages[0], _("Enter the name in one of the two languages."), "required")
            return
        others = TrainingProgramme.objects.exclude(pk=self.instance.pk)
        for name in languages:
            if cluster and names[name] and others.filter(cluster=cluster, **{f"{name}__iexact": names[name]}).exists():
                sentence = _("%(cluster)s already has a programme of this name. Open that one, or change the name.")
                self._refuse(name, sentence % {"cluster": cluster}, "name_taken")
        settle_address(self, names["name_fr"] or names["name_en"] or "")

    def _refuse(self, field: str, message: str, code: str) -> None:
        self.add_error(field if field in self.fields else None, ValidationError(message, code=code))


class IntakeInline(ScopedStackedInline):
    """The intakes of the user's own clusters, to edit; readers see those of every cluster."""

    model = Intake
    verbose_name_plural = gettext_lazy("People, by academic year")
    fields = [("cluster", "year"), ("enrolled", "completed"), ("women", "continuing"), ("source", "note")]

    def get_extra(self, request, obj=None, **kwargs):
        return 1

    def get_queryset(self, request):
        intakes = super().get_queryset(request).select_related("cluster", "programme")
        mine = clusters_with(request.user, EDITORS)
        return intakes.filter(cluster__in=mine) if mine else intakes

    def get_formset(self, request, obj=None, **kwargs):
        """Offer the clusters for which this user enters intakes of this programme."""
        formset = super().get_formset(request, obj, **kwargs)
        if cluster := formset.form.base_fields.get("cluster"):
            mine = _entering(obj, request.user)
            cluster.queryset = Cluster.objects.filter(pk__in=mine)
            look_up_once(cluster, request, self.admin_site.reads_as(request.user), is_usual=False)
            cluster.initial = mine[0] if len(mine) == 1 else None
        return formset


def _entering(programme, user) -> list[int]:
    """Return the clusters for which this user enters intakes of the programme."""
    mine = clusters_with(user, EDITORS)
    has_it = {programme.cluster_id, *programme.shared_with.values_list("pk", flat=True)}
    return [cluster for cluster in mine if cluster in has_it]


@admin.register(TrainingProgramme)
class TrainingProgrammeAdmin(ScopedAdmin):
    form = ProgrammeForm
    add_title = gettext_lazy("Add a training programme")
    who_changes = gettext_lazy(
        "You can only read this programme. The cluster that keeps it edits it; those that share it enter their people."
    )
    list_display = ["__str__", "cluster", "level", "audience", "is_published", "origin"]
    list_filter = [("cluster", ScopedRelatedFilter), "level", "audience", "teaching_language", "is_published", "origin"]
    list_select_related = ["cluster"]
    list_deferred = ["summary_en", "summary_fr", "sources", "notes", "conflicts", "stated_intakes"]
    ordering = ["-updated_at", "-pk"]
    page_related = ["cluster"]
    search_fields = [*columns_of("name"), "slug", "cluster__name", "cluster__acronym"]
    search_help_text = gettext_lazy("Name of the programme, or of the cluster.")
    autocomplete_fields = ["institutions"]
    history_rows = ["intakes"]
    shown = ["counted_people", "other_intakes", "source_lines", "note_lines", "intake_lines"]

    def get_choices(self, request):
        """Return the programmes that a chair may teach in: public ones, and drafts that the user sees."""
        mine = self.get_visible(request.user).order_by().values("pk")
        return TrainingProgramme.objects.filter(Q(is_published=True) | Q(pk__in=mine))

    def can_add(self, user):
        return has_role_anywhere(user, EDITORS)

    def can_change(self, user, obj=None):
        """Return whether the user may open the form: clusters that share the programme enter intakes, and read the rest."""
        return has_role_anywhere(user, EDITORS) if obj is None else can_enter_intakes(user, obj)

    def get_inlines(self, request, obj):
        return [IntakeInline] if obj is not None else []

    def get_fieldsets(self, request, obj=None):
        whose = ["cluster", "shared_with", ("name_en", "name_fr"), ("summary_en", "summary_fr"), "themes"]
        whom = [
            ("level", "audience"),
            ("teaching_language", "place"),
            ("built_with_industry", "starts"),
            "institutions",
        ]
        apply = [("contact", "website"), "application_page", ("applications_open_on", "apply_by")]
        fieldsets = [
            (None, {"description": WHAT, "fields": whose}),
            (gettext_lazy("For whom, and with whom"), {"fields": whom}),
            (gettext_lazy("How to apply"), {"description": APPLY, "fields": apply}),
            (gettext_lazy("Public page"), {"fields": ["is_published", "slug"]}),
        ]
        if obj is None:
            return [*fieldsets, (gettext_lazy("People"), {"description": PEOPLE_LATER, "fields": []})]
        if obj.origin == Origin.SOURCED:
            said = {"description": STATED, "fields": ["source_lines", "note_lines", "intake_lines"]}
            fieldsets.append((gettext_lazy("As the source says"), said))
        people = {"description": PEOPLE, "fields": ["counted_people", "other_intakes"]}
        return [*fieldsets, (gettext_lazy("People, each counted once"), people)]

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return self.shown
        if not can_edit_programme(request.user, obj):
            return [*self.shown, *_names_in(self.get_fieldsets(request, obj))]
        return ["cluster", *self.shown, *(name for name in obj.stated_fields if name != "cluster")]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        for name in ("slug", "shared_with", "themes", "institutions"):
            if name in form.base_fields:
                form.base_fields[name].required = False
        return form

    def get_changeform_initial_data(self, request):
        mine = clusters_with(request.user, EDITORS)
        return {"cluster": mine[0] if len(mine) == 1 else None, **super().get_changeform_initial_data(request)}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "cluster":
            kwargs["queryset"] = Cluster.objects.filter(pk__in=clusters_with(request.user, EDITORS))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "shared_with":
            kwargs |= {"widget": CheckboxSelectMultiple, "queryset": Cluster.objects.order_by("name")}
        if db_field.name == "themes":
            themes = Theme.objects.filter(cluster__in=clusters_with(request.user, EDITORS))
            kwargs |= {"widget": CheckboxSelectMultiple, "queryset": themes.select_related("cluster")}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.origin = Origin.REGISTERED
        super().save_model(request, obj, form, change)

    @admin.display(description=gettext_lazy("each counted once"))
    def counted_people(self, programme):
        return _lines(
            _("%(year)s: %(people)s") % {"year": f"{year}–{year + 1}", "people": _in_words(people)}
            for year, people in sorted(people_by_year(programme.intakes.all()).items(), reverse=True)
        )

    @admin.display(description=gettext_lazy("every cluster’s intakes"))
    def other_intakes(self, programme):
        intakes = programme.intakes.select_related("cluster").order_by("-year", "cluster__name")
        return _lines(
            _("%(year)s: %(people)s") % {"year": f"{one.academic_year}, {one.cluster}", "people": number(one.enrolled)}
            for one in intakes
        )

    @admin.display(description=gettext_lazy("sources"))
    def source_lines(self, programme):
        return _lines(programme.sources)

    @admin.display(description=gettext_lazy("notes"))
    def note_lines(self, programme):
        return _lines(programme.notes)

    @admin.display(description=gettext_lazy("numbers, as sources state them"))
    def intake_lines(self, programme):
        return _lines(f"{one.get('year') or '—'}: {one.get('people')}" for one in programme.stated_intakes)


@admin.register(Intake)
class IntakeAdmin(ScopedAdmin):
    """The list of all intakes that the user sees; they are entered on their programme's page."""

    who_changes = gettext_lazy("An intake is entered on the page of its programme, by its own cluster.")
    list_display = ["programme", "cluster", "academic_year", "enrolled", "completed", "women", "continuing"]
    list_filter = [("cluster", ScopedRelatedFilter), "year"]
    list_select_related = ["programme", "cluster"]
    page_related = ["programme", "cluster"]
    search_fields = [*columns_of("programme__name"), "cluster__name", "cluster__acronym"]
    search_help_text = gettext_lazy("Programme or cluster.")
    ordering = ["-year", "-pk"]
    fields = ["programme_page", "cluster", "year", ("enrolled", "completed", "women", "continuing"), "source", "note"]
    readonly_fields = ["programme_page"]

    def get_visible(self, user):
        return super().get_visible(user).select_related("programme", "cluster")

    @admin.display(description=gettext_lazy("academic year"), ordering="year")
    def academic_year(self, intake):
        return intake.academic_year

    @admin.display(description=gettext_lazy("training programme"))
    def programme_page(self, intake):
        return format_html('<a href="{}">{}</a>', change_url(intake.programme), intake.programme)


def _names_in(fieldsets) -> list[str]:
    found = []
    for _name, options in fieldsets:
        for line in options["fields"]:
            found += line if isinstance(line, tuple) else [line]
    return found


def _in_words(people) -> str:
    said = ngettext("%(number)d person", "%(number)d people", people.enrolled) % {"number": people.enrolled}
    if not people.repeated:
        return said
    return _("%(people)s (%(counted)d counted, %(repeated)d of them twice)") % {
        "people": said,
        "counted": people.counted,
        "repeated": people.repeated,
    }


def _lines(values):
    return format_html_join(mark_safe("<br>"), "{}", ((str(value),) for value in values)) or "—"
