"""The fieldsets of the chair's form, with their help texts."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from chairs.enums import ChairStatus

# Statements of a published source are read-only: the next load of the directory would overwrite an edit.
STATED_FIELDS = ["axis", "programme", "stated_funding", "source_lines", "note_lines", "conflict_lines"]
SOURCED_FIELDS = [
    "cluster",
    "slug",
    "title_en",
    "title_fr",
    "acronym",
    "kind",
    "phase",
    "starts_on",
    "ends_on",
    "start_year",
    "end_year",
    *STATED_FIELDS,
]

WHAT = _(
    "A chair belongs to one cluster and to one kind, whose rule is checked when you save. A CAP, for example, needs "
    "exactly two principal investigators from two institutions, and a teaching element."
)
WORDS = _("Write for a visitor who is not a specialist. Each text may be in French, in English or in both.")
DATES = _("The composition must hold on the first day, or today once the chair has started.")
GRANT = _(
    "Leave empty where nobody states it. Shown on the public page with its source, and counted in the chair’s "
    "leverage: partners’ euros per public euro."
)
SOURCE = _("Loaded from a published source, and kept as it says.")


class Part(StrEnum):
    """The steps of the chair's form, as their URLs name them."""

    WHAT = "what"
    WORDS = "words"
    PEOPLE = "people"
    TEACHING = "teaching"
    ACTIVITIES = "activities"
    MONEY = "money"
    SOURCES = "sources"


def chair_fieldsets(chair, offers_incomplete: bool) -> dict[str, list]:
    """Return the fieldsets of each step, for a new chair (None), a registered one, or one from a source."""
    is_sourced = chair is not None and chair.status == ChairStatus.SOURCED
    parts: dict[str, list] = {part: [] for part in Part}
    what = [("cluster", "kind", "phase"), ("title_en", "title_fr"), "acronym", "themes"]
    words = [
        ("summary_en", "summary_fr"),
        ("description_en", "description_fr"),
        ("topic_en", "topic_fr"),
        "website",
    ]
    parts[Part.WHAT].append((_("What it is"), {"description": WHAT, "fields": what}))
    parts[Part.WORDS].append((_("In words"), {"description": WORDS, "fields": words}))
    parts[Part.MONEY] += _dates_and_money(is_sourced)
    parts[Part.SOURCES] += _kept(chair, is_sourced)
    if chair is None:
        parts[Part.WHAT].append((_("Address"), {"fields": ["slug"], "classes": ["collapse"]}))
    if offers_incomplete:
        parts[Part.SOURCES].append((_("Not finished yet?"), {"fields": ["save_incomplete"]}))
    return parts


def _dates_and_money(is_sourced: bool) -> list:
    dates = [("starts_on", "ends_on"), *([("start_year", "end_year")] if is_sourced else [])]
    when = (_("When"), {"description": DATES, "fields": dates})
    if is_sourced:
        return [when]
    grant = {"description": GRANT, "fields": [("public_grant", "public_grant_on"), "public_grant_source"]}
    return [when, (_("Public money"), {**grant, "classes": ["collapse"]})]


def _kept(chair, is_sourced: bool) -> list:
    """Return the read-only fieldsets: what a source says, and who registered the chair."""
    fieldsets = []
    if chair is not None and chair.is_from_a_source:
        stated = [*(["slug"] if is_sourced else []), *STATED_FIELDS]
        fieldsets.append((_("As the source says"), {"description": SOURCE, "fields": stated}))
    if chair is not None and not is_sourced:
        fieldsets.append((_("Registration"), {"fields": ["slug", ("registrar", "registered_at", "rule")]}))
    return fieldsets
