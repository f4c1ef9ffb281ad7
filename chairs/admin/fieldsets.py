"""The layout of the chair's page, with help that says what goes where."""

from django.utils.translation import gettext_lazy as _

from chairs.enums import ChairStatus

# What a published source states is not rewritten by hand: the next load of the directory would undo it.
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


def chair_fieldsets(chair, offers_incomplete: bool) -> list:
    """Return the fieldsets for a new chair (None), a registered one, or one from a source."""
    is_sourced = chair is not None and chair.status == ChairStatus.SOURCED
    what = [("cluster", "kind", "phase"), ("title_en", "title_fr"), "acronym", "themes"]
    words = [
        ("summary_en", "summary_fr"),
        ("description_en", "description_fr"),
        ("topic_en", "topic_fr"),
        "website",
    ]
    dates = [("starts_on", "ends_on")]
    if is_sourced:
        dates.append(("start_year", "end_year"))
    fieldsets = [
        (_("What it is"), {"description": WHAT, "fields": what}),
        (_("In words"), {"description": WORDS, "fields": words}),
        (_("When"), {"description": DATES, "fields": dates}),
    ]
    if not is_sourced:
        grant = {"description": GRANT, "fields": [("public_grant", "public_grant_on"), "public_grant_source"]}
        fieldsets.append((_("Public money"), {**grant, "classes": ["collapse"]}))
    if chair is not None and chair.is_from_a_source:
        stated = [*(["slug"] if is_sourced else []), *STATED_FIELDS]
        fieldsets.append((_("As the source says"), {"description": SOURCE, "fields": stated}))
    if chair is not None and not is_sourced:
        fieldsets.append((_("Registration"), {"fields": ["slug", ("registrar", "registered_at", "rule")]}))
    if chair is None:
        fieldsets.append((_("Address"), {"fields": ["slug"], "classes": ["collapse"]}))
    if offers_incomplete:
        fieldsets.append((_("Not finished yet?"), {"fields": ["save_incomplete"]}))
    return fieldsets
