"""Successors: two records of one legal entity count as one, and nonsense is refused."""

import pytest
from django.core.exceptions import ValidationError

from clusters.enums import InstitutionKind
from clusters.models import Institution
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_successors_are_followed_to_the_last():
    last = factories.make_institution()
    middle = factories.make_institution(successor=last)
    assert factories.make_institution(successor=middle).legal_entity() == last
    assert last.legal_entity() == last


@pytest.mark.parametrize("kind", [InstitutionKind.LABORATORY, InstitutionKind.ALLIANCE])
def test_what_employs_nobody_takes_nobody_over(kind):
    institution = factories.make_institution()
    institution.successor = factories.make_institution(kind=kind)
    with pytest.raises(ValidationError, match="Choose the legal entity that did"):
        institution.full_clean()
    assert institution.legal_entity() == institution


def test_successors_do_not_run_in_a_circle():
    first = factories.make_institution()
    second = factories.make_institution(successor=first)
    first.successor = second
    with pytest.raises(ValidationError, match="was itself taken over by this institution"):
        first.full_clean()


def test_a_circle_that_is_in_the_data_ends_somewhere():
    first = factories.make_institution()
    second = factories.make_institution(successor=first)
    Institution.objects.filter(pk=first.pk).update(successor=second)
    assert Institution.objects.get(pk=first.pk).legal_entity() in (first, second)


def test_an_institution_goes_by_its_aliases_whatever_their_accents_and_case():
    institution = factories.make_institution(name="Université Côte d'Azur")
    institution.aliases.create(name="UniCA")
    for name in ("UNIVERSITE COTE D’AZUR", "unica", " UniCA "):
        assert Institution.objects.named(name).get() == institution
    assert not Institution.objects.named("Université de Nice").exists()
