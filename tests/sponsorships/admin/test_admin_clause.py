"""The coordinator rewrites the model clauses; every member of staff reads them."""

import pytest
from django.urls import reverse

from sponsorships.models import Clause
from tests.personas import COORDINATOR, MANAGER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_cast")]


@pytest.fixture
def law(cast):
    return Clause.objects.get(key="law")


def address(clause) -> str:
    return reverse("admin:sponsorships_clause_change", args=[clause.pk])


def values(clause, **overrides) -> dict:
    latest = clause.latest
    texts = {name: getattr(latest, name) for name in ("title_en", "title_fr", "text_en", "text_fr")}
    place = {"regime": "", "condition": "always", "position": clause.position, "is_used": "on"}
    rows = {"versions-TOTAL_FORMS": 0, "versions-INITIAL_FORMS": 0}
    return {**texts, **place, **rows, "seen_version": latest.number, "seen": "0.0", **overrides}


def post(client, clause, **overrides):
    data = values(clause, **overrides)
    page = client.get(address(clause))
    data["seen"] = page.context.get("seen", data["seen"])
    return client.post(address(clause), data, follow=True)


def test_other_words_make_a_version_with_its_author(client, cast, law):
    client.force_login(cast[COORDINATOR])
    page = post(client, law, text_en="Other law.")
    assert page.redirect_chain
    latest = Clause.objects.get(pk=law.pk).latest
    assert (latest.number, latest.text_en, latest.written_by) == (2, "Other law.", cast[COORDINATOR])


def test_the_old_version_stays_to_be_read(client, cast, law):
    before = law.latest.text_en
    client.force_login(cast[COORDINATOR])
    post(client, law, text_en="Other law.")
    page = client.get(address(law)).text
    assert before in page and "Other law." in page


def test_another_place_makes_no_version(client, cast, law):
    client.force_login(cast[COORDINATOR])
    post(client, law, position=5)
    law.refresh_from_db()
    assert law.position == 5 and law.versions.count() == 1


def test_words_are_needed_in_both_languages(client, cast, law):
    client.force_login(cast[COORDINATOR])
    page = post(client, law, text_fr="")
    assert not page.redirect_chain and "This field is required." in page.text
    assert law.versions.count() == 1


def test_who_has_read_an_older_version_reads_the_new_one_first(client, cast, law):
    client.force_login(cast[COORDINATOR])
    stale = values(law, text_en="Mine.")
    post(client, law, text_en="Theirs.")
    page = client.post(address(law), stale | {"seen": client.get(address(law)).context["seen"]}, follow=True)
    assert "Somebody has rewritten this clause in the meantime" in page.text
    assert Clause.objects.get(pk=law.pk).latest.text_en == "Theirs."


def test_a_new_clause_begins_with_its_first_version(client, cast):
    client.force_login(cast[COORDINATOR])
    data = {"key": "export", "condition": "always", "position": 300, "is_used": "on"}
    texts = {"title_en": "Export", "title_fr": "Exportation", "text_en": "A text.", "text_fr": "Un texte."}
    client.post(reverse("admin:sponsorships_clause_add"), data | texts)
    assert Clause.objects.get(key="export").latest.number == 1


def test_a_manager_reads_and_cannot_write(client, cast, law):
    client.force_login(cast[MANAGER])
    page = client.get(address(law)).text
    assert law.latest.text_en in page and 'name="text_en"' not in page
    assert client.post(address(law), values(law, text_en="Mine.")).status_code == 403
    assert law.versions.count() == 1
