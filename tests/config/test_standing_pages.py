"""The legal notice, privacy and eco-design: whole where the settings are, and plain about what is missing."""

import dataclasses
import json
import re

import pytest
from django.test import override_settings

from config import eco_design
from config.legal_notice import LegalNotice, check_legal_notice, legal_notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("search_index")]
STATED = LegalNotice(
    publisher_name="Université de l’Exemple",
    publisher_address="1 rue de la Paix, 75002 Paris",
    publisher_phone="+33 1 00 00 00 00",
    publisher_registration="SIREN 000 000 000",
    publisher_contact="mailto:web@exemple.fr",
    publication_director="Ada Lovelace",
    host_name="Hébergeur SA",
    host_address="2 rue du Nuage, 59000 Lille",
    host_phone="+33 3 00 00 00 00",
    data_controller="Consortium de l’Exemple",
    data_protection_contact="mailto:dpo@exemple.fr",
)
NOTHING = LegalNotice(*([""] * len(dataclasses.fields(LegalNotice))))


@pytest.mark.parametrize(("language", "lacks"), [("en", "not stated yet"), ("fr", "non renseigné à ce jour")])
def test_the_legal_notice_says_who_answers_for_the_site(client, language, lacks):
    with override_settings(LEGAL_NOTICE=STATED):
        page = client.get(f"/{language}/legal/?stated=1").text
    for text in dataclasses.asdict(STATED).values():
        if text not in (STATED.data_controller, STATED.data_protection_contact):
            assert text in page
    assert lacks not in page and "HOST_NAME" not in page


def test_the_footer_leads_to_the_standing_pages(client):
    home = client.get("/fr/").text
    for address in ("/fr/legal/", "/fr/privacy/", "/fr/eco-design/", "/fr/accessibility/"):
        assert f'href="{address}"' in home
        assert client.get(address).status_code == 200


def test_what_nobody_stated_is_said_to_be_missing_to_readers_and_to_the_operator(client):
    with override_settings(LEGAL_NOTICE=NOTHING, DEMONSTRATION=False):
        page = client.get("/en/legal/?nothing=1").text
        [said] = check_legal_notice()
    assert "This page is not complete" in page and "<code>HOST_NAME</code>" in page
    assert "PUBLICATION_DIRECTOR" in said.msg and not said.is_serious(30)
    with override_settings(LEGAL_NOTICE=STATED, DEMONSTRATION=False):
        assert check_legal_notice() == []


def test_the_controller_is_the_publisher_unless_another_is_named(monkeypatch):
    monkeypatch.setenv("PUBLISHER_NAME", "Université de l’Exemple")
    assert legal_notice().data_controller == "Université de l’Exemple"
    monkeypatch.setenv("DATA_CONTROLLER", "Consortium")
    assert legal_notice().data_controller == "Consortium"


def test_privacy_names_the_officer_and_says_for_how_many_years_what_is_kept(client):
    with override_settings(LEGAL_NOTICE=STATED):
        page = client.get("/en/privacy/?stated=1").text
    assert "Consortium de l’Exemple" in page and 'href="mailto:dpo@exemple.fr"' in page
    assert re.search(r"Accounts that nobody uses</strong>: 3 years\.", page)


def test_eco_design_shows_what_the_bench_measured(client):
    weighed = json.loads(eco_design.MEASURED.read_text())["weighed"]
    page = client.get("/en/eco-design/").text
    assert f"{weighed['chair page']['compressed'] / 1000:.1f}</td>" in page
    assert f"more than {eco_design.MAX_BYTES // 1000} kB" in page
