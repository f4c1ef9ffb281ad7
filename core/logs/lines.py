"""Formats a log record as one line of JSON, without personal data or secrets, whatever code logs it.

Three rules ensure that: keys that are not in `ALLOWED` are dropped; of a message's arguments only numbers
are written; of an exception its class and traceback are written, and never its text, in which databases and
mail servers quote their input. The message itself is a sentence in the code. If a library fills it in before it logs it,
what stands between quotation marks, addresses and tokens are removed.
"""

import json
import logging
import re
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from core.logs import facts

# Replaces what is not written.
LEFT_OUT = "…"
MAX_LENGTH = 2_000
# The innermost calls say what happened; the server's outer ones are always the same.
MAX_CALLS = 12
# Parts of a file's path: enough to find it, without its place on the machine.
PARTS_OF_A_PATH = 3
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
CODE_NAME = re.compile(r"[A-Za-z_]+(\.[A-Za-z_]+)*( \d+)?")
ADDRESS = re.compile(r"[^\s@<>\"'()]+@[^\s@<>\"'()]+")
# What a library puts between quotation marks, up to the last one: a header, a path, bytes of a request (b'…').
QUOTED = re.compile(r"""(?:(?<!\w)|(?<=\bb))(['"]).*\1""", re.DOTALL)
# How the web server names the visitor of a request that it could not read.
VISITOR = re.compile(r"\bip=\S+?(?=:? |$)")
# Twenty characters without space or slash, including a digit: no word is like that, and every token is.
TOKEN = re.compile(r"(?=[^\s/]*\d)[\w\-.:=+]{20,}")


@lru_cache(maxsize=1_000)
def without_secrets(text: str) -> str:
    """Return the text without mail addresses and possible tokens, cut to MAX_LENGTH."""
    return TOKEN.sub(LEFT_OUT, ADDRESS.sub(LEFT_OUT, text))[:MAX_LENGTH]


def is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _number(value: object) -> object:
    return value if is_number(value) else None


def _text(value: object) -> object:
    return without_secrets(value) if isinstance(value, str) else None


def _matching(pattern: re.Pattern[str]) -> Callable[[object], object]:
    return lambda value: value if isinstance(value, str) and pattern.fullmatch(value) else None


def _code_names(value: object) -> object:
    names = value if isinstance(value, list) else []
    return ", ".join(name for name in names if isinstance(name, str) and CODE_NAME.fullmatch(name)) or None


# The keys of a line besides time, level, logger and message. Each function returns what to write of a value; None: nothing.
ALLOWED: dict[str, Callable[[object], object]] = {
    "request": _matching(REQUEST_ID),
    "actor": _number,
    "method": _matching(re.compile(r"[A-Z]{1,20}")),
    "path": _text,
    "status": _number,
    "ms": _number,
    "verb": _code_names,
    "step": _matching(CODE_NAME),
    "sql": _text,
}


class JsonFormatter(logging.Formatter):
    """Writes a record as one line of JSON with allowed keys."""

    def format(self, record: logging.LogRecord) -> str:
        # Known facts take precedence: Django's `request` is its request object.
        said = {**record.__dict__, **facts.known()}
        # Django's key for the status.
        said.setdefault("status", said.get("status_code"))
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message_of(record),
        }
        for key, written in ALLOWED.items():
            if (value := written(said.get(key))) is not None:
                line[key] = value
        if record.exc_info and (error := record.exc_info[1]) is not None:
            line["error"], line["calls"] = type(error).__name__, calls_of(error)
        return json.dumps(line, ensure_ascii=False)


def message_of(record: logging.LogRecord) -> str:
    """Return a record's message with its numbers filled in, and the other arguments left out."""
    if not isinstance(record.msg, str):
        return type(record.msg).__name__
    if record.exc_info and (error := record.exc_info[1]) is not None and record.msg == str(error):
        # Django logs what it finds suspicious by the error's own text.
        return type(error).__name__
    given = record.args or ()
    filled: object
    if isinstance(given, tuple):
        filled = tuple(value if is_number(value) else LEFT_OUT for value in given)
    else:
        filled = {name: value if is_number(value) else LEFT_OUT for name, value in given.items()}
    try:
        message = record.msg % filled if given else record.msg
    except (TypeError, ValueError):  # the argument does not fit a `%d`
        message = record.msg
    return without_secrets(VISITOR.sub(f"ip={LEFT_OUT}", QUOTED.sub(f"'{LEFT_OUT}'", message)))


def calls_of(error: BaseException) -> list[str]:
    """Return where an exception came from: file, line and function of each call, innermost last."""
    calls = traceback.extract_tb(error.__traceback__)[-MAX_CALLS:]
    return [f"{'/'.join(Path(call.filename).parts[-PARTS_OF_A_PATH:])}:{call.lineno} {call.name}" for call in calls]
