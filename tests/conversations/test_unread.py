"""What others wrote waits on the front page and the desk of the office until somebody of it has read it."""

import pytest

from tests import factories
from tests.conversations.test_messages import address, desk, form, read, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_cast"), pytest.mark.database]
SENTENCE = "1 sponsorship has messages that nobody of the office has read"
LIST = "/admin/sponsorships/sponsorship/?messages=unread"
DESK = "/admin/desk/"


@pytest.fixture
def sponsorship(cast):
    return factories.make_sponsorship("active", cast.contact("partner"), chair=cast.chair)


@pytest.mark.exhaustive(counted=True)
def test_what_a_partner_wrote_waits_for_the_office_until_one_of_it_reads(client, cast, sponsorship):
    write(client, cast["finance"], address(sponsorship))
    assert SENTENCE not in read(client, cast["manager"], "/admin/")
    write(client, cast["partner"], address(sponsorship))
    for who in ("manager", "editor", "finance"):
        assert SENTENCE in read(client, cast[who], "/admin/"), who
        assert "Read the messages, and answer them" in read(client, cast[who], DESK), who
        # Both lines lead to the messages, not to the file.
        for page in ("/admin/", DESK):
            assert f'href="{desk(sponsorship)}"' in read(client, cast[who], page), (who, page)
    assert str(sponsorship.pk) in read(client, cast["manager"], LIST)
    for who in ("reader", "auditor"):
        assert "messages that nobody" not in read(client, cast[who], "/admin/"), who
    client.force_login(cast["finance"])
    client.post(desk(sponsorship), {"until": sponsorship.messages.last().pk})
    for who in ("manager", "finance"):
        assert SENTENCE not in read(client, cast[who], "/admin/"), who
    assert f"/sponsorship/{sponsorship.pk}/" not in read(client, cast["manager"], LIST)


def test_it_speaks_french(client, cast, sponsorship):
    write(client, cast["pi"], address(sponsorship))
    cast["manager"].language = "fr"
    cast["manager"].save()
    page = read(client, cast["manager"], "/admin/")
    assert "1 financement a des messages que personne de l’équipe n’a lus" in page


def test_who_only_looks_on_reads_for_nobody_and_an_answer_is_a_reading(client, cast, sponsorship):
    write(client, cast["partner"], address(sponsorship))
    client.force_login(cast["reader"])
    client.post(desk(sponsorship), {"until": sponsorship.messages.last().pk})
    assert sponsorship.readings.filter(user=cast["reader"]).exists()
    assert SENTENCE in read(client, cast["manager"], "/admin/")
    write(client, cast["finance"], desk(sponsorship), form("Next week.", is_internal="on"))
    sponsorship.readings.all().delete()
    assert SENTENCE in read(client, cast["manager"], "/admin/"), "a note between staff is no answer"
    write(client, cast["finance"], desk(sponsorship), form("Next week."))
    sponsorship.readings.all().delete()
    assert SENTENCE not in read(client, cast["manager"], "/admin/")
