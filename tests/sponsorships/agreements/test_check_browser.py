"""The fingerprint of a chosen file is computed in the browser; the file stays there."""

import pytest
from django.core.cache import cache

from tests.sponsorships.agreements.papers import countersigned

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def nobody_asked_yet():
    cache.clear()


def test_a_chosen_file_is_answered_without_being_sent(page):
    agreement = countersigned()
    with agreement.file.open("rb") as file:
        content = file.read()
    sent = []
    page.on("request", lambda request: sent.append(request.post_data_buffer or b""))
    page.goto("/en/agreements/check/")
    page.get_by_label("Choose the file").set_input_files(
        {"name": "agreement.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    page.get_by_text("The fingerprint is filled in below.").wait_for()
    assert page.get_by_label("Fingerprint of the file").input_value() == agreement.sha256
    page.get_by_role("button", name="Check").click()
    page.get_by_text("This is the document of an agreement in force.").wait_for()
    assert not any(b"PDF" in body for body in sent)


def test_one_byte_more_is_another_file(page):
    agreement = countersigned()
    with agreement.file.open("rb") as file:
        content = file.read() + b"\n"
    page.goto("/en/agreements/check/")
    page.get_by_label("Choose the file").set_input_files(
        {"name": "agreement.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    page.get_by_text("The fingerprint is filled in below.").wait_for()
    page.get_by_role("button", name="Check").click()
    page.get_by_text("No agreement in force has this fingerprint.").wait_for()


def test_without_scripts_the_fingerprint_is_typed(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/agreements/check/")
    assert not page.get_by_label("Choose the file").is_visible()
    page.get_by_label("Fingerprint of the file").fill("0" * 64)
    page.get_by_role("button", name="Check").click()
    assert "No agreement in force" in page.content()
    context.close()
