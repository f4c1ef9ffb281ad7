"""Text and attributes of HTML, escaped as Django's templates escape them."""

from collections.abc import Mapping
from html import escape
from typing import Any

from django.utils.formats import localize
from django.utils.safestring import SafeData


def value_of(value: Any) -> str:
    """Return a value escaped for an attribute: `{{ value|stringformat:"s" }}`."""
    text = str(value)
    return text if isinstance(value, SafeData) else escape(text)


def text_of(value: Any) -> str:
    """Return a value escaped for text: `{{ value }}`."""
    text = value if isinstance(value, str) else str(localize(value))
    return text if hasattr(text, "__html__") else escape(text)


def attributes(attrs: Mapping[str, Any]) -> str:
    written = (
        f" {escape(name)}" if value is True else f' {escape(name)}="{value_of(value)}"'
        for name, value in attrs.items()
        if value is not False
    )
    return "".join(written)
