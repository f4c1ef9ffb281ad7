"""Whether the second factor was given in this session.

It is not enough that the account has one: that says nothing about who is using it now.
"""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest

from accounts.identities.joined import is_vouched_for
from accounts.identities.session import VOUCHED
from core.prepared import Argument, Prepared
from core.primary_keys import any_given, as_one

METHOD = "mfa"  # the name under which allauth records a correct code


@Prepared
def _factors() -> Any:
    return Authenticator.objects.filter(user=Argument("user"), pk__in=any_given("given")).values_list("pk", flat=True)


def is_given(request: HttpRequest) -> bool:
    """Return whether a second factor that the account still has was given, or set up, in this session.

    A provider that vouches for the sign-in counts too, if the settings allow it and the account still has that
    identity.
    """
    records = get_authentication_records(request, request.user)
    given = [record.get("id") for record in records if record["method"] == METHOD]
    if given and _factors(user=request.user.pk, given=as_one(given)):
        return True
    vouched = [record.get("id") for record in records if record["method"] == VOUCHED]
    return bool(vouched) and is_vouched_for(request.user, vouched)


def page_of(user: Any) -> str:
    """Return the name of the URL that asks for the second factor: a code if the account has an authenticator app."""
    by_code = is_mfa_enabled(user, [Authenticator.Type.TOTP])
    return "mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn"


def remember_set_up(request: HttpRequest, authenticator: Authenticator) -> None:
    """Record that the second factor was given in this session, because the user has just set it up."""
    record_authentication(request, request.user, METHOD, id=authenticator.pk, type=authenticator.type)
