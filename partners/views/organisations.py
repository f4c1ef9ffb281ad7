"""A person registers an organisation or asks to join it, and its primary contact admits colleagues."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.identities.joined import siret_of
from core.exceptions import Refused
from core.identifiers import compact_siren
from core.past_addresses import record_at
from partners import membership
from partners.enums import ContactState, InvitationState
from partners.forms.partner import DetailsForm, JoinForm, PartnerForm
from partners.models import Contact, Partner
from partners.perms import can_admit, leads

# Longer than any address of this site.
NEXT_MAX_LENGTH = 500
# Messages to somebody who asks to join, by the state of the contact.
JOINING = {
    ContactState.REQUESTED: gettext_lazy(
        "Your request is sent to the organisation's primary contact. You will get an e-mail when it is answered."
    ),
    ContactState.APPROVED: gettext_lazy("You already act for this organisation."),
    ContactState.REMOVED: gettext_lazy(
        "You acted for this organisation in the past. Speak to your colleagues there: they can invite you again."
    ),
    ContactState.REFUSED: gettext_lazy(
        "Your earlier request was not accepted. Speak to your colleagues there: they can still admit you."
    ),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request):
    """Register an organisation, or ask to join it if it is here already."""
    if request.method == "POST":
        return _join(request) if request.POST.get("act") == "join" else _register(request)
    siret = siret_of(request.user)
    form = PartnerForm(initial={"next": request.GET.get("next", ""), "siren": compact_siren(siret)})
    return _page(request, form, siret)


def _register(request):
    form = PartnerForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, form)
    if form.known:
        is_theirs = form.known.contacts.approved().filter(user=request.user).exists()  # a double click
        return redirect(_next(request) or "portal:home") if is_theirs else _page(request, form)
    values = form.cleaned_data
    if membership.has_registered(values["name"], values["country"], request.user):
        return redirect(_next(request) or "portal:home")
    partner = form.save(commit=False)
    contact = membership.register(partner, request.user, values["job_title"], values["is_signatory"])
    if contact is None:  # a double click, or somebody else registered it meanwhile
        form.validate_unique()
        return _page(request, form)
    messages.success(request, _("%(partner)s is registered, and you are its primary contact.") % {"partner": partner})
    return redirect(_next(request) or "portal:home")


def _join(request):
    form = JoinForm(request.POST)
    if not form.is_valid() or not form.known:
        return _page(request, form)
    contact = membership.ask_to_join(form.known, request.user, form.cleaned_data["job_title"])
    messages.info(request, JOINING[contact.state])
    return redirect("portal:home")


def _page(request, form, siret=""):
    """Render the form. If the organisation is registered already, the page says so but reveals nothing about it.

    `siret` is the SIRET of the user's employer according to ProConnect: the form starts with its SIREN.
    """
    known = form.known
    mine = known and known.contacts.filter(user=request.user).first()
    context = {"form": form, "is_known": known is not None, "own_contact": mine, "siret": siret}
    context["waiting"] = Contact.objects.requested().filter(user=request.user).select_related("partner")
    return render(request, "partners/partner_form.html", context)


@never_cache
@require_safe
def colleagues(request, slug):
    """Show who acts for an organisation, to its contacts."""
    partner = record_at(_own_partners(request.user), slug, also_private=True)
    contacts = partner.contacts.select_related("user").order_by("-is_primary", "requested_at")
    context = {
        "partner": partner,
        "contacts": contacts.approved(),
        "requests": contacts.requested(),
        "refused": contacts.filter(state=ContactState.REFUSED),
        "removed": contacts.filter(state=ContactState.REMOVED),
        "is_primary": leads(partner, request.user),
        "invitations": partner.invitations.exclude(state=InvitationState.ACCEPTED).select_related(
            "invited_by", "on_behalf_of"
        ),
    }
    return render(request, "partners/my/partner.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def details(request, slug):
    """Edit the details of an organisation, for its primary contacts."""
    partner = record_at(_own_partners(request.user), slug, also_private=True)
    if not leads(partner, request.user):
        raise PermissionDenied
    form = DetailsForm(request.POST if request.method == "POST" else None, instance=partner)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The details of your organisation are saved."))
        return redirect("partners:detail", partner.slug)
    return render(request, "partners/my/partner_details.html", {"partner": partner, "form": form})


@require_POST
def admit(request, slug, pk):
    return _answer(request, slug, pk, membership.admit)


@require_POST
def refuse(request, slug, pk):
    return _answer(request, slug, pk, membership.refuse)


def _answer(request, slug, pk, decide):
    """Admit or refuse a colleague, by the function `decide`."""
    partner = record_at(_own_partners(request.user), slug, also_private=True)
    contact = get_object_or_404(partner.contacts, pk=pk)
    if not can_admit(contact, request.user):
        raise PermissionDenied
    try:
        decide(contact, by=request.user)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, _("Done: %(person)s will be told by e-mail.") % {"person": contact.user})
    return redirect("partners:detail", partner.slug)


def _own_partners(user):
    return Partner.objects.filter(contacts__in=Contact.objects.approved().filter(user=user))


def _next(request) -> str:
    """Return the posted address to return to if it is on this site, else an empty text."""
    path = request.POST.get("next", "")
    if len(path) > NEXT_MAX_LENGTH:
        return ""
    return path if url_has_allowed_host_and_scheme(path, {request.get_host()}, request.is_secure()) else ""
