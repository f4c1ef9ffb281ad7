from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.identities.session import remember
from core.mail.queue import Correspondent, queue_account_mail
from core.network import at_site_url, client_address

SITE = SimpleNamespace(name="Cathedra", domain=urlsplit(settings.SITE_URL).netloc)
CODE_LASTS = timedelta(seconds=app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT)
SIGN_IN_CODE_LASTS = timedelta(seconds=app_settings.LOGIN_BY_CODE_TIMEOUT)
LINK_LASTS = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)

# The library's mails: our template for each, and how long its code or link stays valid (None: it has neither).
MAILS = {
    "account/email/account_already_exists": ("account/account_exists", None),
    "account/email/unknown_account": ("account/no_account", None),
    "account/email/email_confirmation": ("account/confirm_address", CODE_LASTS),
    "account/email/email_confirmation_signup": ("account/confirm_signup", CODE_LASTS),
    "account/email/login_code": ("account/sign_in_code", SIGN_IN_CODE_LASTS),
    "account/email/password_reset_key": ("account/choose_password", LINK_LASTS),
    "account/email/password_changed": ("account/password_changed", None),
    "account/email/password_set": ("account/password_changed", None),
    "account/email/password_reset": ("account/password_changed", None),
    "account/email/email_changed": ("account/address_changed", None),
    "account/email/email_deleted": ("account/address_removed", None),
    "mfa/email/totp_deactivated": ("account/factor_removed", None),
    "mfa/email/webauthn_removed": ("account/passkey_removed", None),
}
# A mail that a later version of allauth adds is sent with allauth's text in our layout.
LIBRARY_S_WORDS = ("account/library", None)
# allauth sends these after the commit, where a failure would leave the change unannounced: our views send them instead.
TOLD_BY_OUR_VIEWS = {
    "mfa/email/totp_activated",
    "mfa/email/recovery_codes_generated",
    "mfa/email/webauthn_added",
}
# Our sign-in stage, which replaces allauth's (`accounts.identities.session.FactorStage`).
LIBRARY_S_FACTOR_STAGE = "allauth.mfa.stages.AuthenticateStage"
FACTOR_STAGE = "accounts.identities.session.FactorStage"
# No name in the greeting: the address is not verified, so the name may be any text that a stranger typed at sign-up.
TO_UNPROVED_ADDRESSES = {"account/confirm_address", "account/confirm_signup"}


class AccountAdapter(DefaultAccountAdapter):
    """Queues allauth's mails in the outbox with our texts, and sets a new account's language to that of the sign-up page."""

    def save_user(self, request, user, form, commit=True):
        """Save a new account. The form has already hashed the password (`accounts.forms.SignupForm`)."""
        user.email, user.name = form.cleaned_data["email"], form.cleaned_data["name"]
        user.password = form.password_hash
        user.language = translation.get_language() or user.language
        if commit:
            user.save()
        return user

    def send_mail(self, template_prefix, email, context):
        """Queue one of allauth's mails in the outbox."""
        occasion, lasts = MAILS.get(template_prefix, LIBRARY_S_WORDS)
        context = {name: at_site_url(value) if name.endswith("_url") else value for name, value in context.items()}
        user = context.get("user")
        values = {"code": context.get("code"), "link": context.get("password_reset_url") or context.get("signup_url")}
        if lasts:
            values |= {"minutes": int(lasts.total_seconds() // 60), "until": timezone.localtime() + lasts}
        if occasion == LIBRARY_S_WORDS[0]:
            rendered = self.render_mail(template_prefix, email, {"email": email, "current_site": SITE, **context})
            values |= {"title": rendered.subject, "words": rendered.body, "has_links": True}
        if occasion in TO_UNPROVED_ADDRESSES:
            user = Correspondent(email, "", user.language if user else translation.get_language())
        queue_account_mail(email, occasion, values, reader=user, secret_until=values.get("until"))

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Tell the owner of a change, at the account's address and at every address that changed."""
        if template_prefix in TOLD_BY_OUR_VIEWS:
            return
        context = context or {}
        if template_prefix not in MAILS:
            self.send_mail(template_prefix, user.email, {"user": user, "timestamp": timezone.localtime(), **context})
            return
        old = context.get("from_email") or context.get("deleted_email")
        self.tell_owner(user, MAILS[template_prefix][0], old=old, new=context.get("to_email"))

    def tell_owner(self, user, occasion, *, old=None, new=None, provider=None):
        """Tell the owner that the account's password, addresses or second factor changed, with the time and IP address."""
        with translation.override(user.language):
            way_back_in = settings.SITE_URL + reverse("account_reset_password")
        values = {
            "old": old,
            "new": new,
            "provider": provider,
            "at": timezone.localtime(),
            "network_address": client_address(self.request) if self.request else None,
            "contact": settings.SECURITY_CONTACT.removeprefix("mailto:"),
            "link": way_back_in,
        }
        for address in sorted({EmailAddress.objects.get_primary_email(user), old, new} - {None}):
            queue_account_mail(address, occasion, values, reader=user)

    def confirm_email(self, request, email_address):
        is_added = not email_address.pk and email_address.user.emailaddress_set.exists()
        is_confirmed = super().confirm_email(request, email_address)
        if is_confirmed and is_added:
            self.tell_owner(email_address.user, "account/address_added", new=email_address.email)
        return is_confirmed

    def get_reauthentication_methods(self, user):
        """Return the ways to confirm one's identity: the password or the second factor.

        A mailed code is offered only to accounts that have neither, since it proves no more than access to the mailbox.
        """
        methods = super().get_reauthentication_methods(user)
        return [method for method in methods if method["id"] != "reauthenticate_by_code"] or methods

    def get_login_stages(self):
        """Return allauth's sign-in stages, with our second factor in place of its own."""
        return [FACTOR_STAGE if stage == LIBRARY_S_FACTOR_STAGE else stage for stage in super().get_login_stages()]

    def post_login(self, request, user, *, signal_kwargs, **kwargs):
        """Remember which identity provider vouched for the user, once every stage of the sign-in is done."""
        if sociallogin := (signal_kwargs or {}).get("sociallogin"):
            remember(request, user, sociallogin)
        return super().post_login(request, user, signal_kwargs=signal_kwargs, **kwargs)

    def is_safe_url(self, url):
        """Return whether a redirect stays on this site, whatever host names the server answers to."""
        return url_has_allowed_host_and_scheme(url, {SITE.domain}, require_https=settings.HTTPS)

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Return a key by account only: with the host name in it, each host name would allow new attempts."""
        return credentials.get("email", "").lower()


class FactorAdapter(DefaultMFAAdapter):
    """Registers passkeys for the host of SITE_URL, whatever host names the server answers to."""

    def get_public_key_credential_rp_entity(self):
        return {"id": urlsplit(settings.SITE_URL).hostname, "name": SITE.name}
