from functools import wraps

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.mixins import NextRedirectMixin
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import second_factor
from accounts.forms import ProfileForm


def after_login(request):
    """Redirect staff to the admin panel, and everybody else to their own pages."""
    return redirect("admin:index" if request.user.is_staff else "portal:home")


def in_one_transaction(view):
    """Return a view whose POST runs in one transaction: the change and the mail that reports it are saved together."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return inner


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request):
    """Edit one's name, language and mail rhythm."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your profile is saved."))
        return redirect("profile")
    return render(request, "accounts/profile.html", {"form": form})


class SignupView(account.SignupView):
    """The sign-up page. The account, its address and the confirmation mail are saved together or not at all."""

    @transaction.atomic
    def form_valid(self, form):
        return super().form_valid(form)


class ActivateTOTPView(NextRedirectMixin, totp.ActivateTOTPView):
    """Sets up an authenticator app, counts it as given in this session, and returns to the page that asked for it."""

    def get_initial(self):
        return {**super().get_initial(), "next": self.get_next_url() or ""}

    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        second_factor.remember_set_up(self.request, _factor(self.request.user, Authenticator.Type.TOTP))
        get_adapter().tell_owner(self.request.user, "account/factor_set")
        return response

    def get_success_url(self):
        if self.did_generate_recovery_codes:
            return self.passthrough_next_url(reverse("mfa_view_recovery_codes"))
        return super().get_success_url()


class AddPasskeyView(NextRedirectMixin, webauthn.AddWebAuthnView):
    """Adds a passkey, counts it as given in this session, and returns to the page that asked for a second factor."""

    def get_initial(self):
        return {**super().get_initial(), "next": self.get_next_url() or ""}

    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        newest = Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.WEBAUTHN).latest("pk")
        second_factor.remember_set_up(self.request, newest)
        get_adapter().tell_owner(self.request.user, "account/passkey_added")
        return response

    def get_success_url(self):
        if self.did_generate_recovery_codes:
            return self.passthrough_next_url(reverse("mfa_view_recovery_codes"))
        return self.get_next_url() or reverse("mfa_list_webauthn")


class GenerateRecoveryCodesView(recovery_codes.GenerateRecoveryCodesView):
    """Makes new recovery codes. A user who signed in with an old code stays signed in."""

    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        codes = _factor(self.request.user, Authenticator.Type.RECOVERY_CODES)
        second_factor.remember_set_up(self.request, codes)
        get_adapter().tell_owner(self.request.user, "account/recovery_codes_made")
        return response


class ViewRecoveryCodesView(NextRedirectMixin, recovery_codes.ViewRecoveryCodesView):
    """Shows the recovery codes, with a link to the page that required a second factor, if there is one."""

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "way_on": self.get_next_url()}


def _factor(user, kind) -> Authenticator:
    return Authenticator.objects.get(user=user, type=kind)
