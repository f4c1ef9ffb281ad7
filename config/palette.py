"""The colours of static/css/tokens.css, and the contrast of each pair of them that we use."""

import re
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

TOKENS = Path(__file__).resolve().parent.parent / "static" / "css" / "tokens.css"
# WCAG 2.2, level AA: for text (1.4.3), and for the parts by which a control is recognised (1.4.11).
TEXT, CONTROL = 4.5, 3.0
DARK = re.compile(r"@media screen and \(prefers-color-scheme: dark\) \{\s*:root \{(.*?)\}", re.DOTALL)
LIGHT = re.compile(r":root \{(.*?)\}", re.DOTALL)
COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{3,6});")
THEMES = {"light": LIGHT, "dark": DARK}


@dataclass(frozen=True)
class Pair:
    """A foreground and a background colour, and the contrast that their use requires."""

    use: str
    front: str
    back: str
    needed: float = TEXT


PAIRS = [
    Pair(_("Text"), "ink", "paper"),
    Pair(_("Text in fields and in the header"), "ink", "surface"),
    Pair(_("Text in the footer"), "ink", "sunken"),
    Pair(_("Notes"), "ink-soft", "paper"),
    Pair(_("Notes on a surface"), "ink-soft", "surface"),
    Pair(_("Notes on a sunken background"), "ink-soft", "sunken"),
    Pair(_("Links"), "accent", "paper"),
    Pair(_("Links on a surface"), "accent", "surface"),
    Pair(_("Links in the footer"), "accent", "sunken"),
    Pair(_("Links in a warning"), "accent", "demo-soft"),
    Pair(_("Links in an error"), "accent", "danger-soft"),
    Pair(_("Main button"), "on-accent", "accent"),
    Pair(_("Main button, hovered"), "on-accent", "accent-strong"),
    Pair(_("Secondary button, hovered"), "accent-strong", "accent-soft"),
    Pair(_("Demonstration"), "demo", "demo-soft"),
    Pair(_("Errors"), "danger", "paper"),
    Pair(_("Errors on their background"), "danger", "danger-soft"),
    Pair(_("Success"), "success", "success-soft"),
    Pair(_("Field borders"), "rule-strong", "surface", CONTROL),
    Pair(_("Button borders"), "rule-strong", "paper", CONTROL),
    Pair(_("The focus ring"), "accent", "paper", CONTROL),
]


def colours(theme: str) -> dict[str, str]:
    """Return the theme's colours by name."""
    block = THEMES[theme].search(TOKENS.read_text("utf-8"))[1]
    return {name: _long(value) for name, value in COLOUR.findall(block)}


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 (none) to 21 (black on white), as WCAG defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def swatches() -> list[dict]:
    """Return each colour's name with its values in both themes."""
    light, dark = colours("light"), colours("dark")
    return [{"name": name, "light": light[name], "dark": dark[name]} for name in light]


def measured_pairs() -> list[dict]:
    """Return each pair with its colours and their contrast in both themes."""
    return [{"pair": pair, "themes": [_measure(pair, colours(theme)) for theme in THEMES]} for pair in PAIRS]


def _measure(pair: Pair, palette: dict[str, str]) -> dict:
    front, back = palette[pair.front], palette[pair.back]
    ratio = contrast(front, back)
    return {"front": front, "back": back, "ratio": ratio, "is_enough": ratio >= pair.needed}


def _long(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(digit * 2 for digit in colour[1:])


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
