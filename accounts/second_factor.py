"""Tells whether the second factor was given in this session.

That an account has one says nothing about its user now.
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

METHOD = "mfa"  # as allauth writes it when a code was right


@Prepared
def _factors() -> Any:
    return Authenticator.objects.filter(user=Argument("user"), pk__in=any_given("given")).values_list("pk", flat=True)


def is_given(request: HttpRequest) -> bool:
    """Return whether a factor that the account still has was given, or set up, in this session.

    The word of a provider stands for one, where the site's settings say so and the account still has the identity there.
    """
    records = get_authentication_records(request, request.user)
    given = [record.get("id") for record in records if record["method"] == METHOD]
    if given and _factors(user=request.user.pk, given=as_one(given)):
        return True
    vouched = [record.get("id") for record in records if record["method"] == VOUCHED]
    return bool(vouched) and is_vouched_for(request.user, vouched)


def page_of(user: Any) -> str:
    """Return the name of the page where an account's factor is given: by a code where it has an authenticator."""
    by_code = is_mfa_enabled(user, [Authenticator.Type.TOTP])
    return "mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn"


def remember_set_up(request: HttpRequest, authenticator: Authenticator) -> None:
    """Count a factor that was set up in this session as given in it: its holder has just shown it."""
    record_authentication(request, request.user, METHOD, id=authenticator.pk, type=authenticator.type)
