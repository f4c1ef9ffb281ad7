"""A proposal begins without an account, and is written step by step: each is saved, and nothing is lost on the way."""

import re

import pytest
from django.contrib.messages import get_messages

from chairs.enums import ChairStatus
from sponsorships.enums import Regime, SponsorshipStatus
from sponsorships.models import Sponsorship
from tests.factories import make_activity, make_chair, make_contact, make_sponsorship, make_user
from tests.sponsorships.forms import organisation, proposal

pytestmark = pytest.mark.django_db

BEGUN = {"purpose": "Safer <tools>.", "proposal": "A thesis on touch.", "activity": ""}


@pytest.fixture
def chair():
    chair = make_chair(ChairStatus.ACTIVE)
    chair.cluster.office_contact, chair.cluster.office_email = "Partnership desk", "desk@example.org"
    chair.cluster.answers_within = 12
    chair.cluster.save()
    return chair


def url(chair):
    return f"/en/chairs/{chair.cluster.slug}/{chair.slug}/fund/"


def hidden(page):
    """Return what a browser sends of the hidden fields."""
    return dict(re.findall(r'<input type="hidden" name="(reference|revision|step)" value="([^"]*)"', page.text))


def test_the_door_says_what_comes_and_who_answers(client, chair):
    activity = make_activity(chair, title_en="A thesis on grip")
    page = client.get(url(chair), {"activity": activity.pk})
    assert page.status_code == 200
    for said in ("ten minutes, in three stages", "Partnership desk", "desk@example.org", "within 12 days", "SIREN"):
        assert said in page.text
    assert f'value="{activity.pk}" checked' in page.text and "A thesis on grip" in page.text
    assert not Sponsorship.objects.exists()


def test_who_alone_may_sign_is_chosen_already(client):
    contact = make_contact()
    draft = make_sponsorship("draft", contact, signatory=None)
    client.force_login(contact.user)
    there = f"/en/my/sponsorships/{draft.reference}/edit/?step=who"
    make_contact(draft.partner, is_signatory=False)
    assert client.get(there).context["form"]["signatory"].value() == contact.pk
    checked = client.get(f"{there}&check=1").context["form"]
    assert "signatory" in checked.errors and not checked["signatory"].value()
    make_contact(draft.partner)
    assert client.get(there).context["form"]["signatory"].value() is None


def test_what_a_stranger_wrote_goes_on_after_an_account_and_an_organisation(client, chair):
    activity = make_activity(chair)
    answer = client.post(url(chair), BEGUN | {"activity": activity.pk, "act": "sign_up"})
    assert answer["Location"] == f"/en/accounts/signup/?next={url(chair)}"
    assert client.post(url(chair), BEGUN | {"act": "sign_in"})["Location"].startswith("/en/accounts/login/?next=")
    sign_up = client.post(url(chair), BEGUN | {"activity": activity.pk, "act": "sign_up"}, follow=True)
    assert "What you wrote is kept: your proposal goes on as soon as you are signed in." in sign_up.text
    assert not Sponsorship.objects.exists()
    client.force_login(make_user())
    there = client.get(url(chair))
    assert there["Location"].startswith("/en/my/partners/new/?next=")
    page = client.post("/en/my/partners/new/", organisation(next=url(chair)), follow=True)
    assert "What you wrote before signing in is below." in page.text
    assert "Safer &lt;tools&gt;." in page.text and f'value="{activity.pk}" checked' in page.text
    client.post(url(chair), hidden(page) | BEGUN | {"activity": activity.pk, "act": "next"})
    draft = Sponsorship.objects.get()
    assert (draft.purpose, draft.activity, draft.status) == ("Safer <tools>.", activity, SponsorshipStatus.DRAFT)
    assert "What you wrote before signing in" not in client.get(url(chair)).text  # it is saved: forgotten here


def test_what_a_stranger_wrote_badly_is_said_beside_it_and_nobody_elses_chair_shows_it(client, chair):
    page = client.post(url(chair), BEGUN | {"activity": "999999"})
    assert page.status_code == 200 and "This activity is not open in this chair." in page.text
    assert "Safer &lt;tools&gt;." in page.text
    client.post(url(chair), BEGUN)
    other = make_chair(ChairStatus.ACTIVE)
    client.force_login(make_contact().user)
    assert "Safer" in client.get(url(chair)).text and "Safer" not in client.get(url(other)).text


@pytest.mark.exhaustive(counted=True)
def test_each_step_is_saved_and_leads_to_the_next(client, chair):
    contact = make_contact()
    client.force_login(contact.user)
    whole = proposal(signatory=contact.pk)
    page = client.get(url(chair))
    assert 'name="cash_amount"' not in page.text
    answers = {
        "what": {name: whole[name] for name in ("proposal", "purpose")},
        "how-much": {name: whole[name] for name in ("cash_amount", "starts_on", "ends_on")},
        "how": {"regime": "partnership", "is_cifre": "on"},
        "who": {"signatory": contact.pk, "confidentiality": "public"},
    }
    for name, typed in answers.items():
        assert hidden(page)["step"] == name
        page = client.post(page.context.get("action", url(chair)), hidden(page) | typed | {"act": "next"}, follow=True)
    draft = Sponsorship.objects.get()
    assert page.redirect_chain[-1][0] == f"/en/my/sponsorships/{draft.reference}/submit/"
    assert draft.short_reference in page.text and "Partnership desk" in page.text
    assert (draft.purpose, draft.regime, draft.is_cifre) == ("Safer tools.", Regime.PARTNERSHIP, True)
    assert str(draft.cash_amount) == "1234.56" and draft.signatory == contact
    page = client.post(page.request["PATH_INFO"], {"revision": draft.revision}, follow=True)
    draft.refresh_from_db(fields=["submitted_at"])
    assert draft.submitted_at and "Your proposal is sent." in page.text


def test_a_step_asks_for_what_it_lacks_and_goes_back_without_loss(client, chair):
    file = make_sponsorship(purpose="", regime="partnership", is_cifre=True)
    client.force_login(file.signatory.user)
    edit = f"/en/my/sponsorships/{file.reference}/edit/"
    step = {"revision": file.revision, "reference": file.reference}
    page = client.post(edit, step | {"step": "how-much", "cash_amount": "lots", "act": "back"})
    assert 'value="lots"' in page.text and set(page.context["form"].errors) == {"cash_amount"}
    page = client.post(edit, hidden(page) | {"cash_amount": "50", "in_kind_amount": "5", "act": "next"})
    assert "in_kind_description" in page.context["form"].errors
    page = client.post(edit, hidden(page) | {"cash_amount": "60", "act": "back"}, follow=True)
    assert page.redirect_chain[-1][0] == f"{edit}?step=what"
    # A gift has no Cifre thesis: its box is not shown any more, and is no error.
    page = client.get(edit, {"step": "how"})
    client.post(edit, hidden(page) | {"regime": "patronage", "is_cifre": "on", "act": "save"})
    file = Sponsorship.objects.get()
    assert (file.regime, file.is_cifre, file.cash_amount) == (Regime.PATRONAGE, False, 60)
    # The last step leads to the first that lacks something.
    page = client.get(edit, {"step": "send"}, follow=True)
    assert page.redirect_chain[-1][0] == f"{edit}?step=what&check=1"
    assert "Say in a sentence or two what you hope for." in page.text
    assert [str(one) for one in get_messages(page.wsgi_request)] or "Something is still missing" in page.text


def test_a_step_saves_any_other_field_that_comes_with_it(client, chair):
    contact = make_contact()
    client.force_login(contact.user)
    page = client.get(url(chair))
    client.post(url(chair), proposal(signatory=contact.pk) | hidden(page) | {"act": "save"})
    draft = Sponsorship.objects.get()
    assert (draft.signatory, str(draft.cash_amount), draft.regime) == (contact, "1234.56", Regime.PARTNERSHIP)


@pytest.mark.parametrize("status", [SponsorshipStatus.SUBMITTED, SponsorshipStatus.ACCEPTED])
def test_the_next_step_is_the_button_and_withdrawing_is_below(client, status):
    file = make_sponsorship(status)
    client.force_login(file.signatory.user)
    page = client.get(file.get_absolute_url()).text
    assert file.short_reference in page and f"/en/my/sponsorships/{file.reference}/withdraw/" in page
    assert "btn-outline-danger" not in page
    is_accepted = status == SponsorshipStatus.ACCEPTED
    assert ("Write to the office" in page) is is_accepted
    assert page.index("/withdraw/") > page.index('id="summary"')


def test_who_begins_too_many_is_told_and_loses_nothing(client, chair, settings):
    settings.ACCOUNT_RATE_LIMITS = {"begin_proposal": "1/m/ip"}
    assert client.post(url(chair), BEGUN | {"act": "sign_up"}).status_code == 302
    client.cookies.clear()
    page = client.post(url(chair), BEGUN | {"act": "sign_up"})
    assert page.status_code == 429 and "wait a minute" in page.text and "Safer &lt;tools&gt;." in page.text
    assert not page.cookies.get("sessionid")
