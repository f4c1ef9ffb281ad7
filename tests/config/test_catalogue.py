import ast
import os

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS
from babel.messages.frontend import parse_keywords

from config import catalogue

TEMPLATE = """{% load i18n %}
<p title="{% translate "A title" %}">{{ _("A constant") }} {% if x %}{% translate "May" context "month" %}{% endif %}</p>
  {% blocktranslate trimmed count n=chairs|length %}
    One chair of 50 %
  {% plural %}
    {{ n }} chairs
  {% endblocktranslate %}
{% comment %}{% translate "Not this" %}{% endcomment %}
"""
CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy

a = _("In code, " "on two lines")
b = ngettext("%(n)d day", "%(n)d days", n)
c = pgettext_lazy("month", "March")
"""


@pytest.fixture
def root(tmp_path):
    (tmp_path / "app" / "migrations").mkdir(parents=True)
    (tmp_path / "app" / "apps.py").write_text(CODE)
    (tmp_path / "app" / "migrations" / "0001_initial.py").write_text('_("Frozen")')
    (tmp_path / "templates" / "app").mkdir(parents=True)
    (tmp_path / "templates" / "app" / "page.html").write_text(TEMPLATE)
    return tmp_path


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A catalogue of our own, empty."""
    monkeypatch.setattr(catalogue, "LOCALE_DIR", tmp_path / "locale")
    return tmp_path


def test_every_way_of_marking_a_text_is_found(root):
    found = {(message.context, message.id) for message in catalogue.extract_all(root) if message.id}
    assert found == {
        (None, "A title"),
        (None, "A constant"),
        ("month", "May"),
        (None, ("One chair of 50 %%", "%(n)s chairs")),
        (None, "In code, on two lines"),
        (None, ("%(n)d day", "%(n)d days")),
        ("month", "March"),
    }


@pytest.mark.exhaustive(counted=True)
def test_no_module_marks_texts_by_a_name_that_is_not_looked_for():
    names = set()
    for app in catalogue.BASE_DIR.glob("*/apps.py"):
        for text in (path.read_text("utf-8") for path in app.parent.rglob("*.py")):
            # To parse takes a while: most modules mark nothing.
            tree = ast.parse(text if "gettext" in text else "")
            imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
            found = (alias for node in imports if node.module == "django.utils.translation" for alias in node.names)
            names |= {alias.asname or alias.name for alias in found if "gettext" in alias.name}
    assert {"_", "gettext_lazy"} & names and names <= {*DEFAULT_KEYWORDS, *parse_keywords(catalogue.KEYWORDS)}


def of(*messages, **translations) -> Catalog:
    found = Catalog()
    for message in messages:
        found.add(message)
    return found


def translate(found, **strings):
    """Bring the catalogue up to date, then write translations into it by the first word of their message."""
    catalogue.update("fr", found)
    path = catalogue.path_of("fr")
    for original, translation in strings.items():
        path.write_text(path.read_text().replace(f'msgid "{original} %(n)s"\nmsgstr ""', translation))


def test_an_update_keeps_translations_drops_what_is_gone_and_changes_nothing_else(kept):
    translate(of("Day %(n)s", "Gone"), Day='msgid "Day %(n)s"\nmsgstr "Jour %(n)s"')
    catalogue.update("fr", of("Day %(n)s", "Day %(n)s, and more"))
    text = catalogue.path_of("fr").read_text()
    assert "Jour %(n)s" in text and "Gone" not in text and "fuzzy" not in text
    catalogue.update("fr", of("Day %(n)s", "Day %(n)s, and more"))
    assert catalogue.path_of("fr").read_text() == text


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "Day %(n)s"\nmsgstr "Jour %(n)s"', None),
        ('msgid "Day %(n)s"\nmsgstr ""', "not translated"),
        ('#, fuzzy\nmsgid "Day %(n)s"\nmsgstr "Jour %(n)s"', "marked as fuzzy"),
        ('msgid "Day %(n)s"\nmsgstr "Jour %(m)s"', "other placeholders"),
        ('msgid "Night"\nmsgstr "Nuit"', "missing"),
    ],
)
def test_a_fault_is_named(kept, entry, fault):
    translate(of("Day %(n)s"), Day=entry)
    faults = catalogue.faults("fr", of("Day %(n)s"))
    assert any(sentence.startswith(fault) for sentence in faults) if fault else not faults


def test_what_is_compiled_is_read(kept):
    translate(of("Day %(n)s"), Day='msgid "Day %(n)s"\nmsgstr "Jour %(n)s"')
    catalogue.compile_all()
    assert b"Jour" in catalogue.path_of("fr").with_suffix(".mo").read_bytes()


@pytest.mark.exhaustive(counted=True)
def test_another_process_may_compile_at_the_same_time(kept, monkeypatch):
    source = catalogue.path_of("fr")
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8"\n\nmsgid "Chair"\nmsgstr "Chaire"\n')
    write, ours = catalogue.write_mo, os.getpid()

    def interrupted(file, found):
        if os.getpid() == ours:
            with monkeypatch.context() as elsewhere:
                elsewhere.setattr(os, "getpid", lambda: ours + 1)
                catalogue.compile_all()
        write(file, found)

    monkeypatch.setattr(catalogue, "write_mo", interrupted)
    catalogue.compile_all()
    assert b"Chaire" in source.with_suffix(".mo").read_bytes()
    assert {path.name for path in source.parent.iterdir()} == {"django.po", "django.mo"}
