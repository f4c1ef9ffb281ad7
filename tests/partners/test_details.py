"""An organisation keeps what it says of itself: its primary contacts alone, and only what each of them changed."""

import pytest
from django.test import Client
from django.urls import reverse

from partners.models import Partner
from tests import factories
from tests.sponsorships.agreements.papers import issued, kept

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history")]
OFFICE = "12 quai des Essais\r\n69002 Lyon"


@pytest.fixture
def contact():
    return factories.make_contact()


def fill(contact, seen=None, **typed):
    """Open the form, or keep what was seen of it earlier, and send it with these lines changed."""
    client = Client()
    client.force_login(contact.user)
    there = reverse("partners:edit", args=[contact.partner.slug])
    form = (seen or client.get(there)).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    initial = {form.add_initial_prefix(name): value for name, value in shown.items()}
    return client.post(there, {**initial, **shown, **typed}, follow=True)


def now(contact):
    return Partner.objects.get(pk=contact.partner_id)


def test_what_is_saved_stands_on_the_organisation_s_page_and_in_its_next_agreement(contact):
    page = fill(contact, legal_form="SAS", registered_office=OFFICE).text
    assert "The details of your organisation are saved." in page
    assert "12 quai des Essais" in page and "SAS" in page
    words = kept(issued(contact=contact).file)
    assert f"{contact.partner.name}, SAS registered office: 12 quai des Essais, 69002 Lyon" in words
    assert now(contact).history.first().registered_office


def test_two_people_who_change_different_lines_both_keep_their_change(contact):
    client = Client()
    client.force_login(contact.user)
    seen = client.get(reverse("partners:edit", args=[contact.partner.slug]))
    fill(contact, legal_form="SAS")
    fill(contact, seen, registered_office=OFFICE)
    assert (now(contact).legal_form, now(contact).registered_office.split()[0]) == ("SAS", "12")


def test_a_wrong_website_is_told_and_nothing_typed_is_lost(contact):
    page = fill(contact, website="nowhere", legal_form="SARL").text
    assert "Enter a valid URL." in page and 'value="SARL"' in page
    assert now(contact).legal_form == ""


def test_a_colleague_without_the_role_reads_and_does_not_write(contact):
    colleague = factories.make_contact(contact.partner, is_primary=False)
    client = Client()
    client.force_login(colleague.user)
    there = reverse("partners:edit", args=[contact.partner.slug])
    assert client.get(there).status_code == client.post(there, {"size": "sme"}).status_code == 403
    own = reverse("partners:detail", args=[contact.partner.slug])
    assert contact.partner.name in client.get(own).text and there not in client.get(own).text
    client.force_login(contact.user)
    assert there in client.get(own).text


def test_nothing_of_it_is_public(contact):
    Partner.objects.filter(pk=contact.partner_id).update(registered_office=OFFICE)
    factories.make_sponsorship("accepted", contact, confidentiality="public")
    page = Client().get(reverse("sponsorships:partner_detail", args=[contact.partner.slug])).text
    assert contact.partner.name in page and "quai des Essais" not in page


def test_staff_read_in_the_history_that_a_logo_was_given(client):
    partner = factories.make_partner(name="Granite SA")
    partner.logo, partner.logo_kind = "logos/0123", "png"
    partner.save()
    client.force_login(factories.make_staff(None, "coordinator"))
    page = client.get(reverse("admin:partners_partner_history", args=[partner.pk]))
    assert page.status_code == 200 and "logos/0123" in page.text
