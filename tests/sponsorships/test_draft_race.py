"""Two requests at the same instant, on the real database."""

import threading
import uuid

import pytest
from django.db import close_old_connections, connection

from chairs.enums import ChairStatus
from partners.models import Partner
from sponsorships.models import Sponsorship
from tests.factories import make_chair, make_contact, make_sponsorship, make_user
from tests.sponsorships.forms import organisation, proposal

pytestmark = pytest.mark.database(quick=True)

TABS = 4


def press_together(user, address, posts):
    """Post from as many browsers as there are posts, all at once; answer the status codes."""
    from django.test import Client

    clients = []
    for _post in posts:
        client = Client()
        client.force_login(user)
        clients.append(client)
    start, codes = threading.Barrier(len(posts)), []

    def press(client, data):
        close_old_connections()
        try:
            start.wait()
            codes.append(client.post(address, data).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=pair) for pair in zip(clients, posts, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(codes)


@pytest.mark.django_db(transaction=True)
def test_clicks_at_the_same_instant_make_one_draft():
    contact, chair = make_contact(), make_chair(ChairStatus.ACTIVE)
    data = proposal(reference=str(uuid.uuid4()))
    codes = press_together(contact.user, f"/en/chairs/{chair.cluster.slug}/{chair.slug}/fund/", [data] * TABS)
    assert codes == [302] * TABS
    assert Sponsorship.objects.get().revision == 1


@pytest.mark.django_db(transaction=True)
def test_of_tabs_that_save_at_the_same_instant_one_wins():
    contact = make_contact()
    draft = make_sponsorship(contact=contact)
    posts = [proposal(revision="1", purpose=f"Tab {number}") for number in range(TABS)]
    codes = press_together(contact.user, f"/en/my/sponsorships/{draft.reference}/edit/", posts)
    assert codes == [302] + [409] * (TABS - 1)
    assert Sponsorship.objects.get().revision == 2


@pytest.mark.django_db(transaction=True)
def test_clicks_at_the_same_instant_send_once():
    contact = make_contact()
    draft = make_sponsorship(contact=contact)
    press_together(contact.user, f"/en/my/sponsorships/{draft.reference}/submit/", [{"revision": "1"}] * TABS)
    assert draft.transitions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_clicks_at_the_same_instant_register_one_organisation():
    user = make_user()
    codes = press_together(user, "/en/my/partners/new/", [organisation()] * TABS)
    assert Partner.objects.count() == 1
    assert set(codes) <= {200, 302}
