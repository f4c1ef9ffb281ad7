"""Signing in by an identity provider: the redirect, the callback, the sign-up, and the page of one's identities."""

from allauth.account import views as account
from allauth.account.internal import flows
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from allauth.socialaccount import views as socialaccount
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.identities import client, refusals
from accounts.identities.adapter import IdentityAdapter
from accounts.identities.forms import IdentitySignupForm
from accounts.identities.joined import identities_of, is_last_way_in, providers
from accounts.identities.known import IdentityProvider, Kind, text
from accounts.identities.provider import OpenIDProvider
from accounts.identities.refusals import refuse
from accounts.identities.session import sign_out_address

# The length of the library's column (`SocialAccount.uid`). The standard allows 255, which no provider uses.
MAX_SUBJECT = 191


def _known(slug: str) -> IdentityProvider:
    if slug not in providers():
        raise Http404
    return providers()[slug]


@login_not_required
@never_cache
@require_POST
def begin(request, provider):
    """Redirect to the provider's sign-in page, to sign in or to add the identity to the signed-in user's account."""
    known = _known(provider)
    if not ratelimit.consume(request, action="login"):
        return refuse(request, known, refusals.SLOWED, 429)
    joins = request.user.is_authenticated
    if joins:
        flows.reauthentication.raise_if_reauthentication_required(request, app="allauth.socialaccount")
    state = {
        "process": AuthProcess.CONNECT if joins else AuthProcess.LOGIN,
        "user": request.user.pk,
        "language": translation.get_language(),
        "next": None if joins else get_next_redirect_url(request),
        **client.secrets(),
    }
    try:
        state_id = IdentityAdapter(request).generate_state_param(state)
        secrets = {"nonce": state["nonce"], "verifier": state["verifier"]}
        there = client.sign_in_address(known, state=state_id, **secrets)
    except client.ProviderFailed as reason:
        return refuse(request, known, refusals.FAILED, 502, reason)
    statekit.stash_state(request, provider_id=known.slug, state=state, state_id=state_id)
    return redirect(there)


@login_not_required
@never_cache
@require_safe
def callback(request, provider):
    """Handle the redirect back from the provider, in the language that the person used before."""
    known = _known(provider)
    state = statekit.unstash_state(request, provider_id=known.slug, state_id=request.GET.get("state", ""))
    if state is None or (state["process"] == AuthProcess.CONNECT and state["user"] != request.user.pk):
        return refuse(request, known, refusals.EXPIRED, 400)
    translation.activate(state["language"])
    request.LANGUAGE_CODE = state["language"]
    if "error" in request.GET or "code" not in request.GET:
        said = text(request.GET.dict(), "error")
        if said == "access_denied":
            return refuse(request, known, refusals.DENIED, 403)
        return refuse(request, known, refusals.FAILED, 502, f"it answers {said!r}")
    try:
        claims = client.claims_of(known, request.GET["code"], nonce=state["nonce"], verifier=state["verifier"])
    except client.LevelTooLow:
        return refuse(request, known, refusals.LEVEL, 403)
    except client.ProviderFailed as reason:
        return refuse(request, known, refusals.FAILED, 502, reason)
    if text(claims, "sub", MAX_SUBJECT) != claims["sub"]:
        return refuse(request, known, refusals.NO_ADDRESS, 502, "its subject is no plain text")
    return _let_in(request, known, claims, state)


def _let_in(request, known: IdentityProvider, claims: dict, state: dict):
    """Sign in, add the identity, or go on to the sign-up form, in one transaction."""
    login = OpenIDProvider(request, known).sociallogin_from_response(request, claims)
    login.state = {"process": state["process"], "next": state["next"]}
    ends_at = client.description(known).get("end_session_endpoint")
    if known.kind == Kind.PROCONNECT and ends_at:
        login.state["sign_out"] = {"address": ends_at, "token": claims["id_token"], "name": known.name}
    try:
        with transaction.atomic():
            return complete_social_login(request, login)
    except IntegrityError:  # a second tab has just added this identity
        return refuse(request, known, refusals.EXPIRED, 400)


class LogoutView(account.LogoutView):
    """Signs out here and, if the provider of this session has a sign-out page, offers to sign out there."""

    def post(self, *args, **kwargs):
        there, name = sign_out_address(self.request)
        response = super().post(*args, **kwargs)
        if not there:
            return response
        return render(self.request, "accounts/identities/signed_out.html", {"there": there, "provider": name})


class SignupView(socialaccount.SignupView):
    """Opens an account for a person whom only the provider knows. The new account has no role and no contact."""

    form_class = IdentitySignupForm
    template_name = "accounts/identities/sign_up.html"

    def get_form_class(self):
        return self.form_class

    def form_valid(self, form):
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except IntegrityError:  # sent twice: the account exists
            return redirect("account_login")

    def get_authenticated_redirect_url(self):
        return reverse("identities")


@never_cache
@require_safe
def identities(request):
    """Show the identities of one's account, and the providers that are not used yet."""
    mine = identities_of(request.user)
    joined = [
        {
            "identity": one,
            "name": _name_of(one),
            "known_as": _known_as(one),
            "is_gone": one.provider not in providers(),
        }
        for one in mine
    ]
    others = [known for slug, known in providers().items() if slug not in {one.provider for one in mine}]
    return render(request, "accounts/identities/list.html", {"joined": joined, "others": others})


def _name_of(identity: SocialAccount) -> str:
    known = providers().get(identity.provider)
    return known.name if known else identity.provider


def _known_as(identity: SocialAccount) -> str:
    """Return what tells the owner's identities apart: the ORCID iD, the address or the name."""
    known = providers().get(identity.provider)
    if known and known.kind == Kind.ORCID:
        return identity.uid
    return identity.extra_data.get("email") or identity.extra_data.get("name") or ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request, pk):
    """Remove an identity from one's account, unless it is the last way to sign in."""
    identity = get_object_or_404(SocialAccount, pk=pk, user=request.user)
    name, is_last = _name_of(identity), is_last_way_in(identity)
    if not is_last:  # otherwise the user has nothing to confirm with
        flows.reauthentication.raise_if_reauthentication_required(request, app="allauth.socialaccount")
    if is_last or request.method != "POST":
        context = {"identity": identity, "name": name, "known_as": _known_as(identity), "is_last": is_last}
        return render(request, "accounts/identities/end.html", context)
    with transaction.atomic():
        identity.delete()
        IdentityAdapter(request).tell_owner(request.user, "account/identity_ended", name)
    messages.success(request, _("%(provider)s no longer signs you in here.") % {"provider": name})
    return redirect("identities")
