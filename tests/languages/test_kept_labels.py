"""What is kept of a form for readers of one language is not shown to those of another."""

import pytest
from django.conf import settings
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("languages", [("en", "fr"), ("fr", "en")])
def test_a_form_speaks_each_readers_language(client, languages):
    staff = factories.make_staff(factories.make_cluster())
    said = {"en": "Tick what you have checked.", "fr": "Cochez ce que vous avez vérifié."}
    client.force_login(staff)
    for language in languages:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        for page in ("admin:chairs_startup_add", "admin:clusters_person_add"):
            html = client.get(reverse(page)).text
            assert said[language] in html
            assert not [other for code, other in said.items() if code != language and other in html]
