"""Addresses made from names: always the same, in plain letters, another for another name."""

import pytest

from clusters.models import Person
from core.slugs import address_of, free_address, free_address_untold
from tests.factories import make_person

pytestmark = pytest.mark.database(quick=True)

OTHER_SCRIPTS = [
    "株式会社日立製作所",
    "株式会社東芝",
    "Сбербанк",
    "李晓明",
    "李小明",
    "شركة أرامكو",
    "Αθήνα",
    "🚀",
    "🎉",
    "日立 AI",
    "東芝 AI",
]


@pytest.mark.parametrize(
    ("name", "address"),
    [("Émilie d’Œuvre", "emilie-d-oeuvre"), ("Hi! PARIS", "hi-paris"), ("x" * 300, "x" * 100), ("", "")],
)
def test_a_latin_name_is_its_address(name, address):
    assert address_of(name) == address


def test_names_of_other_scripts_have_each_their_own():
    addresses = [address_of(name) for name in OTHER_SCRIPTS]
    assert len(set(addresses)) == len(OTHER_SCRIPTS)
    assert all(address and address.isascii() and len(address) <= 100 for address in addresses)
    assert addresses == [address_of(name) for name in OTHER_SCRIPTS]
    assert address_of("日立 AI").startswith("ai-")


@pytest.mark.django_db
def test_a_namesake_gets_another_address():
    make_person(name="李晓明", slug=address_of("李晓明"))
    taken = Person.objects.all()
    assert free_address("李晓明", taken) == address_of("李晓明") + "-2"
    assert free_address_untold("李晓明", taken).startswith(address_of("李晓明") + "-")
    assert free_address("New", taken) != "new"
