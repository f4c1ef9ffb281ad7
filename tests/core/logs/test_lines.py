"""A line of the log holds allowed keys and nothing personal, whoever logs whatever."""

import json
import logging
import sys

import pytest
from django.core.exceptions import DisallowedHost

from core.logs import facts
from core.logs.lines import ALLOWED, JsonFormatter

ADDRESS, SECRET, NAME = "jane.doe@example.org", "cTp9xKZ2m4Q8rJfW1vLs7Nb3", "Jane Doe"
FIXED = {"at", "level", "logger", "message", "error", "calls"}


def line_of(message, *args, exc_info=None, **extra) -> tuple[dict, str]:
    record = logging.getLogger("tests").makeRecord(
        "tests", logging.WARNING, __file__, 1, message, args, exc_info, extra=extra
    )
    text = JsonFormatter().format(record)
    return json.loads(text), text


def test_allowed_keys_are_written_and_others_are_not():
    line, text = line_of("Done.", status=200, ms=1.5, path="/en/chairs/", name_of_person=NAME, cookie=SECRET, user=NAME)
    assert (line["status"], line["ms"], line["path"], line["message"]) == (200, 1.5, "/en/chairs/", "Done.")
    assert set(line) <= FIXED | set(ALLOWED)
    assert NAME not in text and SECRET not in text


@pytest.mark.parametrize("key", sorted(ALLOWED))
def test_no_key_takes_an_address_or_a_token(key):
    for planted in (ADDRESS, SECRET + "!", [ADDRESS], {"to": SECRET}):
        line, text = line_of("Kept.", **{key: planted})
        assert line["message"] == "Kept."
        assert ADDRESS not in text and SECRET not in text


def test_of_a_message_only_its_sentence_and_its_numbers_are_written():
    line, text = line_of("Mail %s to %s was refused: %s", 12, NAME, f"550 <{ADDRESS}>")
    assert line["message"] == "Mail 12 to … was refused: …"
    line, text = line_of(f"A library wrote to {ADDRESS} about /reset/{SECRET}/ by itself.")
    assert line["message"] == "A library wrote to … about /reset/…/ by itself."
    assert line_of("%d mails", NAME)[0]["message"] == "%d mails"


def test_an_exception_says_where_it_was_and_not_what():
    try:
        raise ValueError(f"Key (email)=({ADDRESS}) of {NAME} already exists.")
    except ValueError:
        line, text = line_of("It failed.", exc_info=sys.exc_info(), step="send_reminders")
    assert line["error"] == "ValueError" and line["step"] == "send_reminders"
    assert line["calls"][-1].startswith("core/logs/test_lines.py:")
    assert ADDRESS not in text and NAME not in text


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (
            f"Invalid request from ip=192.0.2.7: Invalid HTTP request line: 'GET /people/{NAME} HTTP/1.1'",
            "Invalid request from ip=…: Invalid HTTP request line: '…'",
        ),
        (f'Invalid HTTP method: "{NAME}\'s"', "Invalid HTTP method: '…'"),
        (f"Invalid HTTP header name: '{NAME}' or '{NAME}'", "Invalid HTTP header name: '…'"),
        (f"Invalid chunk size: {NAME.encode()!r}", "Invalid chunk size: b'…'"),
        ("The worker's task wasn't done.", "The worker's task wasn't done."),
    ],
)
def test_what_a_library_quotes_in_its_own_sentence_is_left_out(said, message):
    line, text = line_of(said)
    assert line["message"] == message
    assert NAME not in text and "192.0.2.7" not in text


def test_what_django_finds_suspicious_is_told_by_its_class():
    try:
        raise DisallowedHost(f"Invalid HTTP_HOST header: {NAME}. You may need to add it.")
    except DisallowedHost as error:
        line, text = line_of(str(error), exc_info=sys.exc_info())
    assert line["message"] == line["error"] == "DisallowedHost" and NAME not in text


def test_what_is_known_of_the_request_is_said_by_every_line_until_its_end():
    facts.begin("0123456789abcdef")
    facts.note_actor(7)
    facts.note_verb("Chair.approve")
    facts.note_verb("Chair.approve")
    line, _text = line_of("Meanwhile.", request=object())
    assert (line["request"], line["actor"], line["verb"]) == ("0123456789abcdef", 7, "Chair.approve")
    facts.end()
    facts.note_actor(8)
    assert {"request", "actor", "verb"}.isdisjoint(line_of("Afterwards.")[0])
