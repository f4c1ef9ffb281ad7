"""ProConnect: a signed userinfo, a level that is asked and checked, the employer's SIRET, and a sign-out that it is told of."""

import json
from html import unescape

import pytest
from allauth.socialaccount.models import SocialAccount

from tests import factories
from tests.accounts.identities import come_in
from tests.accounts.provider import OTHER_KEY, PUBLIC_PEM, forged, signed
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("field_history")]
SIRET = "73282932000074"
PERSON = {"sub": "of-ada", "given_name": "Ada", "usual_name": "Martin", "email": "ada@company.example", "siret": SIRET}
NEW_PARTNER = "/en/my/partners/new/"


@pytest.fixture
def proconnect(provider):
    provider["proconnect"].person, provider["proconnect"].said = dict(PERSON), {"acr": "eidas1"}
    return provider["proconnect"]


@pytest.fixture
def ada(client):
    user = factories.make_user("ada@company.example")
    SocialAccount.objects.create(user=user, provider="proconnect", uid="of-ada")
    return user


def test_the_level_is_asked_in_the_words_that_it_reads(client, proconnect, ada):
    come_in(client, proconnect)
    asked = json.loads(proconnect.asked["claims"])["id_token"]
    assert asked["acr"] == {"essential": True, "values": ["eidas1", "eidas1-mfa", "eidas2", "eidas3"]}
    assert "acr_values" not in proconnect.asked and "siret" in proconnect.asked["scope"]


@pytest.mark.parametrize("said", [{}, {"acr": "eidas0"}, {"acr": ["eidas2"]}, {"acr": None}])
def test_a_level_that_is_too_low_is_refused_with_a_sentence(client, proconnect, ada, said):
    proconnect.said = said
    response = come_in(client, proconnect)
    assert response.status_code == 403 and "did not confirm the level of assurance" in response.text
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "lie",
    [
        {"sign": lambda claims: signed(claims, OTHER_KEY)},
        {"sign": lambda claims: forged(claims, "none", b"")},
        {"sign": lambda claims: forged(claims, "HS256", PUBLIC_PEM)},
        {"userinfo": {"iss": "https://evil.example"}},
        {"userinfo": {"aud": "another client"}},
        {"userinfo": {"sub": "of-somebody-else"}},
        {"/userinfo": (200, "application/json", json.dumps(PERSON))},
    ],
)
@pytest.mark.each_case(of=3)
def test_a_userinfo_that_it_did_not_sign_for_us_is_not_believed(client, proconnect, ada, lie):
    proconnect.lies = lie
    assert come_in(client, proconnect).status_code == 502
    assert "_auth_user_id" not in client.session


def test_its_address_is_verified_by_nobody_and_joins_nothing(client, proconnect):
    factories.make_user("ada@company.example")
    response = come_in(client, proconnect)
    page = client.get(response["Location"])
    assert 'value="Ada Martin"' in page.text and not SocialAccount.objects.exists()


@pytest.mark.parametrize(("siret", "siren"), [(SIRET, "732829320"), ("73282932000075", ""), ("<script>", ""), (7, "")])
def test_the_siret_fills_in_the_partner_s_form(client, proconnect, ada, siret, siren):
    proconnect.person["siret"] = siret
    come_in(client, proconnect, NEW_PARTNER)
    page = client.get(NEW_PARTNER)
    assert page.context["form"].initial["siren"] == siren
    assert ("ProConnect says that you work for the establishment" in page.text) is bool(siren)
    # It may be changed, and is checked as what people type.
    assert (
        client.post(NEW_PARTNER, {"name": "X", "country": "FR", "siren": "123456789"}).context["form"].errors["siren"]
    )


def test_staff_vouched_for_need_no_factor_of_ours(client, proconnect, ada, settings):
    settings.STAFF_SECOND_FACTOR = "required"
    ada.staff_roles.create(cluster=factories.make_cluster(), role="reader")
    come_in(client, proconnect)
    assert "/2fa/" in client.get("/en/my/")["Location"]
    proconnect.said, other = {"acr": "eidas2"}, client.__class__()
    come_in(other, proconnect)
    assert other.get("/en/my/").status_code == 200


def test_signing_out_tells_it(client, proconnect, ada):
    come_in(client, proconnect)
    page = client.post("/en/accounts/logout/")
    assert "_auth_user_id" not in client.session
    assert f"{proconnect.issuer}/session/end?id_token_hint=" in unescape(page.text)
    assert "post_logout_redirect_uri=http%3A%2F%2Flocalhost%2F&amp;state=" in page.text
    client.post("/en/accounts/login/", {"login": ada.email, "password": PASSWORD})
    assert client.post("/en/accounts/logout/")["Location"] == "/en/"
