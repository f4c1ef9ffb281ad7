"""To issue an agreement freezes its text and makes its file, in one transaction."""

import hashlib
import re

import pytest
from django.core.files.storage import default_storage

from core.exceptions import Refused
from sponsorships.agreements import typesetting
from sponsorships.models import Agreement, Clause
from tests.factories import make_contact, make_partner
from tests.sponsorships.agreements.papers import drafted, issued, kept, text_of
from tests.verbs import perform

pytestmark = pytest.mark.django_db


def bytes_of(agreement) -> bytes:
    with agreement.file.open("rb") as file:
        return file.read()


def test_the_file_is_kept_with_its_fingerprint():
    agreement = Agreement.objects.get(pk=issued().pk)
    assert bytes_of(agreement).startswith(b"%PDF-")
    assert agreement.sha256 == hashlib.sha256(bytes_of(agreement)).hexdigest()
    assert agreement.status == "awaiting"


@pytest.mark.parametrize(("language", "title"), [("en", "Amounts"), ("fr", "Montants")])
def test_the_file_says_every_word_that_was_frozen(language, title):
    agreement = Agreement.objects.get(pk=issued(language=language).pk)
    foot = rf"{agreement.short_reference} \d / \d "
    words = re.sub(foot, "", kept(agreement.file))
    frozen = [text for part in agreement.frozen["sections"] for text in (part["title"], *part.get("paragraphs", []))]
    assert title in frozen and len(frozen) > 20
    assert [text for text in (agreement.frozen["title"], *frozen) if " ".join(text.split()) not in words] == []
    assert str(agreement.sponsorship.partner) in words


def test_what_is_kept_says_nothing_by_its_name():
    agreement = issued()
    assert agreement.file.name.startswith("agreements/")
    assert agreement.sponsorship.partner.slug not in agreement.file.name


def test_a_later_text_of_a_clause_does_not_reach_into_it():
    agreement = issued()
    before, file = agreement.frozen, bytes_of(agreement)
    clause = Clause.objects.get(key="law")
    clause.versions.create(number=2, title_en="New", title_fr="Neuf", text_en="Other law.", text_fr="Autre droit.")
    again = Agreement.objects.get(pk=agreement.pk)
    assert again.frozen == before
    assert bytes_of(again) == file
    assert "Other law." in text_of(issued().frozen)


def test_the_frozen_text_names_the_versions_of_its_clauses():
    named = [part["clause"] for part in issued().frozen["sections"] if "clause" in part]
    assert {"key": "law", "version": 1} in named


def test_nothing_is_issued_where_the_paper_cannot_be_made():
    agreement = drafted(contact=make_contact(make_partner(name="日本")))
    with pytest.raises(Refused, match="日 本"):
        perform(agreement, "issue", by=agreement.created_by)
    unchanged = Agreement.objects.get(pk=agreement.pk)
    assert unchanged.status == "draft"
    assert not unchanged.file and not unchanged.sha256 and not unchanged.frozen


def test_a_compiler_that_fails_leaves_a_draft(monkeypatch):
    agreement = drafted()
    monkeypatch.setattr(typesetting, "STANDARD", "no-such-standard")
    with pytest.raises(ValueError):
        perform(agreement, "issue", by=agreement.created_by)
    assert Agreement.objects.get(pk=agreement.pk).status == "draft"


def test_a_second_issue_is_refused_and_makes_no_second_file():
    agreement = issued()
    with pytest.raises(Refused):
        perform(agreement, "issue", by=agreement.created_by)
    assert Agreement.objects.get(pk=agreement.pk).sha256 == agreement.sha256
    assert default_storage.exists(agreement.file.name)
