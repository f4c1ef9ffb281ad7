"""Whoever pastes one identifier for another is told what it is, or given what it contains."""

import pytest
from django.core.exceptions import ValidationError

from clusters.models import Cluster
from core.identifiers import compact_siren
from core.validators import ANRValidator, ORCIDValidator, RORValidator
from partners.models import Partner
from partners.validators import SIRENValidator
from tests.factories import make_cluster, make_partner, make_user
from tests.sponsorships.forms import organisation


@pytest.mark.parametrize(
    "pasted",
    [
        "732 829 320 00074",
        "73282932000074",
        "FR44732829320",
        "fr 44 732 829 320",
        "732\u00a0829\u202f320",
        "732.829.320",
    ]
    + ["SIREN : 732 829 320", "732-829-320", "７３２８２９３２０"],
)
def test_a_siren_is_found_in_what_contains_it(pasted):
    assert compact_siren(pasted) == "732829320"


@pytest.mark.parametrize(
    ("validator", "pasted", "said"),
    [
        (SIRENValidator, "000 000 000", "it has nine digits"),
        (SIRENValidator, "73282932000075", "as long as a SIRET number"),
        (SIRENValidator, "FR00732829320", "written like a French VAT number"),
        (SIRENValidator, "BE0403170701", "a VAT number of another country"),
        (SIRENValidator, "FR7630006000011234567890189", "an IBAN"),
        (SIRENValidator, "0000-0002-1825-0097", "an ORCID iD"),
        (SIRENValidator, "ada@example.org", "an e-mail address"),
        (ORCIDValidator, "0000 0001 2103 2683", "an ISNI"),
        (ORCIDValidator, "0000-0004-2103-2682", "its last character checks"),
        (ORCIDValidator, "https://ror.org/03xjwb503", "a ROR id"),
        (ORCIDValidator, "732829320", "a SIREN number"),
        (RORValidator, "0000-0002-1825-0097", "an ORCID iD"),
        (RORValidator, "ANR-23-IACL-0008", "an ANR reference"),
        (ANRValidator, "https://ror.org/03xjwb503", "a ROR id"),
        (ANRValidator, "23-IACL", "it looks like ANR-23-IACL-0008"),
    ],
)
def test_what_was_pasted_instead_is_called_what_it_is(validator, pasted, said):
    with pytest.raises(ValidationError, match="is not an? ") as refusal:
        validator()(pasted)
    assert said in refusal.value.messages[0]


@pytest.mark.parametrize("orcid", ["0000-0001-5000-0007", "0009-0000-0000-0009", "0000-0003-5000-0001"])
def test_the_ends_of_orcids_blocks_are_in_them(orcid):
    ORCIDValidator()(orcid)


@pytest.mark.django_db
def test_a_siret_in_the_form_registers_by_its_siren(client):
    client.force_login(make_user())
    client.post("/en/my/partners/new/", organisation(siren="732 829 320 00074"))
    assert Partner.objects.get().siren == "732829320"


@pytest.mark.django_db
def test_nine_zeros_are_nobodys(client):
    client.force_login(make_user())
    page = client.post("/en/my/partners/new/", organisation(siren="000 000 000"))
    assert "is not a SIREN number" in page.text and not Partner.objects.exists()


@pytest.mark.django_db
def test_whatever_saves_keeps_one_shape():
    assert make_partner(country="FR", siren="FR 44 732 829 320").siren == "732829320"
    assert Cluster.objects.get(pk=make_cluster(anr_reference="anr 23 iacl 0008").pk).anr_reference == "ANR-23-IACL-0008"
