"""The server is killed, again and again, while payments are being recorded: each is there as a whole or not at all."""

import email
import threading
import time
import uuid
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from core.models.mail import MAX_ATTEMPTS, OutgoingMail
from sponsorships.models import Instalment, LedgerEntry
from tests import factories
from tests.serving import Server
from tests.sponsorships.admin.money import INSTALMENTS, act_data, invoiced, verb_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database, pytest.mark.exhaustive]
# Two people press at once, all the time; each payment is a euro.
CLERKS, EURO = 2, Decimal("1.00")
# So many payments are confirmed before the next kill, which falls at any moment of those that follow.
BETWEEN_KILLS, AT_MOST = 6, 10


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path)
    yield server
    server.kill()


class Clerk(threading.Thread):
    """Records payments until told to stop; keeps which were confirmed, and which nobody knows."""

    def __init__(self, server, address, session):
        super().__init__()
        self.server, self.address, self.session = server, address, session
        self.confirmed, self.unsure, self.refused = [], [], []
        self.is_done = threading.Event()

    def run(self):
        while not self.is_done.is_set():
            act = str(uuid.uuid4())
            status = self.server.post(
                self.address, act_data(act=act, amount="1.00", reference=f"B {act[:8]}"), self.session
            )
            if status is None:
                self.unsure.append(act)
                time.sleep(0.05)
            else:
                (self.confirmed if status == 302 else self.refused).append(act)


def torture(server, kills):
    """Return the instalment, and the acts that were confirmed and those that were not."""
    sponsorship = factories.make_running(cash_amount=Decimal("1000000.00"))
    manager = factories.make_staff(sponsorship.chair.cluster)
    instalment = invoiced(sponsorship, manager)
    OutgoingMail.objects.all().delete()
    client = Client()
    client.force_login(manager)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    clerks = [Clerk(server, verb_url(INSTALMENTS, instalment, "receive_part"), session) for _clerk in range(CLERKS)]
    server.start()
    for clerk in clerks:
        clerk.start()
    for kill in range(kills):
        work(clerks)
        time.sleep(kill % 7 / 100)
        server.kill()
        server.start()
    work(clerks)
    for clerk in clerks:
        clerk.is_done.set()
    for clerk in clerks:
        clerk.join()
    server.kill()
    assert not any(clerk.refused for clerk in clerks), (server.folder / "log").read_text()[-2000:]
    return instalment, *({act for clerk in clerks for act in getattr(clerk, name)} for name in ("confirmed", "unsure"))


def work(clerks):
    """Wait until some payments more are confirmed."""
    already, until = sum(len(clerk.confirmed) for clerk in clerks), time.monotonic() + AT_MOST
    while sum(len(clerk.confirmed) for clerk in clerks) < already + BETWEEN_KILLS and time.monotonic() < until:
        time.sleep(0.01)


def check_payments(instalment, confirmed, unsure):
    """Each payment left its entry, its line of the log and its mail, or none of them."""
    entries = LedgerEntry.objects.filter(instalment=instalment, kind="received")
    acts = [str(act) for act in entries.values_list("act", flat=True)]
    assert len(acts) == len(set(acts)), "no payment counts twice"
    assert confirmed <= set(acts) <= confirmed | unsure
    assert confirmed, "the server answered somebody"
    assert instalment.transitions.filter(verb="receive_part").count() == len(acts)
    assert OutgoingMail.objects.filter(occasion__startswith="instalments/").count() == len(acts)
    assert Instalment.objects.get(pk=instalment.pk).entries.total("received") == len(acts) * EURO
    call_command("check_ledger")


def send_and_be_killed(server, kills):
    """Send the mails, the sender being killed in the middle; answer how often each Message-ID left."""
    folder = server.folder / "mail"
    for _kill in range(kills):
        sender, before = server.run("manage.py", "deliver_mail"), left(folder)
        while sender.poll() is None and len(left(folder)) <= len(before):
            time.sleep(0.01)
        server.kill(sender)
        stopped = OutgoingMail.objects.filter(sent_at=None, attempts__gt=0)
        # The lease of whoever died runs out.
        stopped.update(leased_until=timezone.now())
        assert all(mail.state == "unknown" for mail in stopped.with_state())
    server.run("manage.py", "deliver_mail").wait()
    return left(folder)


def left(folder):
    """Return the Message-IDs of the mails that left, in whole."""
    messages = "".join(file.read_text() for file in folder.glob("*")) if folder.exists() else ""
    parsed = [email.message_from_string(text.strip()) for text in messages.split("-" * 79) if text.strip()]
    return [message["Message-ID"] for message in parsed if message["Message-ID"]]


def check_mails(server, kills):
    ids = send_and_be_killed(server, kills)
    mails = OutgoingMail.objects.all()
    assert {f"<{mail.message_id}@127.0.0.1>" for mail in mails} == set(ids), "each at least once, under its one ID"
    assert len(ids) - len(set(ids)) <= kills, "twice at most where the sender died in between"
    assert {mail.state for mail in mails.all().with_state()} == {"sent"}


def test_killed_a_few_times_nothing_is_lost_halved_or_doubled(server):
    check_payments(*torture(server, kills=2))
    check_mails(server, kills=1)


@pytest.mark.audit
def test_killed_many_times_nothing_is_lost_halved_or_doubled(server):
    check_payments(*torture(server, kills=40))
    check_mails(server, kills=MAX_ATTEMPTS - 2)
