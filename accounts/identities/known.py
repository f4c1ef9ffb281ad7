"""What the site knows of a provider that signs people in: what its settings say (docs/settings.md), and what follows from it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

# What ProConnect gives beside the address: it has no `profile`.
PROCONNECT_SCOPES = ("openid", "email", "given_name", "usual_name", "siret")


class Kind(StrEnum):
    OPENID_CONNECT = "openid_connect"
    ORCID = "orcid"
    PROCONNECT = "proconnect"


@dataclass(frozen=True)
class IdentityProvider:
    """One provider, as the environment describes it."""

    slug: str
    kind: Kind
    name: str
    issuer: str
    client_id: str
    secret: str = field(repr=False)
    # The mail domains whose addresses it vouches for: in others its word on an address counts for nothing.
    domains: frozenset[str] = frozenset()
    # One of these levels (`acr`) is asked and must be stated; none: any will do.
    levels: tuple[str, ...] = ()
    # The levels (`acr`) and methods (`amr`) that stand for a second factor of ours.
    second_factor: frozenset[str] = frozenset()
    # Where a browser passes on its way to the provider's page, beside the issuer's own origin.
    more_origins: tuple[str, ...] = ()

    @property
    def origins(self) -> tuple[str, ...]:
        return (origin_of(self.issuer), *self.more_origins)

    @property
    def scopes(self) -> tuple[str, ...]:
        if self.kind == Kind.ORCID:
            return ("openid",)
        return PROCONNECT_SCOPES if self.kind == Kind.PROCONNECT else ("openid", "profile", "email")

    def is_enough(self, acr: object) -> bool:
        """Return whether a level is one of those that must be stated."""
        return not self.levels or acr in self.levels

    def vouches(self, acr: object, amr: object) -> bool:
        """Return whether a sign-in needs no second factor of ours. Some providers state one method as a bare text."""
        stated = [acr, amr] if isinstance(amr, str) else [acr, *(amr if isinstance(amr, list) else [])]
        return any(isinstance(one, str) and one in self.second_factor for one in stated)

    def vouches_for(self, address: str) -> bool:
        """Return whether the provider's word counts for an address of this domain."""
        return address.rpartition("@")[2].lower() in self.domains


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def of_kind(providers: Iterable[IdentityProvider], kind: Kind) -> list[str]:
    """Return the names of the providers of a kind."""
    return [provider.slug for provider in providers if provider.kind == kind]


def text(claims: dict[str, Any], name: str, most: int = 150) -> str:
    """Return what a claim says as one line of text, empty where it says nothing that can be shown."""
    value = claims.get(name)
    if not isinstance(value, str):
        return ""
    return " ".join("".join(one if one.isprintable() else " " for one in value[: most * 4]).split())[:most].strip()
