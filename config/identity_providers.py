"""Reads the identity providers for sign-in, and rejects unusable or unsafe values with a sentence."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from accounts.identities.known import IdentityProvider, Kind, origin_of
from config.environment import HOST, LOOPBACK_HOSTS, host_of, read, reason

# What fits into a URL (/accounts/with/<name>/), a variable's name and the database column.
SLUG = re.compile(r"[a-z][a-z0-9]{0,29}(-[a-z0-9]{1,30}){0,3}")
# Names that are URLs of ours under /accounts/with/.
TAKEN = {"new"}
DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
# A level or method: printable characters without spaces and commas, for a request, a token and a list.
VALUE = re.compile(r"[\x21-\x2b\x2d-\x7e]+")
ORCID_ISSUER = "https://orcid.org"


def identity_providers() -> dict[str, IdentityProvider]:
    """Return the providers that SIGN_IN_WITH names, each with the values of its own variables."""
    slugs = listed("SIGN_IN_WITH")
    for slug in slugs:
        if not SLUG.fullmatch(slug) or slug in TAKEN:
            raise ImproperlyConfigured(f"SIGN_IN_WITH must list short names in small letters, not {slug!r}.")
    if len(set(slugs)) != len(slugs):
        raise ImproperlyConfigured("SIGN_IN_WITH names a provider twice.")
    return {slug: _provider(slug) for slug in slugs}


def _provider(slug: str) -> IdentityProvider:
    kind = _kind(slug)
    names = {Kind.ORCID: "ORCID", Kind.PROCONNECT: "ProConnect"}
    found = IdentityProvider(
        slug=slug,
        kind=kind,
        name=_words(slug, "NAME", names.get(kind)),
        issuer=_address(slug, "ISSUER", ORCID_ISSUER if kind == Kind.ORCID else None),
        client_id=_words(slug, "CLIENT_ID"),
        secret=_words(slug, "SECRET"),
        domains=frozenset(_matching(slug, "DOMAINS", DOMAIN, "mail domains like example.org")),
        levels=tuple(_matching(slug, "LEVELS", VALUE, "levels as the provider writes them")),
        second_factor=frozenset(
            _matching(slug, "SECOND_FACTOR", VALUE, "levels or methods as the provider writes them")
        ),
        more_origins=tuple(_origin(slug, origin) for origin in listed(variable(slug, "ORIGINS"))),
    )
    _check(found)
    return found


def _check(provider: IdentityProvider) -> None:
    if provider.kind == Kind.PROCONNECT and not provider.levels:
        raise ImproperlyConfigured(
            f"{variable(provider.slug, 'LEVELS')} must list the levels of assurance that you accept, like eidas1-mfa,eidas2,eidas3."
        )
    if provider.kind == Kind.ORCID and provider.domains:
        raise ImproperlyConfigured(f"{variable(provider.slug, 'DOMAINS')} must be left out: ORCID tells no address.")


def variable(slug: str, what: str) -> str:
    """Return the name of a provider's variable: SIGN_IN_<NAME>_<WHAT>."""
    return f"SIGN_IN_{slug.upper().replace('-', '_')}_{what}"


def listed(name: str) -> list[str]:
    """Return the items of a comma-separated variable."""
    return [one.strip() for one in read("list", name, default=[]) if one.strip()]


def _kind(slug: str) -> Kind:
    """Return the kind of a provider. By default, a slug that is the name of a kind means that kind."""
    default = slug if slug in list(Kind) else Kind.OPENID_CONNECT
    given: str = read("str", variable(slug, "KIND"), default=str(default))
    if given not in list(Kind):
        raise ImproperlyConfigured(f"{variable(slug, 'KIND')} must be one of {', '.join(Kind)}, not {given!r}.")
    return Kind(given)


def _words(slug: str, what: str, default: str | None = None) -> str:
    """Return a text on one line. Raise ImproperlyConfigured if it is empty; without a `default` it is required."""
    value: str = read("str", variable(slug, what), **({"default": default} if default else {}))
    if not value.strip() or not value.isprintable():
        raise ImproperlyConfigured(f"{variable(slug, what)} must not be empty, and stands on one line.")
    return value.strip()


def _address(slug: str, what: str, default: str | None) -> str:
    """Return an issuer exactly as the provider writes it: https://, or http:// on this machine, without a query."""
    url: str = read("str", variable(slug, what), **({"default": default} if default else {}))
    try:
        parts = urlsplit(url)
        port: Any = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{variable(slug, what)} must be an https:// address ({reason(error)}).") from error
    is_plain = not (parts.query or parts.fragment or parts.username or parts.password) and port != 0
    host = host_of(parts)
    if parts.scheme not in {"http", "https"} or not HOST.fullmatch(host) or not is_plain or not url.isprintable():
        raise ImproperlyConfigured(f"{variable(slug, what)} must look like https://login.example.org/realm.")
    if parts.scheme == "http" and host not in LOOPBACK_HOSTS:
        raise ImproperlyConfigured(f"{variable(slug, what)} must use https:// anywhere but on the local machine.")
    return url


def _origin(slug: str, url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or not HOST.fullmatch(host_of(parts)) or url != origin_of(url):
        raise ImproperlyConfigured(f"{variable(slug, 'ORIGINS')} must list origins like https://idp.example.org.")
    return url


def _matching(slug: str, what: str, shape: re.Pattern[str], expected: str) -> list[str]:
    values = listed(variable(slug, what))
    if not all(shape.fullmatch(value) for value in values):
        raise ImproperlyConfigured(f"{variable(slug, what)} must list {expected}, separated by commas.")
    return values
