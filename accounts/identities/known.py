"""An identity provider as the site's settings describe it (docs/settings.md)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

# The scopes of ProConnect, which has no `profile`.
PROCONNECT_SCOPES = ("openid", "email", "given_name", "usual_name", "siret")


class Kind(StrEnum):
    OPENID_CONNECT = "openid_connect"
    ORCID = "orcid"
    PROCONNECT = "proconnect"


@dataclass(frozen=True)
class IdentityProvider:
    """One identity provider, as the environment variables describe it."""

    slug: str
    kind: Kind
    name: str
    issuer: str
    client_id: str
    secret: str = field(repr=False)
    # The mail domains whose addresses it may verify. For other domains its `email_verified` is ignored.
    domains: frozenset[str] = frozenset()
    # The accepted levels of assurance (`acr`): one is requested and must be stated. Empty: any level will do.
    levels: tuple[str, ...] = ()
    # The levels (`acr`) and methods (`amr`) that replace our second factor.
    second_factor: frozenset[str] = frozenset()
    # Further origins that a browser passes on its way to the sign-in page, besides the issuer's.
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
        """Return whether the stated level of assurance is accepted."""
        return not self.levels or acr in self.levels

    def vouches(self, acr: object, amr: object) -> bool:
        """Return whether a sign-in needs no second factor of ours. `amr` may be a list, or one method as a plain string."""
        stated = [acr, amr] if isinstance(amr, str) else [acr, *(amr if isinstance(amr, list) else [])]
        return any(isinstance(one, str) and one in self.second_factor for one in stated)

    def vouches_for(self, address: str) -> bool:
        """Return whether this provider may verify an address: whether it vouches for its domain."""
        return address.rpartition("@")[2].lower() in self.domains


def origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def of_kind(providers: Iterable[IdentityProvider], kind: Kind) -> list[str]:
    """Return the slugs of the providers of a kind."""
    return [provider.slug for provider in providers if provider.kind == kind]


def text(claims: dict[str, Any], name: str, most: int = 150) -> str:
    """Return a claim as one line of printable text of at most `most` characters; empty if it is missing or no text."""
    value = claims.get(name)
    if not isinstance(value, str):
        return ""
    return " ".join("".join(one if one.isprintable() else " " for one in value[: most * 4]).split())[:most].strip()
