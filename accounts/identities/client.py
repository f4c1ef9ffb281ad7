"""An OpenID Connect client: the code flow with PKCE and a nonce (OpenID Connect Core 1.0, RFC 7636).

It requests only the URLs of the provider's own discovery document: over https, without following redirects, within
limits of time and size.
"""

import base64
import hashlib
import json
import time
from functools import cache
from secrets import token_urlsafe
from ssl import SSLContext
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.cache import cache as kept
from django.urls import reverse

from accounts.identities.known import IdentityProvider, Kind, origin_of
from accounts.identities.tokens import NotBelieved, verified

if TYPE_CHECKING:
    import httpx

# Timeouts in seconds, for one chunk of a response and for the whole of it: a person is waiting.
PIECE, WHOLE = 5.0, 10.0
MAX_BYTES = 512 * 1024
# How long a provider's discovery document is cached, in seconds.
DESCRIPTION_LASTS = 10 * 60
# No compression: a small response cannot expand into a large one.
AS_IT_IS = {"Accept-Encoding": "identity"}
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
OK = 200


class ProviderFailed(Exception):
    """The provider did not answer, or its answer failed a check. The message is for the site's operators."""


class LevelTooLow(Exception):
    """The provider did not state any of the assurance levels that the site requires."""


def callback_address(provider: IdentityProvider) -> str:
    """Return the URL to which the provider sends people back. It has no language prefix: the provider registers one URL."""
    return settings.SITE_URL + reverse("identity_callback", args=[provider.slug])


def secrets() -> dict[str, str]:
    """Return the nonce and the PKCE verifier of a new sign-in, for the session to keep."""
    return {"nonce": token_urlsafe(32), "verifier": token_urlsafe(48)}


def sign_in_address(provider: IdentityProvider, *, state: str, nonce: str, verifier: str) -> str:
    """Return the URL of the provider's sign-in page. Raise ProviderFailed if its discovery document cannot be read."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": callback_address(provider),
        "scope": " ".join(provider.scopes),
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        **_levels(provider),
    }
    there = description(provider)["authorization_endpoint"]
    return f"{there}{'&' if urlsplit(there).query else '?'}{urlencode(asked)}"


def _levels(provider: IdentityProvider) -> dict[str, str]:
    """Return the parameters that ask for the assurance levels. ProConnect reads `claims` and rejects unknown parameters."""
    if provider.kind == Kind.PROCONNECT:
        asked: dict[str, Any] = {"acr": {"essential": True, "values": list(provider.levels)}, "amr": None}
        return {"claims": json.dumps({"id_token": asked})}
    return {"acr_values": " ".join(provider.levels)} if provider.levels else {}


def claims_of(provider: IdentityProvider, code: str, *, nonce: str, verifier: str) -> dict[str, Any]:
    """Exchange a code, and return the claims about the person. Raise ProviderFailed or LevelTooLow.

    The claim `id_token` is added: the token itself, which ProConnect needs for a sign-out.
    """
    described = description(provider)
    given = _exchange(provider, described, code, verifier)
    keys = _json(_ask("GET", described["jwks_uri"]))
    try:
        needs = ["iss", "sub", "aud", "exp", "iat", "nonce"]
        said = verified(given.get("id_token"), keys, issuer=provider.issuer, audience=provider.client_id, needs=needs)
        if said["nonce"] != nonce:
            raise NotBelieved("the nonce is another's")
        more = _userinfo(provider, described, given, keys)
        if more and more.get("sub") != said["sub"]:
            raise NotBelieved("the userinfo is about somebody else")
    except NotBelieved as error:
        raise ProviderFailed(f"a token is not believed: {error}") from error
    if not provider.is_enough(said.get("acr")):
        raise LevelTooLow
    signed = {name: said.get(name) for name in ("sub", "acr", "amr")}
    return {**said, **more, **signed, "id_token": given["id_token"]}


def _exchange(provider: IdentityProvider, described: dict[str, Any], code: str, verifier: str) -> dict[str, Any]:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": callback_address(provider),
        "code_verifier": verifier,
    }
    if "client_secret_post" in described.get("token_endpoint_auth_methods_supported", []):
        posted = {**form, "client_id": provider.client_id, "client_secret": provider.secret}
        return _json(_ask("POST", described["token_endpoint"], data=posted))
    return _json(_ask("POST", described["token_endpoint"], data=form, auth=(provider.client_id, provider.secret)))


def _userinfo(
    provider: IdentityProvider, described: dict[str, Any], given: dict[str, Any], keys: object
) -> dict[str, Any]:
    """Return the claims of the userinfo endpoint: plain JSON, or a signed token, which ProConnect has to send."""
    if "userinfo_endpoint" not in described:
        return {}
    answer = _ask(
        "GET", described["userinfo_endpoint"], headers={"Authorization": f"Bearer {given.get('access_token')}"}
    )
    if answer.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/jwt":
        token = answer.text.strip()
        return verified(token, keys, issuer=provider.issuer, audience=provider.client_id, needs=["iss", "sub", "aud"])
    if provider.kind == Kind.PROCONNECT:
        raise NotBelieved("the userinfo is not signed")
    return _json(answer)


def description(provider: IdentityProvider) -> dict[str, Any]:
    """Return the provider's discovery document, cached for ten minutes. Raise ProviderFailed."""
    key = f"identity-provider:{hashlib.sha256(provider.issuer.encode()).hexdigest()}"
    described: dict[str, Any] | None = kept.get(key)
    if described is None:
        described = _json(_ask("GET", provider.issuer.rstrip("/") + "/.well-known/openid-configuration"))
        _check(provider, described)
        kept.set(key, described, DESCRIPTION_LASTS)
    return described


def _check(provider: IdentityProvider, described: dict[str, Any]) -> None:
    if described.get("issuer") != provider.issuer:
        raise ProviderFailed(f"it calls itself {described.get('issuer')!r}")
    scheme = urlsplit(provider.issuer).scheme
    optional = [name for name in ("userinfo_endpoint", "end_session_endpoint") if name in described]
    for name in (*ENDPOINTS, *optional):
        address = described.get(name)
        if not isinstance(address, str) or urlsplit(address).scheme not in {"https", scheme}:
            raise ProviderFailed(f"its {name} is {address!r}")
    if origin_of(described["authorization_endpoint"]) not in provider.origins:
        # The content security policy is written at start-up: browsers would block this origin without a message.
        raise ProviderFailed(
            f"its sign-in page is at {described['authorization_endpoint']!r}: add the origin to …_ORIGINS"
        )


@cache
def _trust() -> SSLContext:
    """Return the TLS context with the trusted certificates, read once: a sign-in needs it four times, and reading is slow."""
    import httpx  # 5 MB of memory, needed only where people sign in by a provider

    return httpx.create_ssl_context()


def _ask(method: str, url: str, **asked: Any) -> "httpx.Response":
    """Return a response, read to its end. Raise ProviderFailed if it fails, is too long, or takes too long."""
    import httpx

    until, body = time.monotonic() + WHOLE, bytearray()
    try:
        with (
            httpx.Client(verify=_trust(), timeout=PIECE, follow_redirects=False, headers=AS_IT_IS) as client,
            client.stream(method, url, **asked) as response,
        ):
            for piece in response.iter_bytes():
                body += piece
                if len(body) > MAX_BYTES or time.monotonic() > until:
                    raise ProviderFailed(f"{url} answers too much, or too slowly")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ProviderFailed(f"{url} does not answer: {type(error).__name__}") from error
    if response.status_code != OK:
        raise ProviderFailed(f"{url} answers {response.status_code}")
    return httpx.Response(OK, headers={"content-type": response.headers.get("content-type", "")}, content=bytes(body))


def _json(response: "httpx.Response") -> dict[str, Any]:
    try:
        answer = json.loads(response.content)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise ProviderFailed("an answer is not the JSON that was asked for")
    return answer
