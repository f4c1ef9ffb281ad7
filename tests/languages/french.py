"""What a French reader would stumble over on a page of ours: one rule a function, each yields what it found.

Rules: Imprimerie nationale, « Lexique des règles typographiques en usage » (dates, spaces, apostrophes).
"""

import re
from collections.abc import Collection, Iterator
from html.parser import HTMLParser

MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|janv|févr|juil|sept|oct|nov|déc"
FIRST_OF_A_MONTH = re.compile(rf"\b1[ \u00a0\u202f](?:{MONTHS})\b")
# One word for one thing: the site writes e-mail.
OTHER_WORDS_FOR_EMAIL = re.compile(
    r"\b(?:courriels?|méls?|emails?|(?<!e-)mails?|adresses? électroniques?)\b", re.IGNORECASE
)
STRAIGHT_APOSTROPHE = re.compile(r"[^\W\d_]'[^\W\d_]")
# A sign of two parts stands after a space that does not break, and a quotation within two.
MISSING_SPACE = re.compile(
    r"\w[;?](?=\s|$)|\w(?<!\bHi)!(?=\s|$)|[^\s\d\u00a0]:(?=\s|$)|«[^\u00a0]|[^\u00a0]»|\d ?(?:€|%)| [:;!?»]"
)
# An amount as the code writes it (a criterion of the RGAA has a smaller number): French has a comma.
POINT = re.compile(r"(?<![\d.])(?:\d{3,}\.\d{2}|\d+\.00)(?![\d.])")
# Words of English that are no words of French, and that no name of ours holds.
ENGLISH = re.compile(
    r"\b(?:the|of|and|is|are|was|were|with|for|from|this|that|these|which|who|what|your|you|our|their|its|has|have|been"
    r"|not|but|by|invented|research|award|shared|none)\b",
    re.IGNORECASE,
)
UNSEEN = {"script", "style", "code", "pre", "template", "svg"}
SPOKEN = ("title", "alt", "aria-label", "placeholder", "value")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class FrenchText(HTMLParser):
    """The text that a reader of a page meets in French: what says that it is in another language is left out."""

    def __init__(self):
        super().__init__()
        self.open, self.texts = [], []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        language = attributes.get("lang") or (self.open[-1][1] if self.open else "fr")
        hidden = tag in UNSEEN or "data-verbatim" in attributes or (bool(self.open) and self.open[-1][2])
        if language == "fr" and not hidden:
            self.texts += [
                attributes[name] for name in SPOKEN if attributes.get(name) and _is_read(tag, name, attributes)
            ]
        if tag not in VOID:
            self.open.append((tag, language, hidden))

    def handle_endtag(self, tag):
        while self.open and tag not in VOID:
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data):
        if not self.open or (self.open[-1][1] == "fr" and not self.open[-1][2]):
            self.texts.append(data)


def _is_read(tag, name, attributes) -> bool:
    return name != "value" or (tag == "input" and attributes.get("type") in {"submit", "button", "reset"})


def texts_of(html: str) -> list[str]:
    reader = FrenchText()
    reader.feed(html)
    return [text for text in (" ".join(re.split(r"[ \t\r\n]+", text)).strip(" ") for text in reader.texts) if text]


ADDRESS = re.compile(r"https?://\S+|\b[a-z0-9]+(?:-[a-z0-9]+){2,}\b")
# A text that a list cuts short still begins like the whole.
MIN_CUT_LENGTH = 12

RULES = {
    "1er": FIRST_OF_A_MONTH,
    "e-mail": OTHER_WORDS_FOR_EMAIL,
    "apostrophe": STRAIGHT_APOSTROPHE,
    "space": MISSING_SPACE,
    "point": POINT,
    "English": ENGLISH,
}


def faults_of(html: str, quoted: Collection[str] = ()) -> Iterator[str]:
    """Yield what a reader would stumble over. What is `quoted`, whole or cut short, is somebody else's."""
    for text in texts_of(html):
        ours = without_quotations(text, quoted)
        for rule, pattern in RULES.items():
            if found := pattern.search(ours):
                start = max(found.start() - 40, 0)
                yield f"{rule}: …{ours[start : found.end() + 40]}…"


def without_quotations(text: str, quoted: Collection[str]) -> str:
    if not ENGLISH.search(text) and not MISSING_SPACE.search(text):
        return text
    cut = text.rstrip("… ")
    if len(cut) > MIN_CUT_LENGTH and any(cut in words for words in quoted):
        return ""
    for words in sorted((words for words in quoted if len(words) > 3 and words in text), key=len, reverse=True):
        text = text.replace(words, "…")
    return ADDRESS.sub("…", text)


# What a label of a list of facts is, where the fact may be an adjective on its own.
FEMININE = (
    "direction",
    "directrice",
    "immatriculation",
    "dotation",
    "forme",
    "nature",
    "date",
    "durée",
    "activité",
    "chaire",
    "convention",
    "échéance",
    "source",
    "langue",
    "période",
    "création",
    "conçue",
    "portée",
    "personne",
    "candidature",
    "adresse",
    "année",
)
MASCULINE = (
    "contact",
    "niveau",
    "lieu",
    "public",
    "public visé",
    "stade",
    "incubateur",
    "site",
    "financement",
    "siège",
    "bénéficiaire",
    "type",
    "statut",
    "rôle",
    "montant",
    "secteur",
    "budget",
    "cluster",
    "pays",
    "inconnu",
    "responsable",
    "délégué",
    "hébergeur",
    "directeur",
    "téléphone",
    "nom",
)
FACT = re.compile(r"<dt[^>]*>\s*(\w+)[^<]*</dt>\s*<dd[^>]*>\s*(?:<\w+[^>]*>\s*)*non (indiqué|précisé|renseigné)(e?)\b")


WITHIN = re.compile(r'<a [^>]*?href="#([^"]+)"')
NAMED = re.compile(r'\bid="([^"]+)"')


def dead_links_of(html: str) -> Iterator[str]:
    """Yield each link to a place on the same page that the page does not have."""
    places = set(NAMED.findall(html))
    yield from (f"nowhere: #{place}" for place in dict.fromkeys(WITHIN.findall(html)) if place not in places)


def disagreements_of(html: str) -> Iterator[str]:
    """Yield each fact whose adjective does not agree with its label: « Dotation publique : non indiqué »."""
    for label, adjective, ending in FACT.findall(html):
        is_feminine = label.lower() in FEMININE
        assert is_feminine or label.lower() in MASCULINE, f"say in this file whether « {label} » is feminine"
        if is_feminine != (ending == "e"):
            yield f"{label} : non {adjective}{ending}"
