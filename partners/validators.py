from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _

from core.identifiers import is_siren
from core.validators import IdentifierValidator


@deconstructible
class SIRENValidator(IdentifierValidator):
    """Reject a SIREN with a wrong length or check digit (Luhn), and nine zeros."""

    expected = _("a SIREN number")
    message = _("“%(value)s” is not a SIREN number: it has nine digits, and the last one checks the others.")
    code = "invalid_siren"

    def is_right(self, value):
        return is_siren(value)
