"""Reads a record's values as the types they must have; every error is noted under the value's name."""

import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from chairs.imports.json_files import MAX_DIGITS
from chairs.imports.report import Rejected
from core.typography import set_apostrophes

LANGUAGES = ("en", "fr")
# A note is a sentence or two; a source is a web address.
MAX_NOTE_LENGTH = 2000
MAX_SOURCE_LENGTH = 500
is_address = URLValidator(schemes=["http", "https"])


def name_of(raw, number: int, *keys: str) -> str:
    """Return the name of a record in reports: its first text under one of `keys`, else its number in the list."""
    for key in keys:
        if isinstance(raw, dict) and isinstance(raw.get(key), str) and raw[key].strip():
            return raw[key].strip()
    return _("record %(number)d") % {"number": number}


class Fields:
    """One record of a file. A wrong value is read as empty and noted; `check` raises all that was noted."""

    def __init__(self, raw, place: str = "", errors: dict | None = None):
        self.errors = {} if errors is None else errors
        self.place = place
        self.raw = raw if isinstance(raw, dict) else {}
        if not isinstance(raw, dict):
            self._note("", _("An object with named values is expected here, not %(type)s.") % {"type": _type(raw)})

    def refuse(self, name: str, sentence: str) -> None:
        """Note an error about a value."""
        self._note(name, sentence)

    def check(self) -> None:
        """Raise Rejected with all errors noted so far, if any."""
        if self.errors:
            raise Rejected(self.errors)

    def text(self, name: str) -> str:
        value = self.raw.get(name)
        return self._clean_text(name, value) if value is not None else ""

    def source(self, name: str = "source") -> str:
        """Return a web address, or an empty text if there is none."""
        return self._clean_source(name, self.text(name))

    def texts(self, name: str) -> list[str]:
        found = [self._clean_text(name, value) for value in self.items(name)]
        if any(len(text) > MAX_NOTE_LENGTH for text in found):
            self._note(name, _("Each text has at most %(most)d characters.") % {"most": MAX_NOTE_LENGTH})
        return found

    def sources(self, name: str = "sources") -> list[str]:
        return [self._clean_source(name, text) for text in self.texts(name)]

    def all_sources(self) -> list[str]:
        """Return the web addresses under `source`, `other_sources` and `sources`, in this order."""
        return [*filter(None, [self.source()]), *self.sources("other_sources"), *self.sources()]

    def all_notes(self) -> list[str]:
        return [*filter(None, [self.text("note")]), *self.texts("notes")]

    def items(self, name: str) -> list:
        value = self.raw.get(name)
        if value is None or isinstance(value, list):
            return value or []
        self._note(name, _("A list is expected here, not %(type)s.") % {"type": _type(value)})
        return []

    def part(self, name: str) -> "Fields":
        """Return the record inside this record; an empty one if there is none."""
        value = self.raw.get(name)
        return Fields({} if value is None else value, self._path(name), self.errors)

    def parts(self, name: str) -> list["Fields"]:
        return [Fields(value, self._path(f"{name}[{n}]"), self.errors) for n, value in enumerate(self.items(name), 1)]

    def number(self, name: str) -> Decimal | None:
        value = self.raw.get(name)
        if value is None:
            return None
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            number = Decimal(value)
            if number.is_finite() and number.adjusted() < MAX_DIGITS:
                return number
        self._note(name, _("“%(value)s” is not a number.") % {"value": value})
        return None

    def whole(self, name: str) -> int | None:
        """Return a whole number, or None; sources also write years as text."""
        value = self.raw.get(name)
        if isinstance(value, str) and value.strip().isdecimal() and len(value) <= len("9999999999"):
            return int(value)
        number = self.number(name)
        if number is None or number == number.to_integral_value():
            return None if number is None else int(number)
        self._note(name, _("“%(value)s” is not a whole number.") % {"value": value})
        return None

    def flag(self, name: str) -> bool | None:
        value = self.raw.get(name)
        if value is None or isinstance(value, bool):
            return value
        self._note(name, _("“%(value)s” is neither true nor false.") % {"value": value})
        return None

    def date(self, name: str) -> datetime.date | None:
        text = self.text(name)
        try:
            found = parse_date(text) if text else None
        except ValueError:
            found = None
        if text and found is None:
            self._note(name, _("“%(value)s” is not a date; write it as 2024-05-21.") % {"value": text})
        return found

    def choice(self, name: str, allowed, default: str = "") -> str:
        """Return one of the `allowed` texts; `default` if the value is missing or wrong."""
        value = self.text(name)
        if not value or value in allowed:
            return value or default
        self._note(
            name,
            _("“%(value)s” is not one of: %(allowed)s.")
            % {"value": value, "allowed": ", ".join(filter(None, allowed))},
        )
        return default

    def both(self, name: str, target: str) -> dict[str, str]:
        """Return a text given in both languages as {"en": …, "fr": …}, by field name."""
        texts = self.part(name)
        return {f"{target}_{language}": texts.text(language) for language in LANGUAGES}

    def _clean_text(self, name: str, value) -> str:
        if not isinstance(value, str):
            self._note(name, _("A text is expected here, not %(type)s.") % {"type": _type(value)})
            return ""
        if "\x00" in value or any("\ud800" <= character <= "\udfff" for character in value):
            self._note(name, _("The text has characters that no text can have."))
            return ""
        return set_apostrophes(value.strip())

    def _clean_source(self, name: str, text: str) -> str:
        try:
            if text:
                is_address(text)
        except ValidationError:
            self._note(name, _("“%(value)s” is not a web address.") % {"value": text})
        if len(text) > MAX_SOURCE_LENGTH:
            self._note(name, _("A web address has at most %(most)d characters.") % {"most": MAX_SOURCE_LENGTH})
        return text

    def _path(self, name: str) -> str:
        return ".".join(filter(None, (self.place, name)))

    def _note(self, name: str, sentence: str) -> None:
        self.errors.setdefault(self._path(name), []).append(sentence)


def _type(value) -> str:
    names = {
        type(None): _("nothing"),
        bool: _("true or false"),
        int: _("a number"),
        Decimal: _("a number"),
        str: _("a text"),
        list: _("a list"),
        dict: _("an object"),
    }
    return names[type(value)]
