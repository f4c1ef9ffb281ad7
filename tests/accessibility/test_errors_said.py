"""Whoever sees nothing hears at once what is wrong in a form: it stands before it, and the page begins there."""

import re
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "templates"
WHOLE_FORM = re.compile(r"\{\{ \w*form \}\}")
SAID = '{% include "_errors.html"'
# Parts of a page that says it above them; the templates of forms themselves.
PARTS = {"chairs/_outputs_given.html", "figures/_asked.html", "django/forms/field.html"}


def with_a_form() -> list[tuple[str, str]]:
    files = ((file.relative_to(FOLDER).as_posix(), file.read_text("utf-8")) for file in FOLDER.rglob("*.html"))
    return [(name, text) for name, text in files if WHOLE_FORM.search(text) and "admin/" not in name]


def test_each_page_with_a_form_says_above_it_what_is_wrong():
    found = dict(with_a_form())
    assert len(found) > 8 and PARTS <= {*found}
    assert [name for name, text in found.items() if SAID not in text and name not in PARTS] == []


@pytest.mark.django_db
@pytest.mark.usefixtures("search_index")
@pytest.mark.parametrize(
    ("language", "title"), [("en", "Error: Alerts by e-mail"), ("fr", "Erreur : Alertes par e-mail")]
)
def test_an_address_that_is_none_is_told_first(client, language, title):
    page = client.post(f"/{language}/lists/chairs/alert/?q=sante", {"address": "nobody"}).text
    told = page[page.index('role="alert" tabindex="-1" autofocus') : page.index('<form method="post" class="measure"')]
    assert 'href="#id_address"' in told and f"<title>{title}" in page.replace("\N{NO-BREAK SPACE}", " ")
