"""Verify the tokens that providers sign (JWT)."""

from typing import Any

import jwt

# Signed by a key that only the provider has: never “none”, nor HS256, where the public key could serve as the secret.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
KEY_TYPES = {"RSA", "EC", "OKP"}
# The tolerated difference of the two clocks, in seconds.
LEEWAY = 60


class NotBelieved(Exception):
    """A token is not signed by the provider, not meant for this site, or not in force."""


def verified(token: object, keys: object, *, issuer: str, audience: str, needs: list[str]) -> dict[str, Any]:
    """Return the claims of a token. Raise NotBelieved unless the provider signed it for this site and it is in force.

    `keys` is the provider's published key set (JWKS); `needs` are the required claims.
    """
    if not isinstance(token, str):
        raise NotBelieved("there is no token")
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") not in ALGORITHMS:
            raise NotBelieved(f"it is signed by {header.get('alg')!r}")
        claims: dict[str, Any] = jwt.decode(
            token,
            _key(keys, header),
            algorithms=ALGORITHMS,
            issuer=issuer,
            audience=audience,
            leeway=LEEWAY,
            options={"require": needs},
        )
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotBelieved(f"{type(error).__name__}: {error}") from error
    # A token for several audiences names in `azp` the one that it was issued to.
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != audience:
        raise NotBelieved("it was given to somebody else")
    return claims


def _key(keys: Any, header: dict[str, Any]) -> jwt.PyJWK:
    """Return the published key that the header names. Without a name, the set must have one suitable key."""
    found = [
        one
        for one in keys["keys"]
        if one.get("kty") in KEY_TYPES
        and one.get("use", "sig") == "sig"
        and one.get("alg", header["alg"]) == header["alg"]
        and one.get("kid") == header.get("kid", one.get("kid"))
    ]
    if len(found) != 1:
        raise NotBelieved(f"the key {header.get('kid')!r} is not one that the provider publishes")
    return jwt.PyJWK.from_dict(found[0], algorithm=header["alg"])
