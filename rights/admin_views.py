"""Staff's pages about one person's data: hide, send the link, export the file, anonymise."""

import datetime

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from chairs.hiding import hide, show_again
from clusters.models import Person
from core.admin.confirmation import Act, confirm
from core.admin.record_page import change_url
from core.exports import respond_list
from core.mail.queue import queue_mail
from partners.models import OfficeContact, Partner
from rights.anonymising import anonymise, forget_contact, why_not_anonymise
from rights.data_file import ENCODER, SHEET, data_file, lines_of, mentions
from rights.links import LIFETIME, token_of
from rights.models import PersonalAct
from rights.perms import can_hide, can_see_file

EDITORS_SAY = gettext_lazy("Editors and managers of a cluster that names the person, and the coordinator.")
COORDINATOR_SAYS = gettext_lazy("The coordinator.")


def open_person(request, pk):
    """Return the panel's page (ModelAdmin) of people, and the person, or None if the user may not see them."""
    page = admin.site.get_model_admin(Person)
    return page, page.get_object(request, str(pk))


def _note(person, what, by) -> None:
    PersonalAct.objects.create(kind=person._meta.label_lower, record=person.pk, what=what, by=by)


def hide_view(request, pk):
    """Hide a person who asked for it, or show them again."""
    page, person = open_person(request, pk)
    is_hidden = person.is_hidden
    effect = (
        gettext_lazy("Public pages name the person again, where a source does or where they agreed.")
        if is_hidden
        else gettext_lazy("No public page, list, search, suggestion or export names the person any more. Staff still see them.")
    )  # fmt: skip

    def act(form, note):
        (show_again if is_hidden else hide)(person)
        _note(person, PersonalAct.What.SHOWN if is_hidden else PersonalAct.What.HIDDEN, request.user)

    return confirm(page, request, person, Act(
        label=gettext_lazy("Show again in public") if is_hidden else gettext_lazy("Hide from the public"),
        effect=effect,
        may=lambda record, user: can_hide(user, record),
        who=EDITORS_SAY,
        why_not=lambda record, user: [],
        do=act,
        done=_("%(person)s is shown again.") % {"person": person} if is_hidden else _("%(person)s is hidden.") % {"person": person},
    ))  # fmt: skip


def link_view(request, pk):
    """Mail the person the link to the page with what is shown about them."""
    page, person = open_person(request, pk)

    def send(form, note):
        reader = person.correspondent
        context = {"last_day": timezone.localdate() + LIFETIME}
        queue_mail(reader, "rights/about_you", context, link=("rights:about_me", token_of(person, reader.email)))
        _note(person, PersonalAct.What.LINK_SENT, request.user)

    return confirm(page, request, person, Act(
        label=gettext_lazy("Send the person their link"),
        effect=gettext_lazy("The person gets an e-mail with a link: it shows what the site says about them and from which source, and lets them correct or hide it."),
        may=lambda record, user: can_hide(user, record),
        who=EDITORS_SAY,
        why_not=lambda record, user: why_no_link(record),
        do=send,
        done=_("%(person)s: the link has been sent.") % {"person": person},
        button=gettext_lazy("Send"),
    ))  # fmt: skip


def why_no_link(person) -> list[str]:
    """Return why the link cannot be sent now; an empty list if it can."""
    if person.correspondent is None:
        return [_("There is no address for this person: enter a private e-mail address on their record.")]
    since = timezone.now() - datetime.timedelta(minutes=10)
    sent = PersonalAct.objects.filter(kind=person._meta.label_lower, record=person.pk, what=PersonalAct.What.LINK_SENT)
    return (
        [_("The link was sent a few minutes ago. Give it time to arrive.")]
        if sent.filter(at__gt=since).exists()
        else []
    )


@never_cache
def file_view(request, pk, form="html"):
    """Show everything that is kept about the person, or download it as a workbook or JSON."""
    page, person = open_person(request, pk)
    if not can_see_file(request.user):
        raise PermissionDenied
    kept = data_file(person)
    if form == "json":
        response = JsonResponse(kept, encoder=ENCODER, json_dumps_params={"indent": 2, "ensure_ascii": False})
        response["Content-Disposition"] = f'attachment; filename="{person.slug}.json"'
        return response
    if form == "xlsx":
        header = {name: str(label) for name, label in SHEET.items()}
        return respond_list("xlsx", person.slug, header, lines_of(kept))
    context = {
        **admin.site.each_context(request),
        "title": _("What is kept: %(person)s") % {"person": person},
        "opts": page.opts,
        "original": person,
        "record_url": change_url(person),
        "kept": kept,
        "mentions": mentions(person),
    }
    return TemplateResponse(request, "rights/admin/data_file.html", context)


def anonymise_view(request, pk):
    """Replace the person's name everywhere, for good."""
    page, person = open_person(request, pk)
    return confirm(page, request, person, Act(
        label=gettext_lazy("Anonymise"),
        effect=gettext_lazy("The name is replaced everywhere, the history included; the account is ended, mails to the person are emptied. What was done and paid stays, under a number. This cannot be undone."),
        may=lambda record, user: can_see_file(user),
        who=COORDINATOR_SAYS,
        why_not=lambda record, user: why_not_anonymise(record),
        do=lambda form, note: anonymise(person, by=request.user),
        done=_("The person has been anonymised."),
        template="rights/admin/anonymise.html",
        shows=lambda record: {"mentions": mentions(record)},
    ))  # fmt: skip


def forget_contact_view(request, pk):
    """Delete a contact whom an office keeps for a partner, and replace what names them elsewhere, for good."""
    page = admin.site.get_model_admin(Partner)
    known = get_object_or_404(OfficeContact, pk=pk)
    partner = page.open_record(request, str(known.partner_id))
    return confirm(page, request, partner, Act(
        label=gettext_lazy("Forget %(person)s") % {"person": known.name},
        effect=gettext_lazy("The contact is deleted, and their name, address and telephone number are replaced everywhere, except where somebody with an account has them. Imported tables that name them are deleted. This cannot be undone."),
        may=lambda record, user: can_see_file(user),
        who=COORDINATOR_SAYS,
        why_not=lambda record, user: [],
        do=lambda form, note: forget_contact(known, by=request.user),
        done=_("The contact has been forgotten."),
    ))  # fmt: skip
