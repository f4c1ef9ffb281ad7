"""Recognises pasted identifiers, so that an error message can name the kind of a wrong one."""

import re
import unicodedata
from urllib.parse import unquote

from django.utils.translation import gettext as _
from stdnum import iban, isni
from stdnum.eu import vat
from stdnum.fr import siren, siret
from stdnum.iso7064 import mod_97_10

from core.text import DIRECTION_MARKS

# Separators between groups of digits: spaces of every width, dots, dashes.
BETWEEN = re.compile(r"[\s.\-‐‑‒–—_/]+")
SIREN_PREFIX = re.compile(r"^(SIREN|SIRET|TVA|VAT|RCS|N°|NO|:)+")
SIREN_LENGTH, SIRET_LENGTH = 9, 14
FRENCH_VAT = re.compile(r"^FR[0-9A-Z]{2}[0-9]{9}\Z")
ROR_PREFIX = re.compile(r"^(https?://)?(www\.)?ror\.org/", re.IGNORECASE)
ROR_SHAPE = re.compile(r"^0[0-9a-hjkmnp-tv-z]{6}[0-9]{2}\Z")
# Crockford's base 32, in which ROR writes its numbers (https://ror.readme.io/docs/identifier).
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
ORCID_PREFIX = re.compile(r"^(https?://)?(www\.)?orcid\.org/", re.IGNORECASE)
ISNI_PREFIX = re.compile(r"^(https?://)?(www\.)?isni\.org/(isni/)?", re.IGNORECASE)
# ASCII digits only: digits of another script would pass the check too.
ORCID_SHAPE = re.compile(r"^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]\Z")
# The blocks of ISNI reserved for ORCID, without check digit (https://support.orcid.org/hc/en-us/articles/360006897674).
ORCID_BLOCKS = (("000000015000000", "000000035000000"), ("000900000000000", "000900100000000"))
ANR_SHAPE = re.compile(r"^ANR-[0-9]{2}-[A-Z0-9]{4}-[0-9]{4}\Z")
# Registrants' prefixes have four to nine digits (https://www.crossref.org/blog/dois-and-matching-regular-expressions/).
DOI_SHAPE = re.compile(r"^10\.[0-9]{4,9}(\.[0-9]+)*/[^\s\x00-\x1f\x7f-\x9f]+\Z")
DOI_PREFIX = re.compile(r"^(https?://)?((dx\.|www\.)?doi\.org/|doi:\s*)|^info:doi/", re.IGNORECASE)
# “hal-04012345”, “tel-…”, “inria-…”, “sic_…”: the collection of the deposit, and a number.
HAL_SHAPE = re.compile(r"^[a-z][a-z0-9]{1,14}[-_][0-9]{8}\Z")
HAL_PREFIX = re.compile(
    r"^(https?://)?([a-z0-9-]+\.)*(hal\.science|archives-ouvertes\.fr|hal\.[a-z-]+\.fr)/|^hal:\s*", re.IGNORECASE
)
HAL_VERSION = re.compile(r"(v[0-9]{1,3})?(/.*)?\Z")
# Longer than any identifier. A longer text is rejected without parsing.
MAX_LENGTH = 200


def compact_ror(value: str) -> str:
    """Return the nine characters of a ROR id, without a URL around them."""
    return ROR_PREFIX.sub("", value.strip()).strip("/").lower()


def compact_orcid(value: str) -> str:
    """Return an ORCID iD as 0000-0000-0000-0000, without a URL around it."""
    digits = isni.compact(ORCID_PREFIX.sub("", value.strip()).strip("/"))
    return "-".join(digits[i : i + 4] for i in range(0, len(digits), 4))


def compact_siren(value: str) -> str:
    """Return the nine digits of a SIREN, or those in a valid SIRET or French VAT number; any other text is only stripped."""
    if len(value) > MAX_LENGTH:
        return value
    number = SIREN_PREFIX.sub("", _without_spaces(value))
    if is_siret(number):
        return number[:SIREN_LENGTH]
    if is_french_vat(number):
        return number[-SIREN_LENGTH:]
    return number if number.isascii() and number.isdecimal() and not value.strip().startswith("-") else value.strip()


def compact_siret(value: str) -> str:
    """Return the fourteen digits of a SIRET without separators; any other text is only stripped."""
    number = _without_spaces(value)
    return number if is_siret(number) else value.strip()


def compact_anr(value: str) -> str:
    """Return an ANR reference in its usual notation, “ANR-23-IACL-0008”."""
    return "-".join(filter(None, BETWEEN.split(value.strip().upper()))) if len(value) <= MAX_LENGTH else value


def compact_doi(value: str) -> str:
    """Return a DOI without a URL around it, in lower case, since DOIs are case-insensitive."""
    given = DIRECTION_MARKS.sub("", value).strip().strip("<>\"“”'").rstrip(".,;")
    bare = DOI_PREFIX.sub("", given)
    return (unquote(bare) if bare != given and "://" in given else bare).lower()


def compact_hal(value: str) -> str:
    """Return a HAL id without a URL around it, and without a version number."""
    bare = HAL_PREFIX.sub("", DIRECTION_MARKS.sub("", value).strip().strip("<>\"“”'").rstrip(".,;")).lower()
    return HAL_VERSION.sub("", bare, count=1)


def is_doi(value: str) -> bool:
    return len(value) <= MAX_LENGTH and bool(DOI_SHAPE.match(compact_doi(value)))


def is_hal(value: str) -> bool:
    return len(value) <= MAX_LENGTH and bool(HAL_SHAPE.match(compact_hal(value)))


def is_ror(value: str) -> bool:
    """Return whether the format and the check digits (ISO 7064 mod 97-10) are right."""
    ror = compact_ror(value)
    if not ROR_SHAPE.match(ror):
        return False
    number = 0
    for character in ror[:-2]:
        number = number * 32 + CROCKFORD.index(character)
    return mod_97_10.calc_check_digits(str(number)) == ror[-2:]


def is_orcid(value: str) -> bool:
    """Return whether the format, check digit (ISO 7064 mod 11-2) and block are right.

    ISNI has further blocks, which do not belong to ORCID.
    """
    orcid = compact_orcid(value)
    digits = orcid.replace("-", "")
    return (
        bool(ORCID_SHAPE.match(orcid))
        and isni.is_valid(digits)
        and any(first <= digits[:15] <= last for first, last in ORCID_BLOCKS)
    )


def is_isni(value: str) -> bool:
    digits = isni.compact(ISNI_PREFIX.sub("", ORCID_PREFIX.sub("", value.strip())).strip("/"))
    return bool(re.fullmatch(r"[0-9]{15}[0-9X]", digits)) and isni.is_valid(digits) and not is_orcid(digits)


def is_siren(value: str) -> bool:
    """Return whether the length and the check digit (Luhn) are right. Nine zeros pass the check, but are no SIREN."""
    number = _without_spaces(value)
    return number.isascii() and siren.is_valid(number) and int(number) > 0


def is_siret(value: str) -> bool:
    number = _without_spaces(value)
    is_right = len(number) == SIRET_LENGTH and number.isascii() and siret.is_valid(number)
    return is_right and is_siren(number[:SIREN_LENGTH])


def is_french_vat(value: str) -> bool:
    number = _without_spaces(value)
    return bool(FRENCH_VAT.match(number)) and vat.is_valid(number) and is_siren(number[-SIREN_LENGTH:])


def is_foreign_vat(value: str) -> bool:
    number = _without_spaces(value)
    return number.isascii() and number[:2].isalpha() and number[:2] != "FR" and vat.is_valid(number)


def kind_of(value: str) -> str:
    """Return the kind of a pasted identifier, as a phrase with its article; an empty text if it is not recognised."""
    value = value.strip()
    if not value or len(value) > MAX_LENGTH:
        return ""
    kinds = (
        (is_orcid, _("an ORCID iD")),
        (is_isni, _("an ISNI, which is not in ORCID's range")),
        (is_ror, _("a ROR id")),
        (is_doi, _("a DOI")),
        (is_hal, _("a HAL id")),
        (is_siret, _("a SIRET number, whose first nine digits are the SIREN")),
        (is_french_vat, _("a French VAT number, whose last nine digits are the SIREN")),
        (is_siren, _("a SIREN number")),
        (is_foreign_vat, _("a VAT number of another country")),
        (lambda pasted: iban.is_valid(_without_spaces(pasted)), _("an IBAN, the number of a bank account")),
        (lambda pasted: ANR_SHAPE.match(compact_anr(pasted)), _("an ANR reference")),
        (lambda pasted: len(_without_spaces(pasted)) == SIRET_LENGTH and _without_spaces(pasted).isdecimal(),
         _("as long as a SIRET number, and its last digit does not check the others")),
        (lambda pasted: FRENCH_VAT.match(_without_spaces(pasted)),
         _("written like a French VAT number, and its digits do not check each other")),
        (lambda pasted: re.fullmatch(r"[^@\s]+@[^@\s]+", pasted), _("an e-mail address")),
    )  # fmt: skip
    return next((said for test, said in kinds if test(value)), "")


def _without_spaces(value: str) -> str:
    return BETWEEN.sub("", unicodedata.normalize("NFKC", value)).upper()
