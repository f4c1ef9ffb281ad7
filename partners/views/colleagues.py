"""A primary contact invites colleagues, changes their roles, and removes them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.exceptions import Refused
from core.past_addresses import record_at
from core.views.confirmation import Act, confirm
from partners import colleagues
from partners.forms.colleague import InvitationForm, RolesForm
from partners.models import Contact, Partner
from partners.perms import leads

GONE, NOT_FOUND = 410, 404


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request, slug):
    """Invite a colleague by mail."""
    partner = _led(request.user, slug)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            colleagues.invite(partner, by=request.user, email=values["email"], roles=values)
        except Refused as refusal:
            form.add_error("email", refusal.reasons)
        else:
            messages.success(request, _("%(email)s is invited by e-mail.") % {"email": values["email"]})
            return redirect("partners:detail", partner.slug)
    return render(request, "partners/my/colleague_invite.html", {"partner": partner, "form": form})


@require_POST
def cancel(request, slug, pk):
    """Cancel an invitation."""
    partner = _led(request.user, slug)
    found = get_object_or_404(partner.invitations, pk=pk)
    done = _("The invitation of %(email)s is cancelled.") % {"email": found.email}
    return _act(request, partner, lambda: colleagues.cancel(found, by=request.user), done)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roles(request, slug, pk):
    """Change a colleague's roles."""
    partner = _led(request.user, slug)
    found = get_object_or_404(partner.contacts.approved().select_related("user"), pk=pk)
    form = RolesForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and form.is_valid():
        done = _("The roles of %(person)s are changed.") % {"person": found.user}
        change = form.cleaned_data
        return _act(request, partner, lambda: colleagues.change_roles(found, by=request.user, roles=change), done)
    return render(request, "partners/my/colleague_roles.html", {"partner": partner, "contact": found, "form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request, slug, pk):
    """Confirm, then end a colleague's access or the user's own."""
    partner = record_at(_own(request.user), slug, also_private=True)
    found = get_object_or_404(partner.contacts.approved().select_related("user", "partner"), pk=pk)
    is_self = found.user_id == request.user.pk
    done = _("You no longer act for %(partner)s.") if is_self else _("%(person)s no longer acts for %(partner)s.")
    last = _("An organisation must keep at least one primary contact: make a colleague primary contact first.")
    act = Act(
        title=_("Leave an organisation") if is_self else _("Remove a colleague"),
        do=lambda form, note: colleagues.remove(found, by=request.user),
        done=done % {"person": found.user, "partner": partner},
        goes_to=lambda: _organisation(request, partner),
        button=_("Leave") if is_self else _("Remove"),
        back=reverse("partners:detail", args=[partner.slug]),
        keep=_("Back"),
        is_final=True,
        may=colleagues.may_remove(found, request.user),
        blocked=[last] if colleagues.is_last_primary(found) else [],
        template="partners/my/colleague_remove.html",
        context={"partner": partner, "contact": found, "is_self": is_self},
    )
    return confirm(request, act)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    """Show a mailed invitation, and accept it: only signed in with its address."""
    found = colleagues.by_token(token)
    if found is None:
        raise Http404
    if found.contact_id and found.contact.user_id == request.user.pk:
        return redirect("portal:home")  # the second click
    # The page hides the invited address from others, and the organisation once the invitation is over.
    act = Act(
        title=_("An invitation"),
        do=lambda form, note: colleagues.accept(found, by=request.user),
        done=_("You now act for %(partner)s.") % {"partner": found.partner},
        # The home page lists the organisation's sponsorships and their next steps.
        goes_to=lambda: reverse("portal:home"),
        button=_("Accept"),
        back=reverse("portal:home"),
        blocked=colleagues.why_not_accept(found, request.user),
        stays=True,
        template="partners/my/invitation.html",
        context={"invitation": found, "partner": found.partner},
        status=GONE if colleagues.is_over(found) else 200,
    )
    return confirm(request, act)


def _act(request, partner, act, done):
    try:
        act()
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, done)
    return redirect(_organisation(request, partner))


def _organisation(request, partner) -> str:
    """Return the address of the organisation's page, or of the home page if the user has just left it."""
    is_theirs = _own(request.user).filter(pk=partner.pk).exists()
    return reverse("partners:detail", args=[partner.slug]) if is_theirs else reverse("portal:home")


def _own(user):
    return Partner.objects.filter(contacts__in=Contact.objects.approved().filter(user=user))


def _led(user, slug) -> Partner:
    """Return an organisation of which the user is a primary contact.

    Raise PermissionDenied for other contacts, else Http404.
    """
    partner = record_at(_own(user), slug, also_private=True)
    if not leads(partner, user):
        raise PermissionDenied
    return partner
