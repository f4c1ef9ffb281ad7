"""Which clauses an agreement calls for, and how they are rewritten."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.core.management import call_command

from clusters.enums import Role
from core.exceptions import Refused
from sponsorships.agreements.clauses import add_first_texts, clauses_of, first_texts, rewrite
from sponsorships.enums import ClauseCondition, Regime
from sponsorships.models import Clause, ClauseVersion
from tests.factories import make_staff
from tests.sponsorships.agreements.papers import amended, countersigned, drafted

pytestmark = pytest.mark.django_db
TEXTS = {"title_en": "Law", "title_fr": "Droit", "text_en": "Other law.", "text_fr": "Autre droit."}
IN_KIND = {"in_kind_amount": Decimal("1000"), "in_kind_description": "Data."}


def keys(agreement) -> set[str]:
    return {version.clause.key for version in clauses_of(agreement)}


@pytest.fixture
def law():
    return Clause.objects.get(key="law")


def test_a_gift_has_no_property_and_a_receipt():
    found = keys(drafted(regime=Regime.PATRONAGE))
    assert {"gift", "counterparts", "gift-results", "gift-payment", "tax-receipt"} <= found
    assert not found & {"property", "confidentiality", "invoices", "research", "cifre"}


def test_a_contract_has_property_invoices_and_confidentiality():
    found = keys(drafted(regime=Regime.PARTNERSHIP))
    assert {"research", "property", "confidentiality", "invoices"} <= found
    assert not found & {"gift", "counterparts", "tax-receipt", "cifre"}


@pytest.mark.parametrize(
    ("terms", "key"),
    [
        ({"is_cifre": True}, "cifre"),
        (IN_KIND, "contract-valuation"),
        ({"skills_amount": Decimal("1000"), "regime": Regime.PATRONAGE}, "gift-valuation"),
        ({"other_parties": "CNRS"}, "other-parties"),
        ({"confidentiality": "public"}, "named-with-amount"),
        ({"confidentiality": "name_only"}, "named"),
        ({"confidentiality": "anonymous"}, "unnamed"),
    ],
)
def test_a_choice_calls_for_its_clause(terms, key):
    assert key in keys(drafted(**terms))
    assert key not in keys(drafted(confidentiality="name_only" if key != "named" else "public"))


def test_nothing_is_said_of_payment_where_no_cash_is_given():
    found = keys(drafted(cash_amount=Decimal("0"), parts=[], **IN_KIND))
    assert {"research", "property", "contract-valuation"} <= found and "invoices" not in found


def test_an_amendment_brings_only_what_its_terms_newly_call_for():
    agreement = countersigned()
    assert keys(amended(agreement)) == {"unchanged"}


def test_an_amendment_brings_the_clause_of_a_new_contribution():
    agreement = countersigned()
    assert keys(amended(agreement, in_kind_amount=Decimal("500"))) == {"unchanged", "contract-valuation"}


def test_the_first_texts_say_something_in_both_languages_and_are_called_for():
    for entry in first_texts():
        assert entry["condition"] in ClauseCondition.values and entry.get("regime", "") in {"", *Regime.values}
        assert all(entry[name].strip() for name in TEXTS)
        assert "'" not in entry["text_fr"], "the French apostrophe is ’"
    assert Clause.objects.count() == len(first_texts())


@pytest.mark.exhaustive(counted=True)
def test_migrating_again_overwrites_nothing(law):
    rewrite(law, TEXTS, by=None, seen=1)
    call_command("migrate", verbosity=0)
    add_first_texts(None, using="default", apps=apps)
    assert law.versions.count() == 2 and Clause.objects.count() == len(first_texts())


def test_rewriting_makes_a_version_and_keeps_the_old_one(law):
    before = law.latest
    coordinator = make_staff(None, Role.COORDINATOR)
    version = rewrite(law, TEXTS, by=coordinator, seen=1)
    assert (version.number, version.written_by) == (2, coordinator)
    assert ClauseVersion.objects.get(pk=before.pk).text_en == before.text_en


def test_the_same_words_make_no_version(law):
    rewrite(law, TEXTS, by=None, seen=1)
    assert rewrite(law, TEXTS, by=None, seen=2) is None
    assert law.versions.count() == 2


def test_who_read_an_older_version_is_refused(law):
    rewrite(law, TEXTS, by=None, seen=1)
    with pytest.raises(Refused, match="in the meantime"):
        rewrite(law, {**TEXTS, "text_en": "A third."}, by=None, seen=1)


def test_only_the_coordinator_rewrites(law):
    for role in (Role.MANAGER, Role.EDITOR):
        with pytest.raises(Refused, match="national"):
            rewrite(law, TEXTS, by=make_staff(drafted().sponsorship.chair.cluster, role), seen=1)


def test_a_version_is_never_changed(law):
    with pytest.raises(TypeError):
        law.latest.save()


def test_a_clause_out_of_use_is_left_out():
    before = keys(drafted())
    Clause.objects.filter(key="law").update(is_used=False)
    assert keys(drafted()) == before - {"law"} != before
