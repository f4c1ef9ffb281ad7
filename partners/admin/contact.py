from operator import attrgetter

from django.contrib import admin
from django.http import Http404
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clusters.admin.second_person import SecondPersonAdmin
from clusters.perms import can_write_to_people
from core.admin.base import ScopedAdmin
from core.admin.confirmation import Act, confirm
from core.admin.dashboard import Wait
from core.admin.filters import WaitingFilter
from partners.addressees import people_of
from partners.enums import ContactState
from partners.membership import admit, refuse
from partners.models import Contact, Partner
from partners.perms import answerable, can_admit, knowing_cluster

VERBS = {
    "admit": (
        admit,
        gettext_lazy("Admit"),
        gettext_lazy("The person acts for the partner from now on: they see its files and may send proposals."),
    ),
    "refuse": (refuse, gettext_lazy("Refuse"), gettext_lazy("The person is told that they were not admitted.")),
}
WHO = gettext_lazy(
    "The partner's primary contact, or editors and managers of a cluster that knows the partner; nobody answers their own request."
)


@admin.register(Contact)
class ContactAdmin(SecondPersonAdmin, ScopedAdmin):
    """People who act for a partner, and those who ask to."""

    change_form_template = "partners/admin/contact.html"
    who_changes = gettext_lazy(
        "You can only read this contact: the partner manages its own people. A request to join is answered above."
    )
    list_display = ["name", "partner", "job_title", "is_primary", "state", "requested_at", "origin"]
    list_filter = [WaitingFilter, "state", "is_primary", "is_signatory", "is_accounting"]
    list_select_related = ["user", "partner"]
    page_related = ["user", "partner", "decided_by", "on_behalf_of"]
    export_columns = ["is_signatory", "is_accounting", "decided_at"]
    ordering = ["-requested_at", "-pk"]
    search_fields = ["user__name", "user__email", "partner__name_key", "job_title"]
    readonly_fields = ["name", "email", "requested_at", "decided_at", "decider"]
    fields = [
        "partner",
        ("name", "email"),
        "job_title",
        ("is_primary", "is_signatory", "is_accounting"),
        "state",
        "requested_at",
        "decided_at",
        "decider",
    ]

    # A second person must confirm who may sign for a partner.
    guarded_fields = ("is_signatory",)

    def guarding_cluster(self, record, user):
        return knowing_cluster(record.partner, user)

    search_help_text = gettext_lazy("Name, address or position of the person, or name of the partner.")

    @admin.display(description=gettext_lazy("name"), ordering="user__name")
    def name(self, contact):
        return contact.user.name

    @admin.display(description=gettext_lazy("origin"))
    def origin(self, contact):
        return contact.partner.get_origin_display()

    @admin.display(description=gettext_lazy("decided by"))
    def decider(self, contact):
        return contact.decided_by_names or "—"

    @admin.display(description=gettext_lazy("e-mail address"))
    def email(self, contact):
        return contact.user.email

    def can_write_to_people(self, user):
        return can_write_to_people(user)

    def get_addressees(self, request, records):
        return people_of(Contact.objects.filter(pk__in=records.values("pk")).order_by())

    def bearer_of(self, contact):
        return contact.partner

    def get_visible(self, user):
        return Contact.objects.filter(partner__in=Partner.objects.with_people_seen_by(user))

    def get_urls(self):
        view = self.admin_site.admin_view(self.verb_view)
        return [path("<path:object_id>/verb/<slug:verb>/", view, name="partners_contact_verb"), *super().get_urls()]

    def get_page_context(self, request, contact):
        waits, may = contact.state == ContactState.REQUESTED, can_admit(contact, request.user)
        buttons = [
            (label, reverse("admin:partners_contact_verb", args=[contact.pk, name]))
            for name, (_act, label, _effect) in VERBS.items()
        ]
        verbs = {"waits": waits, "verbs": buttons if waits and may else [], "blocked": _why_not(waits, may)}
        return {**super().get_page_context(request, contact), **verbs}

    def verb_view(self, request, object_id, verb):
        """Show the confirmation of an answer to a request to join (GET), or give the answer (POST)."""
        if verb not in VERBS:
            raise Http404
        contact = self.open_record(request, object_id)
        answer, label, effect = VERBS[verb]
        act = Act(
            label=label,
            effect=effect,
            may=can_admit,
            who=WHO,
            why_not=why_not_answer,
            do=lambda form, note: answer(contact, by=request.user),
            done=_("%(contact)s: request answered.") % {"contact": contact},
        )
        return confirm(self, request, contact, act)

    def get_waiting(self, user):
        return answerable(Contact.objects.requested(), user)

    def waits(self, user):
        def requests():
            return self.get_waiting(user).select_related("user", "partner").order_by("requested_at", "pk")

        return [
            Wait(
                self,
                requests,
                _ask_to_join,
                "?waiting=me",
                _asked,
                bearer=attrgetter("partner"),
                why=gettext_lazy("Admit them or refuse them"),
                since=attrgetter("requested_at"),
            )
        ]


def _ask_to_join(number) -> str:
    return ngettext("%d person asks to join a partner", "%d people ask to join a partner", number) % number


def _asked(contact) -> str:
    return _("asked on %(day)s") % {"day": date_format(contact.requested_at)}


def _why_not(waits: bool, may: bool) -> str:
    """Return why this user cannot answer the request now; an empty text if they can."""
    if not waits:
        return _("There is no request: admitting and refusing are possible while a request to join is pending.")
    return "" if may else str(WHO)


def why_not_answer(contact, user) -> list[str]:
    """Return why there is no request to answer; an empty list if there is one."""
    is_open = contact.state == ContactState.REQUESTED
    return [] if is_open else [_("This request has already been answered.")]
