"""Reads what a provider has signed, and believes nothing else."""

from typing import Any

import jwt

# Signed by a key that the provider alone has. Never “none”, and never HS256, for which a public key could serve as the secret.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
KEY_TYPES = {"RSA", "EC", "OKP"}
# Seconds by which the two clocks may differ.
LEEWAY = 60


class NotBelieved(Exception):
    """A token is not what it must be: signed by the provider, for us, now."""


def verified(token: object, keys: object, *, issuer: str, audience: str, needs: list[str]) -> dict[str, Any]:
    """Return what a token says. Raise NotBelieved unless the provider signed it for us and it is in force.

    `keys` is the provider's published set (JWKS); `needs` are the claims that must be there.
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
    # Written for several readers, it says which of them it was given to.
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != audience:
        raise NotBelieved("it was given to somebody else")
    return claims


def _key(keys: Any, header: dict[str, Any]) -> jwt.PyJWK:
    """Return the published key that the header names; where it names none, the only one there is."""
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
