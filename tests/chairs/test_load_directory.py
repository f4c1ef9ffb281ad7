"""load_directory on the real directory. `make test` loads small ones: the other test_load_directory_*.py."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Sum

from chairs.enums import ChairStatus
from chairs.models import Chair, ChairKind
from clusters.enums import MembershipRole, Origin
from clusters.models import Cluster, Director, Figure, Institution, Membership, Person, Theme
from tests.chairs.imports import load

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.database,
    pytest.mark.exhaustive(counted=True),
    pytest.mark.usefixtures("search_index", "field_history"),
]


@pytest.fixture(scope="module")
def directory(django_db_setup, django_db_blocker):
    """The real directory, loaded once; each test's own transaction, inside this one, undoes what it does to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load()
        transaction.set_rollback(True)


def test_it_loads_every_record_of_the_files(directory):
    counted = {model: model.objects.count() for model in (Institution, Cluster, Membership, Theme, Figure, Chair)}
    assert counted == {Institution: 92, Cluster: 9, Membership: 87, Theme: 18, Figure: 42, Chair: 31}


def test_the_nine_grants_add_up(directory):
    assert Cluster.objects.aggregate(total=Sum("public_grant"))["total"] == Decimal("360000000.00")


def test_both_budgets_of_enact_stand_side_by_side(directory):
    budgets = Figure.objects.filter(cluster__slug="enact", label_en="Total budget")
    assert [figure.value for figure in budgets] == [67_000_000, 60_000_000]
    assert len({figure.source for figure in budgets}) == 2


def test_a_second_run_changes_nothing(directory):
    assert "Nothing has changed." not in directory
    history = Chair.history.count(), Cluster.history.count(), Institution.history.count()
    assert "Nothing has changed." in load()
    assert history == (Chair.history.count(), Cluster.history.count(), Institution.history.count())


def test_every_chair_is_sourced_and_outside_the_lifecycle(directory):
    assert set(Chair.objects.values_list("origin", "status")) == {(Origin.SOURCED, ChairStatus.SOURCED)}
    assert all(chair.sources for chair in Chair.objects.all())


def test_a_title_stands_in_its_own_language_only(directory):
    french = Chair.objects.get(slug="ethique-et-ia")
    assert (french.title_fr, french.title_en or "") == ("Éthique & IA", "")
    assert french.conflicts == [{"field": "end_year", "value": 2024, "source": None}]


def test_a_chair_without_a_title_has_a_label_in_both_languages(directory):
    chair = Chair.objects.get(slug="chair-of-cedric-richard")
    assert (chair.title_en, chair.title_fr) == ("Chair of Cédric Richard", "Chaire de Cédric Richard")


def test_one_person_may_hold_two_chairs(directory):
    assert Person.objects.get(name="Theodore Christakis").appointments.count() == 2


def test_partners_and_authorities_are_members_of_another_kind(directory):
    assert Membership.objects.get(institution__name="Région Bretagne").role == MembershipRole.OTHER
    assert Membership.objects.filter(role=MembershipRole.LEAD).count() == 10


def test_directors_come_with_their_source(directory):
    assert Director.objects.count() == 8
    assert not Director.objects.filter(source="").exists()


def test_a_chair_goes_with_the_theme_that_its_programme_names(directory):
    assert [theme.name_en for theme in Chair.objects.get(slug="moral-ai").themes.all()] == ["Acceptable AI"]


def test_a_site_has_the_kinds_and_rules_without_demonstration_data(directory):
    cap = ChairKind.objects.get(slug="cap").rule_on()
    assert (cap.min_pis, cap.max_pis, cap.min_institutions, cap.needs_teaching) == (2, 2, 2, True)
    synergy = ChairKind.objects.get(slug="synergy-chair").rule_on()
    assert (synergy.min_pis, synergy.max_pis, synergy.min_disciplines, synergy.needs_junior_and_senior) == (
        3,
        4,
        2,
        True,
    )
    assert all(kind.name_en and kind.name_fr for kind in ChairKind.objects.all())


def test_a_theme_named_in_french_keeps_its_address_and_has_an_english_name(directory):
    theme = Theme.objects.get(cluster__slug="sequoia", slug="foundations-of-trustworthy-ai")
    assert theme.name_fr == "Fondements d’une IA sûre, de confiance et maîtrisée"
    assert theme.name_en == "Foundations of trustworthy AI"


def test_a_weak_source_says_so_beside_its_chair(directory):
    chair = Chair.objects.get(slug="chair-of-laurent-cohen")
    assert chair.notes == ["Named by a colleague who holds another chair."]
