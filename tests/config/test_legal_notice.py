"""A real site says who answers for it, or is not served."""

import pytest

from config.legal_notice import CONTACTS, NEEDED_TO_START, REQUIRED
from tests.config.starting import assert_is_one_sentence_about, run


@pytest.mark.exhaustive
def test_production_settings_pass_every_deployment_check():
    said = {name.upper(): "https://publisher.example.org" if name in CONTACTS else "Stated" for name in REQUIRED}
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **said)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout
    # What the law asks for and nobody stated is told, and no command depends on it.
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0 and "PUBLISHER_NAME" in result.stderr


@pytest.mark.exhaustive(counted=True)
@pytest.mark.parametrize("lacking", ["publisher_name", "host_phone"])
def test_a_site_is_not_served_while_the_law_does_not_know_who_answers_for_it(lacking):
    stated = dict.fromkeys((name.upper() for name in NEEDED_TO_START if name != lacking), "Stated")
    result = run("-c", "import config.wsgi", **stated)
    assert result.returncode != 0
    assert_is_one_sentence_about(f"set {lacking.upper()} (", result.stderr)


@pytest.mark.exhaustive(counted=True)
def test_a_site_that_says_who_answers_for_it_is_served_and_a_demonstration_need_not():
    stated = dict.fromkeys((name.upper() for name in NEEDED_TO_START), "Stated")
    for environment in (stated, {"DEMONSTRATION": "1"}):
        result = run("-c", "import config.wsgi; print(config.wsgi.application)", **environment)
        assert "Metrics" in result.stdout, result.stderr
