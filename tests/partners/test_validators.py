"""SIREN: nine digits, the last of which checks the others."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from partners.validators import SIRENValidator
from tests import factories

pytestmark = pytest.mark.database

RIGHT = ["552100554", "552 100 554", "732829320", "542 051 180", " 356000000 "]
WRONG = {
    "a wrong check digit": "552100555",
    "two digits the other way round": "552010554",
    "one digit too few": "55210055",
    "one digit too many": "5521005540",
    "a SIRET": "55210055400013",
    "a VAT number": "FR27552100554",
    "letters": "ABCDEFGHI",
    "nothing": "",
    "digits of another script": "55210055٤",
    "a minus sign": "-52100554",
    "markup": "<b>552100554</b>",
    "a megabyte": "0" * 1_000_000,
}


@pytest.mark.parametrize("given", RIGHT)
def test_a_right_siren_is_taken_with_or_without_spaces(given):
    SIRENValidator()(given)


@pytest.mark.parametrize("given", WRONG.values(), ids=WRONG)
def test_a_wrong_siren_is_refused(given):
    with pytest.raises(ValidationError, match="is not a SIREN number") as refusal:
        SIRENValidator()(given)
    assert refusal.value.code == "invalid_siren"


@pytest.mark.django_db
def test_one_siren_in_two_shapes_is_one_organisation():
    factories.make_partner(country="FR", siren="552 100 554")
    with transaction.atomic(), pytest.raises(IntegrityError):
        factories.make_partner(country="FR", siren="552100554")


@pytest.mark.django_db
def test_a_form_meets_a_duplicate_in_another_shape():
    factories.make_partner(country="FR", siren="552100554")
    twin = factories.make_partner()
    twin.siren = "552 100 554"
    with pytest.raises(ValidationError, match="already registered"):
        twin.full_clean()


@pytest.mark.django_db
def test_an_organisation_in_france_has_a_siren_and_others_need_none():
    factories.make_partner(country="BE", siren=None)
    with transaction.atomic(), pytest.raises(IntegrityError):
        factories.make_partner(country="FR", siren=None)
