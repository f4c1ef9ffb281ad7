"""Who writes to whom on a sponsorship, who reads it and under which name."""

import uuid

import pytest
from django.core import mail as outgoing

from conversations.models import Immutable, Message
from tests import factories
from tests.sponsorships.uploads import upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_cast")]
TEXT = "When can we begin?"


@pytest.fixture
def sponsorship(cast):
    return factories.make_sponsorship("in_review", cast.contact("partner"), chair=cast.chair)


def address(sponsorship, more="") -> str:
    return f"/en/my/sponsorships/{sponsorship.reference}/messages/{more}"


def desk(sponsorship) -> str:
    return f"/admin/sponsorships/sponsorship/{sponsorship.pk}/messages/"


def form(text=TEXT, **more) -> dict:
    return {"token": uuid.uuid4(), "text": text, **more}


def write(client, user, url, data=None):
    client.force_login(user)
    return client.post(url, data or form())


def read(client, user, url) -> str:
    client.force_login(user)
    return " ".join(client.get(url).content.decode().split())


@pytest.mark.parametrize(
    ("who", "status"),
    [("partner", 302), ("pi", 302), ("finance", 302), ("reader", 403), ("auditor", 403), ("rival", 404)],
)
def test_partner_staff_and_investigators_write(client, cast, sponsorship, who, status):
    assert write(client, cast[who], address(sponsorship)).status_code == status
    assert Message.objects.count() == (status == 302)


def test_nobody_writes_on_a_draft(client, cast):
    draft = factories.make_sponsorship("draft", cast.contact("partner"), chair=cast.chair)
    assert write(client, cast["partner"], address(draft)).status_code == 404
    sent = factories.make_sponsorship("submitted", cast.contact("partner"), chair=cast.chair)
    assert write(client, cast["partner"], address(sent)).status_code == 302


def test_a_double_click_makes_one_message(client, cast, sponsorship):
    data = form()
    answers = [write(client, cast["partner"], address(sponsorship), data).status_code for _click in range(2)]
    assert answers == [302, 302]
    assert Message.objects.count() == 1


def test_a_form_that_is_known_from_elsewhere_is_kept_here_too(client, cast, sponsorship):
    other = factories.make_sponsorship("in_review", cast.contact("partner"), chair=cast.chair)
    data = form()
    for who, where in (("partner", sponsorship), ("partner", other), ("pi", other)):
        write(client, cast[who], address(where), data)
    assert set(Message.objects.values_list("sponsorship", "author")) == {
        (sponsorship.pk, cast["partner"].pk),
        (other.pk, cast["partner"].pk),
        (other.pk, cast["pi"].pk),
    }


def test_staff_appear_as_the_office_to_partner_and_investigators_and_by_name_to_staff(client, cast, sponsorship):
    cast["manager"].name = "Marie Bureau"
    cast["manager"].save()
    write(client, cast["manager"], desk(sponsorship))
    for who in ("partner", "pi"):
        text = read(client, cast[who], address(sponsorship))
        assert "The office of Cluster of the cast" in text and TEXT in text
        assert "Marie Bureau" not in text
    assert "Marie Bureau" in read(client, cast["reader"], desk(sponsorship))


@pytest.mark.exhaustive(counted=True)
def test_a_note_between_staff_is_read_by_staff_alone(client, cast, sponsorship, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        write(client, cast["manager"], desk(sponsorship), form("They will not pay.", is_internal="on"))
    for who in ("partner", "pi"):
        for page in (address(sponsorship), sponsorship.get_absolute_url(), "/en/my/"):
            assert "They will not pay." not in read(client, cast[who], page)
    for who in ("reader", "auditor"):
        assert "They will not pay." in read(client, cast[who], desk(sponsorship))
    told = {mail.to[0].split("@")[0] for mail in outgoing.outbox}
    assert told == {"finance", "editor", "second_manager"}


def test_the_partner_cannot_write_a_note_between_staff(client, cast, sponsorship):
    write(client, cast["partner"], address(sponsorship), form(is_internal="on"))
    assert not Message.objects.get().is_internal
    write(client, cast["manager"], desk(sponsorship), form(is_internal="on"))
    assert Message.objects.filter(is_internal=True).get().author == cast["manager"]


def test_staff_who_act_for_the_partner_read_its_side(client, cast, sponsorship):
    write(client, cast["manager"], desk(sponsorship), form("A note.", is_internal="on"))
    write(client, cast["manager"], desk(sponsorship), form("A letter."))
    factories.make_contact(cast.company, cast["reader"])
    text = read(client, cast["reader"], address(sponsorship))
    assert "A letter." in text and "A note." not in text


def test_the_others_get_a_mail_and_who_wrote_gets_none(client, cast, sponsorship, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        write(client, cast["manager"], desk(sponsorship))
    told = {mail.to[0].split("@")[0]: mail for mail in outgoing.outbox}
    assert set(told) == {"partner", "pi", "finance", "editor", "second_manager"}
    assert TEXT in told["partner"].body
    assert cast["manager"].name not in told["partner"].body + told["pi"].body
    assert cast["manager"].name in told["editor"].body
    # Each leads to where one answers and finds the files.
    assert address(sponsorship) in told["partner"].body
    assert desk(sponsorship) in told["editor"].body


def test_what_is_wrong_with_a_file_is_said_and_nothing_is_kept(client, cast, sponsorship):
    data = form(files=[upload(), upload("macro.exe"), upload("fake.pdf", b"MZ")])
    response = write(client, cast["partner"], address(sponsorship), data)
    assert response.status_code == 200
    assert "macro.exe" in response.content.decode() and TEXT in response.content.decode()
    assert not Message.objects.exists()


def test_a_file_is_handed_over_as_a_download_to_those_who_read_it(client, cast, sponsorship):
    write(client, cast["partner"], address(sponsorship), form(files=[upload("Plan.pdf"), upload("Plan.pdf")]))
    file = Message.objects.get().files.get()
    for who, status in (("partner", 200), ("pi", 200), ("reader", 200), ("rival", 404), ("other_manager", 404)):
        client.force_login(cast[who])
        response = client.get(address(sponsorship, f"files/{file.pk}/"))
        assert response.status_code == status
        if status == 200:
            assert response["Content-Disposition"] == 'attachment; filename="Plan.pdf"'


def test_what_others_wrote_is_new_until_one_says_that_one_has_read_it(client, cast, sponsorship):
    write(client, cast["manager"], desk(sponsorship))
    last = Message.objects.get().pk
    assert "1 new message" in read(client, cast["partner"], "/en/my/")
    assert "1 new message" in read(client, cast["partner"], "/en/my/")  # looking changes nothing
    client.post(address(sponsorship, "read/"), {"until": last})
    assert "1 new message" not in read(client, cast["partner"], "/en/my/")
    assert "1 new message" in read(client, cast["pi"], "/en/my/")
    assert Message.objects.unread_by(cast["manager"]).count() == 0


@pytest.mark.parametrize("where", [address, desk])
def test_who_answers_has_read_what_the_page_showed_and_nothing_since(client, cast, sponsorship, where):
    who = cast["partner" if where is address else "manager"]
    shown = factories.make_message(sponsorship, cast["pi"], side="investigator")
    field = f'name="read_until" value="{shown.pk}"'
    assert field in read(client, who, where(sponsorship))
    since = factories.make_message(sponsorship, cast["pi"], side="investigator")
    write(client, who, where(sponsorship), form("Soon.", read_until=shown.pk))
    assert list(Message.objects.unread_by(who)) == [since]


def test_what_was_said_is_neither_changed_nor_erased(cast, sponsorship, client):
    write(client, cast["partner"], address(sponsorship))
    message = Message.objects.get()
    for act in (message.save, message.delete, Message.objects.all().delete, lambda: Message.objects.update(text="")):
        with pytest.raises(Immutable):
            act()
