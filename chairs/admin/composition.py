"""The panel beside the chair's form that checks the composition rules while the user types."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import path, reverse

from chairs.admin.fieldsets import Part
from chairs.admin.form_preview import Reading, read
from chairs.composition import composition_of, judge
from chairs.models import Chair
from core.admin.steps import WHOLE
from core.kept_forms import STEP_VAR

# The steps of the form that edit rows which a rule checks.
SHOWN_ON = (WHOLE, Part.PEOPLE, Part.TEACHING)
HAS_RULE_URL, NEW_RULE_URL = "chairs_chair_composition", "chairs_chair_add_composition"


class CompositionAdmin:
    """Adds the panel to the chair's page, and the view that refreshes it."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.composition_view)
        return [
            path("add/composition/", view, name=NEW_RULE_URL),
            path("<path:object_id>/composition/", view, name=HAS_RULE_URL),
            *super().get_urls(),
        ]

    def composition_view(self, request, object_id=None):
        """Return the panel for the form as posted, without saving anything."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        request.asked_step = self.asked_step(request)
        chair = self.open_record(request, object_id) if object_id else None
        if not self.may_compose(request, chair):
            raise PermissionDenied
        form = self.get_form(request, chair, change=chair is not None)(request.POST, instance=chair)
        formsets, _inlines = self._create_formsets(request, form.instance, change=chair is not None)
        form.is_valid()  # fills the instance with the fields that are valid
        return TemplateResponse(
            request, "chairs/admin/_composition_answer.html", _panel(form.instance, read(form.instance, formsets))
        )

    def may_compose(self, request, chair: Chair | None) -> bool:
        return self.has_add_permission(request) if chair is None else self.has_change_permission(request, chair)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form, step = context["adminform"].form, self.step_of(request, obj)
        is_judged = obj is None or obj.is_forming or obj.must_conform
        if is_judged and step in SHOWN_ON:
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            reading = read(form.instance, formsets) if form.is_bound else _saved(obj)
            address = f"{_address(obj)}?{STEP_VAR}={step}" if self.may_compose(request, obj) else ""
            context |= {**_panel(form.instance, reading), "composition_url": address}
        return super().render_change_form(request, context, add, change, form_url, obj)


def _saved(chair: Chair | None) -> Reading:
    return Reading(composition_of(chair if chair is not None else Chair()))


def _address(chair: Chair | None) -> str:
    return reverse(f"admin:{NEW_RULE_URL}") if chair is None else reverse(f"admin:{HAS_RULE_URL}", args=[chair.pk])


def _panel(chair: Chair, reading: Reading) -> dict:
    """Return the context of the panel, broken rules first."""
    day = chair.composition_date()
    verdicts = judge(reading.composition, day)
    return {
        "verdicts": sorted(verdicts, key=lambda verdict: (verdict.is_met, not verdict.is_broken)),
        "broken": sum(verdict.is_broken for verdict in verdicts),
        "open": sum(not verdict.is_met and not verdict.is_broken for verdict in verdicts),
        "unread": reading.unread,
        "composition_day": day,
    }
