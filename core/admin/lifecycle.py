"""Verbs in the admin panel: one confirmation page for every verb of every model with a lifecycle."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

from django import forms
from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _

from core.admin.at_once import AtOnce
from core.admin.confirmation import Act, NoteForm, confirm
from core.admin.held import held_on, hold, verb_named
from core.exceptions import StatusMoved
from core.notices import told_of
from core.verbs import Verb, verbs_of


@dataclass
class Button:
    """A verb for this user: the reasons why they cannot perform it now, and whether the status allows it."""

    label: str
    url: str
    reasons: list[str]
    is_of_this_status: bool = True


class LifecycleAdmin:
    """Adds the record's verbs, each with its own page, and its timeline to a ScopedAdmin.

    The status is never a form field: only verbs change it (core/verbs.py).
    """

    change_form_template = "admin/record_with_life.html"
    confirm_verb_template = "admin/confirm_act.html"
    # By verb: a form for its own arguments, made with the record. Its `given()` returns them. A static `compare(forms)`
    # adds errors where the forms of several records contradict each other.
    verb_forms: dict[str, type[forms.Form]] = {}
    # The verbs for many records at once, with the names of the form fields that are asked only once.
    verbs_at_once: dict[str, Sequence[str]] = {}
    # The verbs whose decision can be held and announced later, with others (core/admin/held.py).
    verbs_held: Collection[str] = ()

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_verb"
        view = self.admin_site.admin_view(self.verb_view)
        return [path("<path:object_id>/verb/<slug:verb>/", view, name=name), *super().get_urls()]

    def verb_url(self, record, verb: str) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_verb"
        return reverse(name, args=[record.pk, verb])

    def buttons(self, record, user) -> list[Button]:
        """Return every verb, with the reasons why this user cannot perform it."""
        return [self.button(record, name, declared, user) for name, declared in verbs_of(self.model).items()]

    def button(self, record, name, declared, user) -> Button:
        label, url = str(declared.label), self.verb_url(record, name)
        if record.status in declared.sources:
            return Button(label, url, declared.why_not(record, user))
        reasons = [_possible_from(declared)]
        if not declared.may(record, user):
            reasons.append(str(declared.who))
        return Button(label, url, reasons, is_of_this_status=False)

    def get_page_rows(self, record):
        lines = type(record).transitions.rel.related_model.objects.select_related("by", "on_behalf_of")
        return [*super().get_page_rows(record), Prefetch("transitions", lines)]

    def get_page_context(self, request, record):
        life = {
            "buttons": self.buttons(record, request.user),
            "held": held_on(record) if self._can_be_held(record) else None,
            "timeline": sorted(record.transitions.all(), key=lambda line: (line.at, line.pk), reverse=True),
        }
        return {**super().get_page_context(request, record), **life}

    def _can_be_held(self, record) -> bool:
        """Return whether a decision on the record may be held in its status. If not, none is looked up."""
        return any(record.status in verb_named(self.model, name).sources for name in self.verbs_held)

    def save_model(self, request, obj, form, change):
        """Save. A new record begun on a colleague's behalf gets a line in its timeline that says so."""
        super().save_model(request, obj, form, change)
        if not change:
            obj.log_beginning(by=request.user)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Save nothing if somebody changed the status after the record was fetched."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except StatusMoved:
            messages.error(
                request, _("Somebody changed this record's status at the same moment. Nothing was saved: look again.")
            )
            return HttpResponseRedirect(request.path)

    def acts_at_once(self, request) -> dict[str, AtOnce]:
        """Return the verbs that can be performed on many records at once, by name."""
        if not self.can_act_at_once(request.user):
            return {}
        return {name: self._at_once(request, verb_named(self.model, name)) for name in self.verbs_at_once}

    def _at_once(self, request, declared: Verb) -> AtOnce:
        def do(record, form, note):
            self.perform(request, record, declared, form, note)

        def hold_back(record, note):
            hold(record, declared, by=request.user, note=note)

        form = self.verb_forms.get(declared.name)
        return AtOnce(
            declared.name,
            str(declared.label),
            declared.why_not,
            do,
            form=form,
            compare=getattr(form, "compare", None),
            shared=self.verbs_at_once[declared.name],
            names=self.name_at_once,
            needs_note=declared.needs_note,
            hold=hold_back if declared.name in self.verbs_held else None,
        )

    def verb_view(self, request, object_id, verb):
        """Confirm a verb (GET), or perform it and go back to the record (POST)."""
        declared = verbs_of(self.model).get(verb)
        if declared is None:
            raise Http404
        record = self.open_record(request, object_id)
        return confirm(self, request, record, self.act_of(request, record, declared))

    def act_of(self, request, record, declared: Verb) -> Act:
        """Return the act for the confirmation page of a verb."""
        told = told_of(record, declared.name, request.user)
        readers = [str(notice.label) for notice in told if notice.carries_note]
        asked = self.verb_forms.get(declared.name)
        return Act(
            label=str(declared.label),
            subtitle=self.name_at_once(record),
            effect=capfirst(self.effect(declared.name)),
            may=declared.may,
            who=declared.who,
            why_not=declared.why_not,
            do=partial(self.perform, request, record, declared),
            done=_("{record}: {done}.").format(record=record, done=declared.done),
            form=(lambda data, record: asked(data, record=record)) if asked else None,
            note=partial(NoteForm, required=declared.needs_note, readers=readers),
            target=dict(self.model._meta.get_field("status").choices).get(declared.target),
            told=told,
            template=self.confirm_verb_template,
            shows=partial(self.get_verb_context, request, declared.name),
            is_verb=True,
            hold=partial(self._hold, request, record, declared) if declared.name in self.verbs_held else None,
        )

    def _hold(self, request, record, declared: Verb, note: str) -> None:
        hold(record, declared, by=request.user, note=note)

    def perform(self, request, record, declared: Verb, form, note):
        """Perform the verb. Raise Refused with the reasons; without any if the verb's own form shows the errors."""
        given = form.given() if form is not None else {}
        declared(record, by=request.user, note=note, **given)

    def get_verb_context(self, request, verb: str, record) -> dict:
        """Return further context for the confirmation page, on which to base the decision. Subclasses override it."""
        return {}

    def effect(self, verb: str) -> str:
        """Return a sentence about what the verb does beyond the status. Subclasses override it."""
        return ""


def _possible_from(verb: Verb) -> str:
    """Return a sentence with the statuses from which the verb is possible."""
    labels = [
        _("“%(text)s”") % {"text": label}
        for status, label in verb.model._meta.get_field("status").choices
        if status in verb.sources
    ]
    return _("Possible while the status is %(statuses)s.") % {"statuses": get_text_list(labels, _("or"))}
