from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fr import siren


@deconstructible
class SIRENValidator:
    """Refuses a SIREN whose length or check digit (Luhn) is wrong."""

    message = _("“%(value)s” is not a SIREN number: it has nine digits, and the last one checks the others.")
    code = "invalid_siren"

    def __call__(self, value):
        try:
            siren.validate(value)
        except NumberError as error:
            raise ValidationError(self.message, code=self.code, params={"value": value}) from error

    def __eq__(self, other):
        return isinstance(other, SIRENValidator)
