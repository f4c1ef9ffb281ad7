"""The steps of the chair's form: the rows of each, and what is still missing there."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chairs.admin.fieldsets import Part, chair_fieldsets
from chairs.admin.forms import CAN_BE_INCOMPLETE
from chairs.admin.inlines import ActivityInline, AppointmentInline, StatedPartnerInline, TeachingInline
from chairs.admin.innovation import CountedInline, OrganisationInline
from chairs.admin.shares import ShareInline
from chairs.composition import About, composition_of, judge
from chairs.enums import ChairStatus
from core.admin.steps import WHOLE, Step, SteppedAdmin

STEPS = (
    Step(Part.WHAT, gettext_lazy("What it is")),
    Step(Part.WORDS, gettext_lazy("In words")),
    Step(Part.PEOPLE, gettext_lazy("People"), (AppointmentInline, OrganisationInline)),
    Step(Part.TEACHING, gettext_lazy("Teaching and results"), (TeachingInline, CountedInline)),
    Step(Part.ACTIVITIES, gettext_lazy("Activities"), (ActivityInline,)),
    Step(Part.MONEY, gettext_lazy("Dates and money"), (ShareInline, StatedPartnerInline)),
    Step(Part.SOURCES, gettext_lazy("Sources and registration")),
)
# The step on which to fill in the part of the chair that a rule checks.
FILLED_IN = {About.KIND: Part.WHAT, About.PEOPLE: Part.PEOPLE, About.TEACHING: Part.TEACHING}


class ChairStepsAdmin(SteppedAdmin):
    """The chair's form in steps."""

    steps = STEPS

    def get_step_fieldsets(self, request, obj) -> dict[str, list]:
        is_whole = self.step_of(request, obj) == WHOLE
        can_be_incomplete = obj is None or obj.status in CAN_BE_INCOMPLETE
        # A step of a draft can always be saved incomplete.
        return chair_fieldsets(obj, is_whole and can_be_incomplete and self.has_change_permission(request, obj))

    def get_whole_inlines(self, request, obj) -> list[type]:
        inlines = [AppointmentInline, OrganisationInline, TeachingInline, ActivityInline, CountedInline]
        is_sourced = obj is not None and obj.status == ChairStatus.SOURCED
        return [*inlines, StatedPartnerInline if is_sourced else ShareInline]

    def get_missing(self, record) -> dict[str, list[str]]:
        """Return what a chair under registration still lacks, by step: broken rules, summary and dates."""
        missing: dict[str, list[str]] = {}
        if not record.is_forming:
            return missing
        if not record.summary_en and not record.summary_fr:
            missing[Part.WORDS] = [_("The summary is still to be written.")]
        if not record.starts_on or not record.ends_on:
            missing[Part.MONEY] = [_("The first and the last day are still to be stated.")]
        for verdict in judge(composition_of(record), record.composition_date()):
            if verdict.is_broken:
                missing.setdefault(FILLED_IN[verdict.about], []).append(verdict.sentence)
        return missing
