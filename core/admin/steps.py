"""A long form in steps, each on a page of its own, which shows and saves a part of the record.

The buttons of the step bar save, so the input is kept on leaving a step; an invalid step comes back with its errors.
The whole form on one page remains available: docs/steps.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.admin.record_page import only_reads
from core.kept_forms import STEP_VAR

# The value of the step parameter for the whole form.
WHOLE = "all"
# The names of a step's buttons: go to a step, or to the next one.
GO_TO, GO_ON = "_step", "_go_on"
# The session key under which a user's preference for the whole form is stored.
PREFERS_WHOLE = "whole_forms"
COLLAPSED = "collapse"


@dataclass(frozen=True)
class Step:
    """A part of a form. `inlines` are its inline classes; its fieldsets come from `get_step_fieldsets`."""

    name: str
    label: Any
    inlines: Sequence[type] = ()


def record_step(record) -> str:
    """Return the name of the step for which a record was fetched."""
    return getattr(record, "form_step", WHOLE)


@dataclass
class StepOnTheBar:
    """A step in the step bar, with the sentences on what it still lacks."""

    step: Step
    number: int
    is_current: bool
    missing: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return f"{self.number}. {self.step.label}"


class SteppedAdmin:
    """Adds steps to a ScopedAdmin. Hooks: `steps`, `get_step_fieldsets`, `get_missing`."""

    steps: Sequence[Step] = ()

    def get_step_fieldsets(self, request, obj) -> dict[str, list]:
        """Return the fieldsets of each step, by its name, in the order of the whole page."""
        raise NotImplementedError

    def get_whole_inlines(self, request, obj) -> list[type]:
        """Return the inlines of the whole page, in order."""
        raise NotImplementedError

    def get_missing(self, record) -> dict[str, list[str]]:
        """Return sentences on what each step of a saved record still lacks, by the step's name."""
        return {}

    # Which step.

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.asked_step = self.asked_step(request)
        step = request.asked_step
        if object_id is None and step not in (WHOLE, self.steps[0].name):
            raise Http404
        # The form's action names its step, because the session's preference may differ when stored input is filled in again.
        if STEP_VAR not in request.GET and not _is_popup(request):
            form_url = f"{request.path}?{STEP_VAR}={step}"
        return super().changeform_view(request, object_id, form_url, extra_context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        request.asked_step = self.asked_step(request)
        return super().change_view(request, object_id, form_url, extra_context)

    def asked_step(self, request) -> str:
        """Return the step that a request is about. A POST without a step is of the whole form."""
        asked = request.GET.get(STEP_VAR)
        if _is_popup(request):
            return WHOLE
        if asked is None:
            is_whole = not only_reads(request) or request.session.get(PREFERS_WHOLE)
            return WHOLE if is_whole else self.steps[0].name
        if asked != WHOLE and asked not in [step.name for step in self.steps]:
            raise Http404
        if only_reads(request) and bool(request.session.get(PREFERS_WHOLE)) != (asked == WHOLE):
            request.session[PREFERS_WHOLE] = asked == WHOLE
        return asked

    def step_of(self, request, obj=None) -> str:
        """Return the step to show for a record. A user who may only read gets the whole page."""
        asked = getattr(request, "asked_step", WHOLE)
        may = self.has_add_permission(request) if obj is None else self.has_change_permission(request, obj)
        return asked if may else WHOLE

    def get_object(self, request, object_id, from_field=None):
        record = super().get_object(request, object_id, from_field)
        if record is not None:
            record.form_step = self.step_of(request, record)
        return record

    # What a step shows.

    def get_fieldsets(self, request, obj=None):
        parts, step = self.get_step_fieldsets(request, obj), self.step_of(request, obj)
        if step == WHOLE:
            return [fieldset for fieldsets in parts.values() for fieldset in fieldsets]
        if obj is None:
            return parts[step]
        return [(heading, _unfolded(options)) for heading, options in parts[step]]

    def get_inlines(self, request, obj):
        inlines, name = self.get_whole_inlines(request, obj), self.step_of(request, obj)
        if name == WHOLE:
            return inlines
        shown = next(step.inlines for step in self.steps if step.name == name)
        return [inline for inline in inlines if inline in shown]

    def get_inline_instances(self, request, obj=None):
        instances = super().get_inline_instances(request, obj)
        if self.step_of(request, obj) != WHOLE:
            for inline in instances:
                inline.classes = [name for name in inline.classes or () if name != COLLAPSED]
        return instances

    def _create_formsets(self, request, obj, change):
        """Tell the record, and so its form, which step is shown."""
        obj.form_step = self.step_of(request, obj if change else None)
        return super()._create_formsets(request, obj, change)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        step = self.step_of(request, obj)
        may = self.has_add_permission(request) if obj is None else self.has_change_permission(request, obj)
        context |= {
            "bar": self._bar(step, obj, add) if may and not context.get("is_popup") else [],
            "is_whole": step == WHOLE,
            "is_later_step": step not in (WHOLE, self.steps[0].name),
            "is_last_step": step == self.steps[-1].name,
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _bar(self, current: str, obj, add: bool) -> list[StepOnTheBar]:
        missing = {} if add or obj is None else self.get_missing(obj)
        return [
            StepOnTheBar(step, number, step.name == current, missing.get(step.name, []))
            for number, step in enumerate(self.steps, start=1)
        ]

    # What a step saves.

    def save_model(self, request, obj, form, change):
        """Save nothing if the step's form was not changed."""
        if change and self.step_of(request, obj) != WHOLE and not form.changed_data:
            return
        super().save_model(request, obj, form, change)

    def log_change(self, request, obj, message):
        if self.step_of(request, obj) != WHOLE and not message:
            return None
        request.is_step_saved = True
        return super().log_change(request, obj, message)

    def log_addition(self, request, obj, message):
        request.is_step_saved = True
        return super().log_addition(request, obj, message)

    def response_add(self, request, obj, post_url_continue=None):
        there = self._goes_to(request, self.steps[0].name)
        return self._go(request, obj, there) if there else super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        there = self._goes_to(request, self.step_of(request, obj))
        return self._go(request, obj, there) if there else super().response_change(request, obj)

    def _goes_to(self, request, current: str) -> str:
        """Return the step that the pressed button leads to; an empty text for Django's own buttons."""
        names = [step.name for step in self.steps]
        asked = request.POST.get(GO_TO, "")
        if asked in (*names, WHOLE):
            return asked
        if GO_ON in request.POST and current in names[:-1]:
            return names[names.index(current) + 1]
        return current if current in names and "_continue" in request.POST else ""

    def _go(self, request, obj, step: str) -> HttpResponseRedirect:
        url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])
        if getattr(request, "is_step_saved", False):
            messages.success(request, _("Saved: %(record)s.") % {"record": obj})
        filters = {"preserved_filters": self.get_preserved_filters(request), "opts": self.opts}
        return HttpResponseRedirect(add_preserved_filters(filters, f"{url}?{STEP_VAR}={step}"))


def _is_popup(request) -> bool:
    return IS_POPUP_VAR in request.GET or IS_POPUP_VAR in request.POST


def _unfolded(options: dict) -> dict:
    """Return a fieldset's options without collapsing: on a step's page nothing is folded."""
    return {**options, "classes": [name for name in options.get("classes", ()) if name != COLLAPSED]}
