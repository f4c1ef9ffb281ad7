import pytest

from tests.factories import make_user

pytestmark = pytest.mark.django_db
URL = "/en/accounts/profile/"


def test_a_person_changes_name_and_language(client):
    user = make_user()
    client.force_login(user)
    assert client.post(URL, {"name": "Ada Lovelace", "language": "fr", "mail_rhythm": "daily"}).status_code == 302
    user.refresh_from_db()
    assert (user.name, user.language, user.mail_rhythm) == ("Ada Lovelace", "fr", "daily")


def test_nothing_else_can_be_slipped_in(client):
    user = make_user()
    client.force_login(user)
    client.post(
        URL,
        {"name": "Ada", "language": "en", "mail_rhythm": "at_once"}
        | {"is_staff": "on", "is_superuser": "on", "email": "x@example.org"},
    )
    user.refresh_from_db()
    assert user.name == "Ada"
    assert not user.is_staff and not user.is_superuser and user.email != "x@example.org"


@pytest.mark.parametrize(
    "data",
    [{"name": "", "language": "en"}, {"name": "Ada", "language": "xx"}, {"name": "A" * 1_000_000, "language": "en"}],
)
def test_nonsense_is_refused_beside_the_field(client, data):
    client.force_login(make_user())
    response = client.post(URL, data)
    assert response.status_code == 200
    assert response.context["form"].errors


def test_staff_land_in_the_admin_panel_and_everybody_else_in_their_pages(client):
    client.force_login(make_user())
    assert client.get("/en/accounts/welcome/")["Location"] == "/en/my/"
    client.force_login(make_user(is_staff=True))
    assert client.get("/en/accounts/welcome/")["Location"] == "/admin/"
