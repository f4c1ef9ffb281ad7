"""The identities of an account: its owner's accounts at identity providers, by which they sign in here."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings

from accounts.identities.known import IdentityProvider, Kind, of_kind
from accounts.models import User


def providers() -> dict[str, IdentityProvider]:
    """Return the identity providers of this site by their slugs."""
    known: dict[str, IdentityProvider] = settings.IDENTITY_PROVIDERS
    return known


def identities_of(user: User) -> list[SocialAccount]:
    """Return the identities of an account, including those at providers that the site no longer has."""
    return list(SocialAccount.objects.filter(user=user).order_by("date_joined", "pk"))


def orcids_of(user: User) -> list[str]:
    """Return the user's ORCID iDs, each proved by signing in at ORCID."""
    slugs = of_kind(providers().values(), Kind.ORCID)
    if not slugs:
        return []
    return list(SocialAccount.objects.filter(user=user, provider__in=slugs).values_list("uid", flat=True))


def siret_of(user: User) -> str:
    """Return the SIRET of the user's employer as ProConnect stated it last, or an empty text."""
    slugs = of_kind(providers().values(), Kind.PROCONNECT)
    if not slugs:
        return ""
    newest = SocialAccount.objects.filter(user=user, provider__in=slugs).order_by("-last_login").first()
    return str(newest.extra_data.get("siret", "")) if newest else ""


def is_vouched_for(user: Any, given: list[int]) -> bool:
    """Return whether one of these identities still belongs to the account, at a provider that replaces the second factor."""
    slugs = [provider.slug for provider in providers().values() if provider.second_factor]
    return bool(slugs) and SocialAccount.objects.filter(user=user, pk__in=given, provider__in=slugs).exists()


def is_last_way_in(identity: SocialAccount) -> bool:
    """Return whether the owner would have no other way to sign in: no password, mailed code, passkey or other identity."""
    user = identity.user
    others = SocialAccount.objects.filter(user=user, provider__in=list(providers())).exclude(pk=identity.pk)
    passkeys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return not (
        user.has_usable_password()
        or EmailAddress.objects.filter(user=user, verified=True).exists()
        or any(passkey.wrap().is_passwordless for passkey in passkeys)
        or others.exists()
    )
