import pytest
from babel.messages.catalog import Catalog
from django.core.management import CommandError, call_command

from config import catalogue


@pytest.fixture(autouse=True)
def own_locale(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogue, "LOCALE_DIR", tmp_path)


@pytest.mark.exhaustive
def test_it_writes_every_message_of_ours_once_without_a_line_number(capsys):
    call_command("translations")
    text = catalogue.path_of("fr").read_text("utf-8")
    assert text.count('\nmsgid "Submit for approval"\n') == 1
    assert "#: chairs/models/chair.py\n" in text
    assert "to do" in capsys.readouterr().out


@pytest.mark.exhaustive
def test_the_check_fails_with_a_list_and_changes_nothing():
    with pytest.raises(CommandError, match="missing: 'Submit for approval'"):
        call_command("translations", check=True)
    assert not catalogue.path_of("fr").exists()


@pytest.mark.exhaustive
def test_compiling_changes_no_catalogue():
    call_command("translations")
    before = catalogue.path_of("fr").read_bytes()
    call_command("translations", compile=True)
    assert catalogue.path_of("fr").with_suffix(".mo").exists()
    assert catalogue.path_of("fr").read_bytes() == before


def test_a_translation_is_set_as_french_is():
    found = Catalog()
    found.add("Really?")
    catalogue.update("fr", found)
    path = catalogue.path_of("fr")
    head, _msgstr, tail = path.read_text("utf-8").rpartition('msgstr ""')
    path.write_text(f'{head}msgstr "C\'est vrai ?"{tail}', "utf-8")
    catalogue.update("fr", found)
    assert catalogue.load("fr").get("Really?").string == "C’est vrai\u00a0?"
