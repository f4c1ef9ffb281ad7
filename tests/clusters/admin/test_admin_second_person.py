"""What a running chair promises, and who a partner legally is, is changed by two people: one asks, another confirms."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clusters.models import ChangeRequest
from core.models import OutgoingMail
from tests import factories
from tests.personas import EDITOR, MANAGER, OTHER_MANAGER, READER, SECOND_MANAGER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history", "search_index")]
BEFORE, AFTER = datetime.date(2029, 12, 31), datetime.date(2030, 12, 31)


@pytest.fixture
def panel(cast):
    def signed_in(who):
        client = Client()
        client.force_login(cast[who])
        return client

    return signed_in


@pytest.fixture
def chair(cast):
    return factories.make_chair(
        "active", cluster=cast.cluster, starts_on=datetime.date(2026, 1, 1), ends_on=BEFORE, slug="guarded"
    )


def asked_for(panel, chair) -> ChangeRequest:
    values = {"starts_on": "2026-01-01", "ends_on": "2030-12-31", "why": "The grant was prolonged."}
    assert panel(EDITOR).post(f"/admin/chairs/chair/{chair.pk}/ask/", values).status_code == 302
    return ChangeRequest.objects.get()


def test_the_record_changes_once_a_colleague_confirms(cast, panel, chair):
    record = panel(EDITOR).get(f"/admin/chairs/chair/{chair.pk}/change/?step=money").text
    assert f"/admin/chairs/chair/{chair.pk}/ask/" in record and 'name="ends_on"' not in record
    asked = asked_for(panel, chair)
    told = OutgoingMail.objects.filter(occasion="changes/asked")
    assert {mail.recipient for mail in told} == {cast[MANAGER], cast[SECOND_MANAGER]}
    assert all("The grant was prolonged." in mail.text for mail in told)
    chair.refresh_from_db()
    assert chair.ends_on == BEFORE and asked.values == {"ends_on": "2030-12-31"}
    there = f"/admin/clusters/changerequest/{asked.pk}/decide/"
    assert "a colleague does" in panel(EDITOR).post(there, {"decision": "confirm"}).text
    assert panel(READER).post(there, {"decision": "confirm"}).status_code == 403
    assert panel(OTHER_MANAGER).get(there).status_code == 404
    page = panel(SECOND_MANAGER).get(there).text
    assert "The grant was prolonged." in page and "31 December 2030" in page and "2029" in page
    assert "second person" in panel(SECOND_MANAGER).get("/admin/").text
    assert "Asked by" in page and f"/admin/chairs/chair/{chair.pk}/change/" in page
    decided = panel(SECOND_MANAGER).post(there, {"decision": "confirm"}, follow=True).text
    assert "the change is made" in decided and f"/admin/chairs/chair/{chair.pk}/change/" in decided
    assert "<del>31 December 2029</del> → <ins>31 December 2030</ins>" in decided
    chair.refresh_from_db()
    assert chair.ends_on == AFTER and chair.history.latest().history_user == cast[SECOND_MANAGER]
    assert OutgoingMail.objects.get(occasion="changes/confirmed").recipient == cast[EDITOR]
    assert "already been decided" in panel(MANAGER).post(there, {"decision": "refuse"}).text


def test_a_change_is_found_by_what_its_line_shows_and_by_what_finds_its_record(cast, panel, chair):
    asked = asked_for(panel, chair)
    factories.make_appointment(chair, person=factories.make_person(name="Zélie Quatrepoint"))
    chair.title_en, chair.title_fr = "Kind Machines", "Machines bienveillantes"
    chair.save()
    panel(SECOND_MANAGER).post(f"/admin/clusters/changerequest/{asked.pk}/decide/", {"decision": "confirm"})

    def found(who, text):
        return list(panel(who).get("/admin/clusters/changerequest/", {"q": text}).context["cl"].queryset)

    said = ["kind machines", "bienveillantes", "guarded", "quatrepoint", cast[EDITOR].name, cast[SECOND_MANAGER].name]
    # Words of the record, and of who is named beside it.
    for text in [*said, f"bienveillantes {cast[EDITOR].name}"]:
        assert found(READER, text) == [asked], text
        assert found(OTHER_MANAGER, text) == [], text
    assert found(READER, "unkind") == []


def test_a_change_names_its_record_as_it_is_called_now_in_the_readers_language(cast, panel, chair):
    type(chair).objects.filter(pk=chair.pk).update(title_en="Kind Machines", title_fr="Machines bienveillantes")
    reader = cast[SECOND_MANAGER]
    type(reader).objects.filter(pk=reader.pk).update(language="fr")
    asked = asked_for(panel, chair)
    assert asked.name == "Kind Machines"
    assert "Machines bienveillantes" in OutgoingMail.objects.get(occasion="changes/asked", recipient=reader).text
    theirs = panel(SECOND_MANAGER)
    theirs.cookies["django_language"] = "fr"
    places = ("", f"{asked.pk}/change/", f"{asked.pk}/decide/")
    pages = ["/admin/", *(f"/admin/clusters/changerequest/{place}" for place in places)]
    for page in pages:
        found = theirs.get(page).text
        assert "Machines bienveillantes" in found and "Kind Machines" not in found, page
    type(chair).objects.filter(pk=chair.pk).update(title_fr="Machines aimables")
    assert "Machines aimables" in theirs.get(pages[-1]).text


def test_the_names_of_many_records_cost_a_file_as_many_queries_as_one(cast, panel, chair):
    asked = asked_for(panel, chair)
    client, taken = panel(MANAGER), {"columns": ["named"], "format": "json"}

    def export() -> tuple[int, str]:
        with CaptureQueriesContext(connection) as made:
            answer = client.post("/admin/lists/clusters/changerequest/export/", taken)
            text = b"".join(answer).decode()
        return len(made), text

    few, text = export()
    assert str(chair) in text
    for _number in range(5):
        asked.pk, asked.is_confirmed, asked.decided_at, asked.decided_by = None, False, asked.asked_at, cast[MANAGER]
        asked.save()
    assert export()[0] == few


def test_a_change_of_a_record_that_is_gone_keeps_its_name_without_a_link(cast, panel):
    gone = ChangeRequest.objects.create(
        cluster=cast.cluster,
        kind="chairs.chair",
        record=987654,
        name="Lost Machines",
        before={},
        values={},
        why="It was.",
        asked_by=cast[EDITOR],
    )
    page = panel(MANAGER).get(f"/admin/clusters/changerequest/{gone.pk}/change/").text
    assert "Lost Machines" in page and "/987654/" not in page
    assert "Lost Machines" in panel(MANAGER).get("/admin/clusters/changerequest/").text


def test_a_refusal_and_a_change_meanwhile_leave_the_record(panel, chair):
    asked = asked_for(panel, chair)
    there = f"/admin/clusters/changerequest/{asked.pk}/decide/"
    type(chair).objects.filter(pk=chair.pk).update(ends_on=datetime.date(2028, 1, 1))
    assert "changed since this was asked" in panel(MANAGER).post(there, {"decision": "confirm"}).text
    assert "stays as it is" in panel(MANAGER).post(there, {"decision": "refuse"}, follow=True).text
    assert OutgoingMail.objects.get(occasion="changes/refused").recipient == asked.asked_by
    chair.refresh_from_db()
    assert chair.ends_on == datetime.date(2028, 1, 1) and ChangeRequest.objects.get().is_confirmed is False


def test_what_is_asked_is_read_as_the_form_reads_it(panel, chair):
    there = f"/admin/chairs/chair/{chair.pk}/ask/"
    page = panel(EDITOR).post(there, {"starts_on": "2026-01-01", "ends_on": "2029-12-31", "why": ""}).text
    assert "Say why: your colleague decides by it." in page
    same = {"starts_on": "2026-01-01", "ends_on": "2029-12-31", "why": "No reason."}
    assert "Nothing differs from what the record says." in panel(EDITOR).post(there, same).text
    asked_for(panel, chair)
    values = {"starts_on": "2026-01-01", "ends_on": "2031-12-31", "why": "Again."}
    assert "already waits for a second person" in panel(MANAGER).post(there, values).text


def test_a_cluster_of_one_manager_changes_the_page_itself(cast, panel, chair):
    type(cast.cluster).objects.filter(pk=cast.cluster.pk).update(needs_four_eyes=False)
    assert 'name="ends_on"' in panel(EDITOR).get(f"/admin/chairs/chair/{chair.pk}/change/?step=money").text


def test_a_partner_gets_another_legal_name(cast, panel, chair):
    contact = factories.make_contact(factories.make_partner(name="Before SA"))
    factories.make_sponsorship("submitted", contact, chair=chair)
    partner = contact.partner
    there = f"/admin/partners/partner/{partner.pk}/ask/"
    assert panel(READER).get(there).status_code == 403 and panel(OTHER_MANAGER).get(there).status_code == 404
    assert panel(EDITOR).post(there, {"name": "After SA", "why": "They changed it."}).status_code == 302
    asked = ChangeRequest.objects.get()
    panel(MANAGER).post(f"/admin/clusters/changerequest/{asked.pk}/decide/", {"decision": "confirm"})
    partner.refresh_from_db()
    assert partner.name == "After SA"
