"""What of a page is words of ours that no catalogue said: letters outside the marks, and outside what people entered."""

import re
from html.parser import HTMLParser

from django.apps import apps
from django.db.models import CharField, TextField

from clusters.models import Person
from tests.abroad.pseudo import CLOSE, OPEN

# The records of these tests; others hold the words of an index, or are filled by migrations with words of ours.
ENTERED = """accounts.User chairs.Activity chairs.Appointment chairs.Chair chairs.ChairKind chairs.Discipline
    clusters.Cluster clusters.Institution clusters.Person clusters.Phase partners.Partner sponsorships.Sponsorship""".split()
SHOWN_ATTRIBUTES = {"title", "alt", "aria-label", "placeholder", "content", "label"}
# A citation in BibTeX is that format's words.
SILENT = {"script", "style", "template", "pre"}
# Each is the same in every language, or no sentence of ours.
SAME_EVERYWHERE = {
    "Cathedra": "the name of the site",
    "English": "a language names itself",
    "Français": "a language names itself",
    "Malti": "a language names itself",
    "SIREN": "a register's name",
    "ORCID": "a register's name",
    "BibTeX": "a format's name",
    "JSON": "a format's name",
}
# Where one of these begins or ends, so does a sentence: a mark that was cut short hides nothing beyond it.
BLOCKS = set(
    "p li td th dt dd h1 h2 h3 h4 div section nav main header footer aside option label button legend summary".split()
)
BREAK = "\0"
LETTERS = re.compile(r"[^\W\d_]{2,}")
ADDRESS = re.compile(r"https?://\S+|[\w.+-]+@[\w.-]+|/(?:en|fr|mt|admin)/\S*|\b(?:[\w-]+\.)+(?:org|html|json|csv)\b")


class Reader(HTMLParser):
    """Collects the text of a page, and each attribute that somebody sees or hears."""

    def __init__(self):
        super().__init__()
        self.text, self.attributes, self.silent = [], [], 0

    def handle_starttag(self, tag, attrs):
        self._note_tag(tag, 1)
        names = dict(attrs)
        is_told = tag != "meta" or names.get("name") == "description"
        shown = [value for name, value in attrs if name in SHOWN_ATTRIBUTES and value and is_told]
        if tag == "input" and names.get("type") in {"submit", "button"} and names.get("value"):
            shown.append(names["value"])
        self.attributes += shown

    def handle_endtag(self, tag):
        self._note_tag(tag, -1)

    def _note_tag(self, tag, step):
        self.silent += step * (tag in SILENT)
        if tag in BLOCKS:
            self.text.append(BREAK)

    def handle_data(self, data):
        if not self.silent:
            self.text.append(data)


def entered() -> list[str]:
    """Return every text that people entered, the longest first; a choice's code is none, and must not stand on a page."""
    found = set()
    for model in map(apps.get_model, ENTERED):
        fields = [
            one for one in model._meta.concrete_fields if isinstance(one, CharField | TextField) and not one.choices
        ]
        for row in model._base_manager.order_by().values_list(*(field.attname for field in fields)):
            found.update(" ".join(str(value).split()) for value in row if value)
    # What stands in the place of a portrait.
    found.update("".join(word[0] for word in name.split()) for name in Person.objects.values_list("name", flat=True))
    return sorted((text for text in found if LETTERS.search(text)), key=len, reverse=True)


def outside_the_marks(text: str) -> str:
    """Return what of a text stands in no mark."""
    depth, kept = 0, []
    for letter in text:
        depth = 0 if letter == BREAK else depth + (letter == OPEN) - (letter == CLOSE)
        kept.append(letter if depth <= 0 and letter not in (CLOSE, BREAK) else " ")
    return " ".join("".join(kept).split())


def hard_wired(html: str, known: re.Pattern) -> list[str]:
    """Return the words of a page that came from no catalogue and from nobody."""
    reader = Reader()
    reader.feed(html)
    texts = ["\n".join(reader.text), *reader.attributes]
    found = []
    for text in texts:
        rest = known.sub(" ", ADDRESS.sub(" ", outside_the_marks(text)))
        found += LETTERS.findall(rest)
    return found


def known_texts(*typed: str) -> re.Pattern:
    """Return what finds the texts that people entered, and what the reader typed."""
    words = [*entered(), *SAME_EVERYWHERE, *typed]
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words))
