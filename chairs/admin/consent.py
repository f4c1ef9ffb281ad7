"""Consent on a chair's page: who agreed, who was invited, and the page that sends an invitation again."""

from dataclasses import dataclass
from operator import attrgetter

from django.forms import ModelForm
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _

from chairs.admin.fieldsets import Part
from chairs.consent.invitations import invite_again, why_no_invitation
from chairs.models import Appointment, ConsentEvent
from chairs.perms import can_edit
from clusters.enums import Origin
from clusters.perms import can_see_contact
from core.admin.confirmation import Act, confirm
from core.admin.steps import WHOLE, record_step
from core.form_fields import refuse_reversed
from core.prepared import Argument, Prepared


@dataclass
class Consent:
    """A person of the chair, with the events of their consent, latest first."""

    post: Appointment
    events: list[ConsentEvent]
    invite_url: str
    # Why no invitation can be sent now.
    reasons: list[str]


class ConsentForm(ModelForm):
    """A person's row in a chair. Saving the page does not overwrite a consent given while it was open."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "consent_given_on" in self.fields:
            self.fields["consent_given_on"].show_hidden_initial = True

    def clean(self):
        cleaned = super().clean()
        refuse_reversed(self, _("The appointment ends before it starts."))
        return cleaned

    def clean_consent_given_on(self):
        if self.instance.pk and "consent_given_on" not in self.changed_data:
            return self.instance.consent_given_on
        return self.cleaned_data["consent_given_on"]


class ConsentAdmin:
    """Adds to the chair's page the record of consent, and the page that sends an invitation again."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.invite_view)
        there = "<path:object_id>/people/<int:appointment>/invite/"
        return [path(there, view, name="chairs_chair_invite"), *super().get_urls()]

    def get_page_context(self, request, chair):
        shown = record_step(chair) in (WHOLE, Part.PEOPLE)
        consents = _consents(chair, request.user) if shown else {}
        return {**super().get_page_context(request, chair), **consents}

    def invite_view(self, request, object_id, appointment):
        """Ask for confirmation (GET), or send the invitation and return to the chair (POST)."""
        chair = self.open_record(request, object_id)
        post = get_object_or_404(chair.appointments.select_related("person__user", "chair__cluster"), pk=appointment)
        named, to = {"person": post.person}, _goes_to(post.person, request.user)
        sent = _("The invitation to %(person)s is on its way.") % named
        act = Act(
            label=_("Send the invitation again"),
            subtitle=str(post.person),
            effect=_(
                "%(person)s gets an e-mail with a personal link, which shows what would be public and lets them answer. "
                "Nobody is named before they agree."
            )
            % named,
            may=can_edit,
            who="",
            why_not=lambda _chair, user: why_no_invitation(post, ConsentEvent.objects.about(post)),
            do=lambda form, note: invite_again(post, by=request.user),
            done=lambda event: sent if event is not None else "",
            facts=((_("Goes to"), to),) if to else (),
            button=_("Send the invitation"),
            template="chairs/admin/invite.html",
            shows=lambda _chair: {"post": post},
        )
        return confirm(self, request, chair, act)


def _goes_to(person, user) -> str:
    """Return the invitation's address, hidden if the user may not read it; empty if the person has none."""
    reader = person.correspondent
    if reader is None or can_see_contact(user, person):
        return reader.email if reader else ""
    return _("an address that only the cluster that registered them reads, and the coordination")


@Prepared
def _events():
    events = ConsentEvent.objects.filter(chair=Argument("chair")).select_related("person", "by", "on_behalf_of")
    return events.order_by("-at", "-pk")


def _consents(chair, user) -> dict:
    """Return the people of the chair with their events, and the events of deleted rows; nothing for a sourced chair.

    Staff of a cluster that did not register the person see the consent, but no private address.
    """
    if chair.origin == Origin.SOURCED:
        return {}
    events = _events(chair=chair.pk)
    for event in events:
        event.address = event.address if can_see_contact(user, event.person) else ""
    rows = []
    for post in sorted(chair.appointments.all(), key=attrgetter("pk")):
        own = [event for event in events if event.appointment_id == post.pk and event.person_id == post.person_id]
        address = reverse("admin:chairs_chair_invite", args=[chair.pk, post.pk])
        rows.append(Consent(post, own, address, why_no_invitation(post, own)))
    shown = {event.pk for row in rows for event in row.events}
    return {"consents": rows, "past_consents": [event for event in events if event.pk not in shown]}
