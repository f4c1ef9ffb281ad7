"""Signing in by a provider that runs beside the tests: who comes in, as whom, and where to."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.test import Client

from accounts.models import User
from core.models.mail import OutgoingMail
from tests import factories
from tests.accounts.identities import back_from, come_in, to_the_provider
from tests.accounts.mailbox import code_in_mail, subjects_to
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history", "search_index")]
GOAL = "/en/accounts/profile/"
MFA = "https://refeds.org/profile/mfa"
VERIFIED = {"email": "ada@campus.example", "email_verified": True}
LIST = "/en/accounts/with/"


def is_in(client, user) -> bool:
    return client.session.get("_auth_user_id") == str(user.pk)


@pytest.fixture
def campus(provider):
    provider["campus"].person |= VERIFIED
    return provider["campus"]


def test_somebody_unknown_opens_an_account_and_goes_on_to_where_they_were_going(client, campus):
    assert "Continue with Université d’exemple" in client.get(f"/en/accounts/login/?next={GOAL}").text
    response = come_in(client, campus, GOAL)
    assert response["Location"] == "/en/accounts/with/new/"
    page = client.get(response["Location"])
    assert 'value="Ada Martin"' in page.text and 'value="ada@campus.example"' in page.text
    assert not User.objects.exists()
    response = client.post("/en/accounts/with/new/", {"name": "Ada Martin", "email": "ada@campus.example"})
    assert response["Location"] == GOAL and client.get(GOAL).status_code == 200
    user = User.objects.get()
    assert (user.name, user.is_staff, user.has_usable_password()) == ("Ada Martin", False, False)
    assert user.emailaddress_set.get().verified and not user.staff_roles.exists()
    kept = SocialAccount.objects.get()
    assert kept.uid == "of-ada" and kept.extra_data.keys() == {"name", "email", "is_vouched"}
    # Whoever is known by the subject stays themselves, whatever their address has become.
    campus.person |= {"email": "else@campus.example"}
    other = Client()
    assert come_in(other, campus)["Location"] == "/en/accounts/welcome/" and is_in(other, user)


def test_a_site_without_a_provider_offers_none_and_asks_for_nothing_more(client, settings, django_assert_num_queries):
    shown = client.get("/en/accounts/login/").text
    settings.IDENTITY_PROVIDERS = {}
    with django_assert_num_queries(0):
        page = client.get("/en/accounts/login/").text
    assert "Continue with" in shown and "Continue with" not in page and "an account that you have elsewhere" not in page


def test_another_address_than_the_verified_one_is_proved_by_a_code(client, campus):
    come_in(client, campus, GOAL)
    client.post("/en/accounts/with/new/", {"name": "Ada", "email": "private@example.org"})
    assert client.get(GOAL).status_code == 302
    assert client.post("/en/accounts/confirm-email/", {"code": code_in_mail()})["Location"] == GOAL


def test_a_verified_address_joins_the_account_that_has_it_and_its_owner_is_told(client, campus):
    user = factories.make_user("ada@campus.example")
    assert come_in(client, campus, GOAL)["Location"] == GOAL and is_in(client, user)
    assert SocialAccount.objects.get().user == user
    assert "Université d’exemple now signs you in" in subjects_to(user.email)


@pytest.mark.parametrize(
    ("address", "is_verified"),
    [("ada@campus.example", False), ("ada@campus.example", "true"), ("ada@elsewhere.example", True)],
)
def test_no_other_address_joins_anything(client, campus, address, is_verified):
    """Neither one that the provider did not verify, nor one in a domain of which it knows nothing."""
    user = factories.make_user(address)
    campus.person |= {"email": address, "email_verified": is_verified}
    assert come_in(client, campus)["Location"] == "/en/accounts/with/new/"
    client.post("/en/accounts/with/new/", {"name": "Mallory", "email": address})
    assert not SocialAccount.objects.exists() and not is_in(client, user)
    assert "You already have an account" in OutgoingMail.objects.latest("pk").subject or subjects_to(address)


def test_an_address_that_an_account_only_claims_is_proved_and_its_password_forgotten(client, campus):
    user = factories.make_user("ada@campus.example")
    EmailAddress.objects.update(verified=False)
    come_in(client, campus)
    assert not is_in(client, user) and not SocialAccount.objects.exists()
    client.post("/en/accounts/confirm-email/", {"code": code_in_mail()})
    user.refresh_from_db()
    assert is_in(client, user) and not user.check_password(PASSWORD) and SocialAccount.objects.get().user == user


def test_a_closed_account_stays_closed(client, campus):
    user = factories.make_user("ada@campus.example", is_active=False)
    assert come_in(client, campus)["Location"].endswith("/accounts/inactive/")
    assert not is_in(client, user)


def test_next_leads_to_this_site_only_and_the_language_stays(client, campus):
    factories.make_user("ada@campus.example")
    response = come_in(client, campus, "https://evil.example/", language="fr")
    assert response["Location"] == "/fr/accounts/welcome/"


@pytest.mark.exhaustive(counted=True)
def test_staff_give_their_factor_unless_the_provider_vouches_for_the_sign_in(client, campus, settings):
    settings.STAFF_SECOND_FACTOR = "required"
    user = factories.make_staff(factories.make_cluster(), email="ada@campus.example")
    come_in(client, campus)
    assert is_in(client, user) and "/2fa/" in client.get("/admin/")["Location"]
    for said in ({"acr": MFA}, {"amr": ["pwd", "mfa"]}, {"amr": "mfa"}):
        campus.said = said
        vouched = Client()
        come_in(vouched, campus)
        assert vouched.get("/admin/").status_code == 200
    # The word counts for as long as the account has the identity.
    SocialAccount.objects.all().delete()
    assert "/2fa/" in vouched.get("/admin/")["Location"]


def test_a_new_identity_spares_nobody_the_factor_that_the_account_has(client, campus, settings):
    settings.STAFF_SECOND_FACTOR = "required"
    user = factories.make_staff(factories.make_cluster(), email="ada@campus.example")
    TOTP.activate(user, generate_totp_secret())
    campus.said = {"acr": MFA}
    assert come_in(client, campus)["Location"] == "/en/accounts/2fa/authenticate/"
    assert not is_in(client, user) and not SocialAccount.objects.exists()
    SocialAccount.objects.create(user=user, provider="campus", uid="of-ada")
    come_in(client, campus)
    assert is_in(client, user) and client.get("/admin/").status_code == 200


def test_the_account_s_page_joins_an_identity_and_ends_it(client, campus):
    user = factories.make_user("ada@example.org")
    client.post("/en/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert "Join another" in client.get(LIST).text
    asked_again = client.post(f"{LIST}campus/")
    assert asked_again["Location"].startswith("/en/accounts/reauthenticate/")
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    assert come_in(client, campus)["Location"] == LIST
    page = client.get(LIST).text
    assert "ada@campus.example" in page and "Continue with Université d’exemple" not in page
    identity = SocialAccount.objects.get(user=user)
    assert "End it" in client.get(f"{LIST}{identity.pk}/end/").text
    assert client.post(f"{LIST}{identity.pk}/end/")["Location"] == LIST
    assert not SocialAccount.objects.exists()
    assert "Université d’exemple no longer signs you in" in subjects_to(user.email)
    # Nobody ends another's.
    theirs = SocialAccount.objects.create(user=factories.make_user(), provider="campus", uid="of-another")
    assert client.post(f"{LIST}{theirs.pk}/end/").status_code == 404


def test_the_last_way_in_is_not_ended(client, campus):
    user = factories.make_user("ada@campus.example")
    come_in(client, campus)
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    # Without signing the session out, as a new password would: nothing else is left.
    User.objects.update(password=make_password(None))
    EmailAddress.objects.all().delete()
    session = client.session
    user.refresh_from_db()
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.save()
    identity = SocialAccount.objects.get()
    assert "This is the only way in" in client.get(f"{LIST}{identity.pk}/end/").text
    client.post(f"{LIST}{identity.pk}/end/")
    assert SocialAccount.objects.exists()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    assert "End it" in client.get(f"{LIST}{identity.pk}/end/").text


def test_an_identity_of_somebody_else_joins_nothing(client, campus):
    SocialAccount.objects.create(user=factories.make_user(), provider="campus", uid="of-ada")
    user = factories.make_user("bob@example.org")
    client.post("/en/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    page = client.get(come_in(client, campus)["Location"])
    assert "already connected to a different account" in page.text
    assert not SocialAccount.objects.filter(user=user).exists()


def test_a_sign_in_that_waits_does_not_join_the_account_of_who_came_meanwhile(client, campus):
    first, second = factories.make_user("ada@example.org"), factories.make_user("bob@example.org")
    client.post("/en/accounts/login/", {"login": first.email, "password": PASSWORD})
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    there = to_the_provider(client, campus)
    session = dict(client.session)
    client.force_login(second)
    kept = client.session
    kept["socialaccount_states"] = session["socialaccount_states"]
    kept.save()
    assert back_from(client, campus, there).status_code == 400
    assert not SocialAccount.objects.exists()
