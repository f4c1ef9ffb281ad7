"""The signatories of an agreement signed elsewhere: tick the partner's contacts, and type other names."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.models import Cluster
from partners.models import Contact, OfficeContact, Partner

LINES = "signatories"
MAX_OFFERED = 50


class AddedSignersField(forms.MultipleChoiceField):
    """Contacts of a partner to tick; each choice is the line that is added to the signatories."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=gettext_lazy("Add contacts of the partner"), required=False, **kwargs)

    def offer_people(self, partner: Partner | None, user: User, said: str) -> None:
        """Offer the contacts that the user may see, except those already in `said`, the lines typed so far."""
        people = lines_of(partner, user) if partner else []
        written = said.splitlines()
        self.choices = [(line, line) for line in people if line not in written]
        # Every contact stays a valid value: when a form is posted twice, its lines are already there.
        self.known = set(people)
        if partner is None:
            self.help_text = _("Once the partner is chosen, its contacts stand here.")
        elif not self.choices:
            self.help_text = _("There is no other contact of the partner that you may see.")
        else:
            self.help_text = _("Who is ticked is added to the names above. Anybody else is written there.")

    def valid_value(self, value: str) -> bool:
        return value in self.known


def lines_of(partner: Partner, user: User) -> list[str]:
    """Return the partner's contacts whom the user may see, as lines without repeats, signatories first."""
    seen = Partner.objects.with_people_seen_by(user).filter(pk=partner.pk)
    own = Contact.objects.approved().filter(partner__in=seen.order_by().values("pk")).select_related("user")
    kept = OfficeContact.objects.filter(partner=partner, cluster__in=Cluster.objects.visible_to(user))
    people = [(one.user.name, one) for one in own.order_by("pk")[:MAX_OFFERED]]
    people += [(one.name, one) for one in kept.order_by("name", "pk")[:MAX_OFFERED]]
    people.sort(key=lambda person: not person[1].is_signatory)
    return list(dict.fromkeys(_line(name, one) for name, one in people))


def _line(name: str, one: Contact | OfficeContact) -> str:
    capacity = one.job_title or (_("signatory") if one.is_signatory else "")
    return f"{name}, {capacity}" if capacity else name


def with_added(said: str, added: list[str]) -> str:
    """Return the lines of `said` and the added ones, without repeats."""
    return "\n".join(dict.fromkeys([*said.strip().splitlines(), *added]))
