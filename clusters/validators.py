"""Identifiers with check digits: ORCID for people, ROR for institutions."""

import re

from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _
from stdnum import isni
from stdnum.exceptions import InvalidFormat
from stdnum.exceptions import ValidationError as NumberError
from stdnum.iso7064 import mod_97_10

# Crockford's base 32, in which ROR writes its numbers (https://ror.readme.io/docs/identifier).
CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
ROR_PREFIX = re.compile(r"^(https?://)?(www\.)?ror\.org/", re.IGNORECASE)
ORCID_PREFIX = re.compile(r"^(https?://)?(www\.)?orcid\.org/", re.IGNORECASE)
# ASCII digits only: the check digits would hold in another script's too.
ORCID_SHAPE = re.compile(r"^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]\Z")
ROR_SHAPE = re.compile(r"^0[0-9a-hjkmnp-tv-z]{6}[0-9]{2}\Z")


def compact_ror(value: str) -> str:
    """Answer the nine characters of a ROR id, whatever address it was pasted with."""
    return ROR_PREFIX.sub("", value.strip()).strip("/").lower()


def compact_orcid(value: str) -> str:
    """Answer an ORCID iD as 0000-0000-0000-0000, whatever address it was pasted with."""
    digits = isni.compact(ORCID_PREFIX.sub("", value.strip()).strip("/"))
    return "-".join(digits[i : i + 4] for i in range(0, len(digits), 4))


@deconstructible
class RORValidator:
    """Refuses a ROR id whose shape or check digits (ISO 7064 mod 97-10) are wrong."""

    message = _(
        "“%(value)s” is not a ROR id: it looks like https://ror.org/03xjwb503, and its last two digits check the rest."
    )
    code = "invalid_ror"

    def __call__(self, value):
        ror = compact_ror(value)
        if not ROR_SHAPE.match(ror):
            raise ValidationError(self.message, code=self.code, params={"value": value})
        number = 0
        for character in ror[:-2]:
            number = number * 32 + CROCKFORD.index(character)
        if mod_97_10.calc_check_digits(str(number)) != ror[-2:]:
            raise ValidationError(self.message, code=self.code, params={"value": value})

    def __eq__(self, other):
        return isinstance(other, RORValidator)


@deconstructible
class ORCIDValidator:
    """Refuses an ORCID iD whose shape or check digit (ISO 7064 mod 11-2) is wrong."""

    message = _(
        "“%(value)s” is not an ORCID iD: it looks like 0000-0002-1825-0097, and its last character checks the rest."
    )
    code = "invalid_orcid"

    def __call__(self, value):
        orcid = compact_orcid(value)
        try:
            if not ORCID_SHAPE.match(orcid):
                raise InvalidFormat()
            isni.validate(orcid)
        except NumberError as error:
            raise ValidationError(self.message, code=self.code, params={"value": value}) from error

    def __eq__(self, other):
        return isinstance(other, ORCIDValidator)
