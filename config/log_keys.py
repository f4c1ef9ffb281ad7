"""Reads the keys of the transparency log from the environment, and rejects invalid ones with a sentence."""

import base64
import binascii
import re
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.environment import LOOPBACK_HOSTS, is_email, is_web_address, read

SEED_BYTES = 32


def texts(name: str) -> list[str]:
    """Return the items of a list separated by commas or spaces; an empty list if the variable is not set."""
    return read("str", name, default="").replace(",", " ").split()


def log_name(site_url: str) -> str:
    """Return LOG_NAME, under which others know this log: after the site's host, unless it kept the name when it moved."""
    name: str = read("str", "LOG_NAME", default="") or f"{urlsplit(site_url).netloc}/log"
    if not re.fullmatch(r"[!-*,-~]{1,200}", name):
        raise ImproperlyConfigured(f"LOG_NAME must be plain characters without spaces and +, not {name!r}.")
    return name


def signing_key() -> str:
    """Return LOG_SIGNING_KEY: 32 random bytes in base64; empty if heads are not signed."""
    coded: str = read("str", "LOG_SIGNING_KEY", default="").strip()
    try:
        if coded and len(base64.b64decode(coded.encode("ascii"), validate=True)) != SEED_BYTES:
            raise ValueError
    except (binascii.Error, ValueError) as error:
        raise ImproperlyConfigured(
            "LOG_SIGNING_KEY must be 32 random bytes in base64: `manage.py make_log_key` makes one."
        ) from error
    return coded


def public_keys(name: str) -> list[str]:
    """Return the public keys of logs, as `make_log_key` prints them."""
    keys = texts(name)
    for key in keys:
        _check(name, key)
    return keys


def witnesses() -> list[str]:
    """Return LOG_WITNESSES: URLs, each with the witness's public key, `https://…=name+tag+key`."""
    pairs = texts("LOG_WITNESSES")
    for pair in pairs:
        address, _equals, key = pair.partition("=")
        is_local = is_web_address(address, {"http"}) and urlsplit(address).hostname in LOOPBACK_HOSTS
        if not is_local and not is_web_address(address, {"https"}):
            raise ImproperlyConfigured(
                "LOG_WITNESSES must name addresses that begin with https:// and have no password, each with =key."
            )
        _check("LOG_WITNESSES", key, of_a_witness=True)
    return pairs


def auditors() -> list[str]:
    """Return LOG_AUDITORS: e-mail addresses to which each head of the log is sent."""
    addresses = texts("LOG_AUDITORS")
    for address in addresses:
        if not is_email(address):
            raise ImproperlyConfigured(f"LOG_AUDITORS must be e-mail addresses, not {address!r}.")
    return addresses


def _check(name: str, key: str, *, of_a_witness: bool = False) -> None:
    # `transparency.PublicKey` is imported only if there is a key: most commands need no cryptography.
    from transparency.notes import COSIGNATURE, PublicKey, Unreadable

    try:
        is_of_a_witness = PublicKey.read(key).algorithm == COSIGNATURE
        if of_a_witness and not is_of_a_witness:
            raise Unreadable("it is that of a log, and a witness has another")
        if is_of_a_witness and not of_a_witness:
            raise Unreadable("it is that of a witness, and a log has another")
    except Unreadable as error:
        # Not quoted: it may be the secret key, pasted here by mistake.
        raise ImproperlyConfigured(f"{name} holds what is not the public key: {error}.") from error
