"""What the session stores about the identity that signed in: whether it replaces the second factor, and its sign-out URL."""

from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

VOUCHED = "vouched"
SIGN_OUT = "identity_sign_out"


class FactorStage(AuthenticateStage):
    """Asks for the account's second factor at sign-in, unless the provider of an identity already joined to it vouches.

    An identity that is only about to be joined does not count.
    """

    def _should_handle(self, request: HttpRequest) -> bool:
        sociallogin = (self.login.signal_kwargs or {}).get("sociallogin")
        if sociallogin and sociallogin.account.pk and _is_vouched(sociallogin):
            return False
        return bool(super()._should_handle(request))


@transaction.atomic
def remember(request: HttpRequest, user: Any, sociallogin: SocialLogin) -> None:
    """Add the identity that signed in to the account, if it is new, and store in the session what the provider stated."""
    account = sociallogin.account
    known = SocialAccount.objects.filter(provider=account.provider, uid=account.uid, user=user).first()
    if known is None:
        account.pk = None
        sociallogin.connect(request, user)
    if _is_vouched(sociallogin):
        record_authentication(request, user, VOUCHED, id=(known or account).pk)
    if "sign_out" in sociallogin.state:
        request.session[SIGN_OUT] = sociallogin.state["sign_out"]


def _is_vouched(sociallogin: SocialLogin) -> bool:
    return sociallogin.account.extra_data.get("is_vouched") is True


def sign_out_address(request: HttpRequest) -> tuple[str, str]:
    """Return the provider's sign-out URL for this session, and the provider's name; two empty texts if there is none.

    OpenID Connect RP-Initiated Logout 1.0.
    """
    noted = request.session.get(SIGN_OUT)
    if not noted:
        return "", ""
    back = {"post_logout_redirect_uri": f"{settings.SITE_URL}/", "state": token_urlsafe(32)}
    return f"{noted['address']}?{urlencode({'id_token_hint': noted['token'], **back})}", noted["name"]
