from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chairs.admin.consent import ConsentForm
from chairs.affiliations import usual_affiliations
from chairs.enums import PI_ROLES, ChairStatus
from chairs.investigators import BY_TWO, GUARDED, is_held_by_two
from chairs.models import Activity, Appointment, StatedPartner, TeachingElement
from chairs.perms import changes_by_two
from core.admin.base import ScopedStackedInline, ScopedTabularInline
from core.admin.formsets import OwnRowsFormSet
from core.admin.record_page import only_reads
from core.admin.steps import WHOLE, record_step

# A new chair shows a row for each of the two investigators that most kinds need.
NEW_APPOINTMENTS = 2


class TitledForm(ModelForm):
    """A row that needs a title in English, in French or in both."""

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("title_en") and not cleaned.get("title_fr"):
            message = _("Enter the title in one of the two languages.")
            self.add_error("title_en", ValidationError(message, code="required"))
        return cleaned


class ComposedInline(ScopedStackedInline):
    """Rows that make up a chair; read-only for a chair from a published source."""

    is_empty_row_alike = True

    def is_first(self, chair, name: str) -> bool:
        """Return whether to show empty rows at once: on a new chair, and on a step whose chair has no rows yet."""
        return chair is None or (record_step(chair) != WHOLE and not getattr(chair, name).all())

    def may_change_parent(self, request, parent):
        is_sourced = parent is not None and parent.status == ChairStatus.SOURCED
        return not is_sourced and super().may_change_parent(request, parent)


class AppointmentForm(ConsentForm):
    """A person in the chair. A new row without an employer gets the person's latest one."""

    # The user who fills in the form.
    user = None

    def clean(self):
        cleaned = super().clean()
        person = cleaned.get("person")
        is_open = self.instance.pk is None and "affiliation" in cleaned and cleaned["affiliation"] is None
        if person is not None and is_open and self.user is not None:
            cleaned["affiliation"] = usual_affiliations([person.pk], self.user).get(person.pk)
        return cleaned


class GuardedForm(AppointmentForm):
    """A person in the chair. The guarded fields of a running chair's investigator are read-only here."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and is_held_by_two(self.instance):
            for name in set(GUARDED) & set(self.fields):
                self.fields[name].disabled = True

    def clean(self):
        cleaned = super().clean()
        # A new chair has no key yet, and is not running.
        is_here = self.instance.chair_id is not None and "role" in self.fields and not self.fields["role"].disabled
        if is_here and cleaned.get("role") in PI_ROLES and changes_by_two(self.instance.chair):
            self.add_error("role", ValidationError(str(BY_TWO), code="by_two"))
        return cleaned


class GuardedRows(OwnRowsFormSet):
    """The people of a chair. Refuses to delete an investigator of a running chair."""

    def clean(self):
        super().clean()
        if any(form.instance.pk and is_held_by_two(form.instance) for form in self.deleted_forms):
            raise ValidationError(str(BY_TWO), code="by_two")


class AppointmentInline(ComposedInline):
    model = Appointment
    form = GuardedForm
    formset = GuardedRows
    verbose_name = gettext_lazy("person in the chair")
    verbose_name_plural = gettext_lazy("Principal investigators and members")
    autocomplete_fields = ["person", "affiliation", "other_affiliation"]
    fields = [
        ("person", "role"),
        ("affiliation", "other_affiliation"),
        ("laboratory", "discipline", "seniority"),
        ("starts_on", "ends_on", "consent_given_on"),
    ]

    def get_extra(self, request, obj=None, **kwargs):
        return NEW_APPOINTMENTS if self.is_first(obj, "appointments") else 0

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        if not only_reads(request):
            formset.form.user = request.user
        if obj is not None and self.may_change_parent(request, obj) and changes_by_two(obj):
            there = reverse("admin:chairs_chair_investigators", args=[obj.pk])
            self.told = BY_TWO, (_("Change the investigators"), there)
        return formset

    def said_beside(self, db_field, people, request) -> dict:
        """Return each offered person's employer, by the person's key, to fill in the row's affiliation at once."""
        if db_field.name != "person":
            return {}
        usual = usual_affiliations([person.pk for person in people], request.user)
        return {key: {"affiliation": {"id": str(one.pk), "text": str(one)}} for key, one in usual.items()}

    def get_offered(self, db_field, request):
        """Offer employers only: a laboratory that is submitted anyway is refused with the reason."""
        offered = super().get_offered(db_field, request)
        return offered.employers() if db_field.name == "affiliation" else offered

    def get_queryset(self, request):
        related = ("person", "affiliation", "other_affiliation", "discipline")
        return super().get_queryset(request).select_related(*related)


class TeachingInline(ComposedInline):
    model = TeachingElement
    form = TitledForm
    verbose_name_plural = gettext_lazy("Teaching")
    autocomplete_fields = ["institution", "programme"]
    fields = [
        ("title_en", "title_fr"),
        ("kind", "level"),
        ("institution", "programme"),
        ("year", "hours_etd"),
        ("hours_owed", "hours_discharged"),
    ]

    def get_extra(self, request, obj=None, **kwargs):
        return 1 if self.is_first(obj, "teaching") else 0


class ActivityForm(TitledForm):
    def __init__(self, *args, **kwargs):
        """Make the target of a published activity read-only: it is raised on the activity's own page, with a reason."""
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.instance.chair.is_forming and "target" in self.fields:
            self.fields["target"].disabled = True
            self.fields["target"].help_text = _("Raised on the activity's own page, with a reason.")

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("description_en") and not cleaned.get("description_fr"):
            message = _("Enter the description in one of the two languages.")
            self.add_error("description_en", ValidationError(message, code="required"))
        return cleaned


class ActivityInline(ComposedInline):
    """Activities are posted here, and closed on their own page.

    They can be deleted only until the chair is approved, when partners begin to propose money.
    """

    model = Activity
    form = ActivityForm
    verbose_name_plural = gettext_lazy("Activities open to sponsors")
    show_change_link = True
    fields = [
        ("title_en", "title_fr"),
        ("description_en", "description_fr"),
        ("counterparts_en", "counterparts_fr"),
        ("target", "deadline"),
    ]
    classes = ["collapse"]

    def has_delete_permission(self, request, obj=None):
        return (obj is None or obj.is_forming) and super().has_delete_permission(request, obj)


class StatedPartnerInline(ScopedTabularInline):
    """What a source says; read-only."""

    model = StatedPartner
    fields = ["name", "unit", "kind", "pays"]

    def may_change_parent(self, request, parent):
        return False
