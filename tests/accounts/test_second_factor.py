"""The second factor is a fact of the session: how one gives it, what does not count, and that no way in goes round it."""

import re
import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.test import Client

from clusters.enums import Role
from clusters.models import StaffRole
from tests import factories
from tests.accounts.mailbox import code_in_mail, link_in_mail
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history", "search_index")]
HOME = "/en/my/"
ACTIVATE, REAUTHENTICATE = "/en/accounts/2fa/totp/activate/", "/en/accounts/2fa/reauthenticate/"
AUTHENTICATE, CODES = "/en/accounts/2fa/authenticate/", "/en/accounts/2fa/recovery-codes/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.STAFF_SECOND_FACTOR = "required"
    cache.clear()


@pytest.fixture
def staff():
    return factories.make_staff(factories.make_cluster(), email="staff@example.org")


def signed_in(user, **headers) -> Client:
    client = Client(headers=headers)
    client.post("/en/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client


def totp_now(secret: str) -> str:
    cache.clear()  # each code is good for once: a test is faster than the next
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def enrol(client, there="/en/my/") -> str:
    """Set up an authenticator from this browser, as its owner does; return its secret."""
    page = client.get(there, follow=True)
    if page.redirect_chain and "reauthenticate" in page.redirect_chain[-1][0]:
        where = page.redirect_chain[-1][0]
        page = client.post(where, {"password": PASSWORD}, follow=True)
    secret, following = page.context["form"].secret, page.context["form"].initial["next"]
    client.post(ACTIVATE, {"code": totp_now(secret), "next": following})
    return secret


def is_kept_out(client) -> bool:
    return "/2fa/" in client.get(HOME).headers.get("Location", "")


def test_who_sets_one_up_goes_on_to_the_page_that_they_came_for(staff):
    client = signed_in(staff)
    enrol(client, "/admin/chairs/chair/?q=quantum")
    assert not is_kept_out(client)
    page = client.get(f"{CODES}?next=%2Fadmin%2Fchairs%2Fchair%2F%3Fq%3Dquantum").text
    assert 'href="/admin/chairs/chair/?q=quantum"' in page and "I have saved them" in page


def test_the_way_on_leads_to_no_other_site(staff):
    client = signed_in(staff)
    enrol(client)
    assert "I have saved them" in client.get(f"{CODES}?next=/admin/").text
    assert "I have saved them" not in client.get(f"{CODES}?next=https://evil.example/").text


def test_the_page_that_asks_for_a_code_names_recovery_codes_and_offers_no_passkey_to_who_has_none(staff):
    enrol(signed_in(staff))
    other = signed_in(staff)
    page = other.get(AUTHENTICATE).text
    assert "or one of your recovery codes" in page and "Who needs an account" not in page
    assert "Use your passkey" not in page and "webauthn" not in page
    assert "each signs you in once" in signed_in_twice(staff, other).get(CODES, follow=True).text


def signed_in_twice(user, client) -> Client:
    """Give the second step with a recovery code, and again where the codes are shown."""
    kept = RecoveryCodes.activate(user).get_unused_codes()
    client.post(AUTHENTICATE, {"code": kept[0]})
    shown = client.get(CODES)
    if shown.status_code == 302:
        client.post(shown["Location"], {"password": PASSWORD})
        client.post(f"{REAUTHENTICATE}?next={CODES}", {"code": kept[1]})
    return client


def test_an_old_session_is_not_promoted_when_the_owner_enrols_elsewhere(staff):
    old, new = signed_in(staff), signed_in(staff)
    secret = enrol(new)
    assert is_kept_out(old)
    response = old.get("/admin/")
    assert response["Location"] == f"{REAUTHENTICATE}?next=/admin/"
    # Nor does what is left open to it show or change the factor.
    old.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    for there in (CODES, f"{CODES}generate/", f"{CODES}download/", "/en/accounts/2fa/totp/deactivate/"):
        assert "reauthenticate" in old.get(there)["Location"]
        assert "reauthenticate" in old.post(there)["Location"]
    assert old.get(ACTIVATE, follow=True).redirect_chain[-1][0].startswith(REAUTHENTICATE)
    assert old.post(f"{REAUTHENTICATE}?next=/admin/", {"code": totp_now(secret)})["Location"] == "/admin/"
    assert not is_kept_out(old)


@pytest.mark.parametrize("kind", ["totp", "recovery_codes"])
def test_signing_in_with_any_factor_counts(staff, kind):
    secret = generate_totp_secret()
    TOTP.activate(staff, secret)
    codes = RecoveryCodes.activate(staff).generate_codes()
    client = signed_in(staff)
    client.post(AUTHENTICATE, {"code": totp_now(secret) if kind == "totp" else codes[0]})
    assert client.get("/admin/").status_code == 200


def test_new_recovery_codes_do_not_shut_out_who_signed_in_with_an_old_one(staff):
    TOTP.activate(staff, generate_totp_secret())
    client = signed_in(staff)
    client.post(AUTHENTICATE, {"code": RecoveryCodes.activate(staff).generate_codes()[0]})
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})
    client.post(f"{CODES}generate/")
    assert client.get(CODES).status_code == 200


def test_a_factor_that_was_removed_counts_no_more(staff):
    client = signed_in(staff)
    enrol(client)
    client.post("/en/accounts/2fa/totp/deactivate/")
    assert is_kept_out(client)
    TOTP.activate(staff, generate_totp_secret())  # set up again elsewhere
    assert is_kept_out(client)


def test_a_role_that_is_given_meanwhile_guards_from_then_on():
    user = factories.make_user("someone@example.org")
    client = signed_in(user)
    assert client.get(HOME).status_code == 200
    StaffRole.objects.create(user=user, cluster=factories.make_cluster(), role=Role.READER)
    assert is_kept_out(client) and is_kept_out(signed_in(user))


def by_code(client, user):
    client.post("/en/accounts/login/code/", {"email": user.email})
    client.post("/en/accounts/login/code/confirm/", {"code": code_in_mail()})


def by_reset(client, user):
    client.post("/en/accounts/password/reset/", {"email": user.email})
    form = client.get(link_in_mail(), follow=True)
    new = {"password1": "another good password", "password2": "another good password"}
    client.post(form.redirect_chain[-1][0], new)
    client.post("/en/accounts/login/", {"login": user.email, "password": "another good password"})


def by_confirmed_address(client, user):
    user.emailaddress_set.update(verified=False)
    client.post("/en/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.post("/en/accounts/confirm-email/", {"code": code_in_mail()})


@pytest.mark.parametrize("way_in", [by_code, by_reset, by_confirmed_address])
def test_no_way_in_goes_round_it(staff, way_in):
    client = Client()
    way_in(client, staff)
    assert client.get(HOME)["Location"].startswith(ACTIVATE)
    TOTP.activate(staff, generate_totp_secret())
    other = Client()
    if way_in is not by_confirmed_address:
        way_in(other, staff)
        assert is_kept_out(other) or "/login/" in other.get(HOME)["Location"]


def test_what_is_posted_changes_nothing_and_leads_back_to_its_page(staff):
    client = signed_in(staff)
    page = "http://testserver/en/accounts/profile/?from=here"
    response = client.post("/en/accounts/profile/", {"name": "Changed"}, headers={"referer": page})
    assert response["Location"] == f"{ACTIVATE}?next=/en/accounts/profile/%3Ffrom%3Dhere"
    staff.refresh_from_db()
    assert staff.name != "Changed"


def test_what_was_typed_is_there_again_once_the_factor_is_given():
    user, page = factories.make_user("someone@example.org"), "/en/my/partners/new/"
    client = signed_in(user)
    mark = re.search(r'name="typed_by" value="(\w+)"', client.get(page).text)[1]
    StaffRole.objects.create(user=user, cluster=factories.make_cluster(), role=Role.EDITOR)
    response = client.post(page, {"typed_by": mark, "name": "Typed before the role"})
    assert response["Location"] == f"{ACTIVATE}?next={page}"
    enrol(client, page)
    assert "Typed before the role" in client.get(page).text


def test_a_page_of_another_site_is_nowhere_to_go_back_to(staff):
    response = signed_in(staff).post("/en/accounts/profile/", headers={"referer": "https://evil.example/"})
    assert response["Location"] == f"{ACTIVATE}?next=/en/accounts/profile/"


def test_a_fragment_takes_the_whole_page_along(staff):
    where = {"HX-Request": "true", "HX-Current-URL": "http://testserver/en/chairs/?q=a"}
    response = signed_in(staff).get("/en/chairs/", headers=where)
    assert response.status_code == 204
    assert response["HX-Redirect"] == f"{ACTIVATE}?next=/en/chairs/%3Fq%3Da"


def test_a_program_is_told_in_its_own_format(staff):
    response = signed_in(staff).get("/en/my/", headers={"accept": "application/json"})
    assert response.status_code == 403 and response.json()["sign_in"].startswith(ACTIVATE)


def test_no_form_of_another_site_is_taken_to_the_factor(staff):
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)
    assert client.post("/en/accounts/profile/", {"name": "Changed"}).status_code == 403


def test_signing_out_and_the_language_stay_open(staff):
    client = signed_in(staff)
    assert client.post("/i18n/setlang/", {"language": "fr", "next": "/"})["Location"] == "/"
    assert client.post("/en/accounts/logout/")["Location"] == "/en/"
    assert client.get(HOME)["Location"].startswith("/en/accounts/login/")


def test_a_site_may_choose_not_to_ask(staff, settings):
    settings.STAFF_SECOND_FACTOR = "not asked"
    assert signed_in(staff).get("/admin/").status_code == 200


def test_the_guard_speaks_the_reader_s_language(staff):
    page = signed_in(staff).get("/fr/my/", follow=True)
    assert re.search(r"second facteur", page.text) and "second factor" not in page.text


def test_who_is_signed_in_is_not_told_who_needs_an_account(staff):
    asked = signed_in(staff).get("/en/accounts/reauthenticate/").text
    assert 'type="password"' in asked and "Who needs an account" not in asked
    assert "Who needs an account" in Client().get("/en/accounts/login/").text
