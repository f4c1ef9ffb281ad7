"""Validators for names, and for identifiers with check digits: ORCID for people, ROR for institutions, ANR for grants."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _

from core.identifiers import ANR_SHAPE, compact_anr, is_doi, is_hal, is_orcid, is_ror, is_siret, kind_of
from core.text import fold

# How many characters of a refused value a message repeats.
SHOWN_LENGTH = 60


@deconstructible
class NameValidator:
    """Rejects a name without a letter or digit in any script, since it could not be searched for."""

    message = _("Write a name in letters.")
    code = "name_empty"

    def __call__(self, value: str) -> None:
        if not fold(value):
            raise ValidationError(self.message, code=self.code)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NameValidator)


@deconstructible
class IdentifierValidator:
    """Rejects a value that is not the expected identifier, and names the kind that it is, if that is known."""

    # Lazy translations.
    expected: Any = ""
    message: Any = ""
    code = ""

    def is_right(self, value: str) -> bool:
        raise NotImplementedError

    def __call__(self, value: str) -> None:
        if self.is_right(value):
            return
        params = {"value": value[:SHOWN_LENGTH], "expected": self.expected, "kind": kind_of(value)}
        message = _("“%(value)s” is not %(expected)s: it is %(kind)s.") if params["kind"] else self.message
        raise ValidationError(message, code=self.code, params=params)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)


@deconstructible
class RORValidator(IdentifierValidator):
    """Rejects a ROR id whose format or check digits (ISO 7064 mod 97-10) are wrong."""

    expected = _("a ROR id")
    message = _(
        "“%(value)s” is not a ROR id: it looks like https://ror.org/03xjwb503, and its last two digits check the rest."
    )
    code = "invalid_ror"

    def is_right(self, value: str) -> bool:
        return is_ror(value)


@deconstructible
class SIRETValidator(IdentifierValidator):
    """Rejects a SIRET whose length or check digits (Luhn) are wrong."""

    expected = _("a SIRET number")
    message = _("“%(value)s” is not a SIRET number: it has fourteen digits, the SIREN number first.")
    code = "invalid_siret"

    def is_right(self, value: str) -> bool:
        return is_siret(value)


@deconstructible
class ORCIDValidator(IdentifierValidator):
    """Rejects an ORCID iD whose format, check digit (ISO 7064 mod 11-2) or block is wrong."""

    expected = _("an ORCID iD")
    message = _(
        "“%(value)s” is not an ORCID iD: it looks like 0000-0002-1825-0097, and its last character checks the rest."
    )
    code = "invalid_orcid"

    def is_right(self, value: str) -> bool:
        return is_orcid(value)


@deconstructible
class DOIValidator(IdentifierValidator):
    """Rejects a value without the format of a DOI."""

    expected = _("a DOI")
    message = _("“%(value)s” is not a DOI: it looks like 10.1000/182, or https://doi.org/10.1000/182.")
    code = "invalid_doi"

    def is_right(self, value: str) -> bool:
        return is_doi(value)


@deconstructible
class HALValidator(IdentifierValidator):
    """Rejects a value without the format of a HAL id."""

    expected = _("a HAL id")
    message = _("“%(value)s” is not a HAL id: it looks like hal-04012345, or https://hal.science/hal-04012345.")
    code = "invalid_hal"

    def is_right(self, value: str) -> bool:
        return is_hal(value)


@deconstructible
class ANRValidator(IdentifierValidator):
    """Rejects a value without the format of a reference of the national research agency (ANR)."""

    expected = _("an ANR reference")
    message = _("“%(value)s” is not an ANR reference: it looks like ANR-23-IACL-0008.")
    code = "invalid_anr"

    def is_right(self, value: str) -> bool:
        return bool(ANR_SHAPE.match(compact_anr(value)))
