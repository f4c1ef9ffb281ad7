"""The identities of an account: those at other providers by which its owner signs in."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings

from accounts.identities.known import IdentityProvider, Kind, of_kind
from accounts.models import User


def providers() -> dict[str, IdentityProvider]:
    """Return the providers that this site has, by name."""
    known: dict[str, IdentityProvider] = settings.IDENTITY_PROVIDERS
    return known


def identities_of(user: User) -> list[SocialAccount]:
    """Return the identities of an account, those of a provider that the site has no longer included."""
    return list(SocialAccount.objects.filter(user=user).order_by("date_joined", "pk"))


def orcids_of(user: User) -> list[str]:
    """Return the ORCID iDs that somebody has proved to be theirs."""
    slugs = of_kind(providers().values(), Kind.ORCID)
    if not slugs:
        return []
    return list(SocialAccount.objects.filter(user=user, provider__in=slugs).values_list("uid", flat=True))


def siret_of(user: User) -> str:
    """Return the SIRET of the establishment for which ProConnect says that somebody works, or nothing."""
    slugs = of_kind(providers().values(), Kind.PROCONNECT)
    if not slugs:
        return ""
    newest = SocialAccount.objects.filter(user=user, provider__in=slugs).order_by("-last_login").first()
    return str(newest.extra_data.get("siret", "")) if newest else ""


def is_vouched_for(user: Any, given: list[int]) -> bool:
    """Return whether one of these identities is still the account's, at a provider whose word stands for a second factor."""
    slugs = [provider.slug for provider in providers().values() if provider.second_factor]
    return bool(slugs) and SocialAccount.objects.filter(user=user, pk__in=given, provider__in=slugs).exists()


def is_last_way_in(identity: SocialAccount) -> bool:
    """Return whether nothing else signs its owner in: a password, a mailed code, a passkey, another identity."""
    user = identity.user
    others = SocialAccount.objects.filter(user=user, provider__in=list(providers())).exclude(pk=identity.pk)
    passkeys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return not (
        user.has_usable_password()
        or EmailAddress.objects.filter(user=user, verified=True).exists()
        or any(passkey.wrap().is_passwordless for passkey in passkeys)
        or others.exists()
    )
