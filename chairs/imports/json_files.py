"""Reads JSON files: each is read whole, or refused with a sentence that says where the error is."""

import json
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

# Longer than any number in the files. Python refuses to parse integers of thousands of digits.
MAX_DIGITS = 40


class Unreadable(Exception):
    """A file cannot be read at all. The message names the file and, if known, the line."""


def read_json(path: Path):
    """Return the content of a JSON file, with exact decimals. Raise Unreadable."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Unreadable(_("%(file)s cannot be opened: %(reason)s.") % _values(path, error.strerror)) from error
    except UnicodeDecodeError as error:
        raise Unreadable(_("%(file)s is not UTF-8 text (byte %(reason)s).") % _values(path, error.start)) from error
    try:
        return json.loads(text, parse_float=Decimal, parse_int=_integer, parse_constant=Decimal)
    except json.JSONDecodeError as error:
        raise Unreadable(
            _("%(file)s, line %(line)d, column %(column)d: the file is truncated or is not JSON (%(reason)s).")
            % {**_values(path, error.msg), "line": error.lineno, "column": error.colno}
        ) from error
    except RecursionError as error:
        raise Unreadable(_("%(file)s is nested too deeply to be a directory.") % _values(path)) from error


def listed(holder, path: Path, key: str = "") -> list:
    """Return the list of records in the file's content, or under `key` of it. Raise Unreadable if there is none."""
    found = holder.get(key) if key and isinstance(holder, dict) else holder
    if isinstance(found, list):
        return found
    place = _("under “%(key)s”") % {"key": key} if key else _("at its top")
    raise Unreadable(
        _("%(file)s should hold a list of records %(place)s and does not.") % {**_values(path), "place": place}
    )


def _integer(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= MAX_DIGITS else Decimal(digits)


def _values(path: Path, reason="") -> dict:
    return {"file": path, "reason": reason}
