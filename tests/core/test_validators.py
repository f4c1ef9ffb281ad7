"""Identifiers with check digits: what is taken, in which shapes, and what is refused with a sentence."""

import pytest
from django.core.exceptions import ValidationError

from core.identifiers import compact_orcid, compact_ror
from core.validators import ORCIDValidator, RORValidator
from tests import factories

pytestmark = pytest.mark.database(quick=True)

RIGHT_ROR = {
    "03xjwb503": "03xjwb503",  # Université Paris-Saclay
    "https://ror.org/02en5vm52": "02en5vm52",  # Sorbonne Université
    "http://ror.org/02feahw73": "02feahw73",  # CNRS
    "ror.org/02kvxyf05": "02kvxyf05",  # Inria
    " https://www.ror.org/02vjkv261/ ": "02vjkv261",  # Inserm
    "HTTPS://ROR.ORG/03XJWB503": "03xjwb503",
}
WRONG_ROR = {
    "a wrong check digit": "03xjwb504",
    "two characters the other way round": "03xjbw503",
    "one character too few": "03xjwb50",
    "one character too many": "03xjwb5033",
    "no leading zero": "13xjwb503",
    "a letter that the alphabet leaves out": "03xjwi503",
    "letters in place of check digits": "03xjwb5o3",
    "another site's address": "https://example.org/03xjwb503",
    "a page below the id": "https://ror.org/03xjwb503/edit",
    "nothing but the site": "https://ror.org/",
    "nothing": "",
    "words": "Université Paris-Saclay",
    "digits of another script": "03xjwb5٠3",
    "a line break inside": "03xjwb503\n03xjwb503",
    "markup": "<b>03xjwb503</b>",
    "a megabyte": "0" * 1_000_000,
}
RIGHT_ORCID = {
    "0000-0002-1825-0097": "0000-0002-1825-0097",
    "0000000218250097": "0000-0002-1825-0097",
    "https://orcid.org/0000-0001-5109-3700": "0000-0001-5109-3700",
    "http://www.orcid.org/0000-0002-1694-233X/": "0000-0002-1694-233X",
    " 0000-0002-1694-233x ": "0000-0002-1694-233X",
}
WRONG_ORCID = {
    "a wrong check digit": "0000-0002-1825-0098",
    "an X that should be a digit": "0000-0002-1825-009X",
    "a digit that should be an X": "0000-0002-1694-2330",
    "two digits the other way round": "0000-0002-1285-0097",
    "one digit too few": "0000-0002-1825-009",
    "one digit too many": "0000-0002-1825-00977",
    "an X inside": "0000-000X-1825-0097",
    "another site's address": "https://example.org/0000-0002-1825-0097",
    "nothing": "",
    "a name": "Ada Lovelace",
    "digits of another script": "0000-0002-1825-009٧",
    "markup": "<b>0000-0002-1825-0097</b>",
    "a megabyte": "0" * 1_000_000,
}


@pytest.mark.parametrize(("given", "kept"), RIGHT_ROR.items())
def test_a_right_ror_id_is_taken_in_any_usual_shape(given, kept):
    RORValidator()(given)
    assert compact_ror(given) == kept


@pytest.mark.parametrize("given", WRONG_ROR.values(), ids=WRONG_ROR)
def test_a_wrong_ror_id_is_refused(given):
    with pytest.raises(ValidationError, match="is not a ROR id") as refusal:
        RORValidator()(given)
    assert refusal.value.code == "invalid_ror"


@pytest.mark.parametrize(("given", "kept"), RIGHT_ORCID.items())
def test_a_right_orcid_is_taken_in_any_usual_shape(given, kept):
    ORCIDValidator()(given)
    assert compact_orcid(given) == kept


@pytest.mark.parametrize("given", WRONG_ORCID.values(), ids=WRONG_ORCID)
def test_a_wrong_orcid_is_refused(given):
    with pytest.raises(ValidationError, match="is not an ORCID iD") as refusal:
        ORCIDValidator()(given)
    assert refusal.value.code == "invalid_orcid"


@pytest.mark.django_db
def test_one_identifier_in_two_shapes_is_one_to_the_database():
    institution = factories.make_institution(ror="https://ror.org/03xjwb503")
    person = factories.make_person(orcid="https://orcid.org/0000-0002-1694-233x")
    assert institution.ror == "03xjwb503"
    assert person.orcid == "0000-0002-1694-233X"


@pytest.mark.django_db
def test_a_form_meets_a_duplicate_in_another_shape():
    factories.make_institution(ror="03xjwb503")
    twin = factories.make_institution()
    twin.ror = "https://ror.org/03xjwb503"
    with pytest.raises(ValidationError, match="already has this ROR id"):
        twin.full_clean()


@pytest.mark.django_db
def test_a_form_meets_a_duplicate_person_in_another_shape():
    factories.make_person(orcid="0000-0002-1694-233X")
    twin = factories.make_person()
    twin.orcid = "https://orcid.org/0000-0002-1694-233x"
    with pytest.raises(ValidationError, match="already has this ORCID iD"):
        twin.full_clean()
