"""Which composition rules a chair meets and which it breaks.

`judge` returns a verdict for every rule; `broken_rules` returns the broken ones, for the admin form, the import and the
verbs. docs/composition.md has the rules and how they are read.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from operator import attrgetter
from typing import Any

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chairs.enums import PI_ROLES, Seniority
from chairs.models import Chair, ChairKind, CompositionRule, Discipline
from clusters.models import Institution, Person
from core.fetched import fetched


@dataclass(frozen=True)
class Post:
    """A person's appointment in a chair, as the rules read it. A bound of None is open."""

    person: Person
    role: str
    affiliation: Institution | None = None
    other_affiliation: Institution | None = None
    discipline: Discipline | None = None
    seniority: str = ""
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None

    def runs_on(self, date: datetime.date) -> bool:
        return (not self.starts_on or self.starts_on <= date) and (not self.ends_on or self.ends_on >= date)


@dataclass(frozen=True)
class Composition:
    """The composition of a chair, saved or still in a form."""

    kind: ChairKind | None = None
    posts: list[Post] = field(default_factory=list)
    has_teaching: bool = False
    # The version under which the chair was approved; None means the version in force on the date.
    rule: CompositionRule | None = None

    def investigators_on(self, date: datetime.date) -> list[Post]:
        return [post for post in self.posts if post.role in PI_ROLES and post.runs_on(date)]


class About(StrEnum):
    """The part of a chair that a rule checks."""

    KIND = "kind"
    PEOPLE = "people"
    TEACHING = "teaching"


@dataclass(frozen=True)
class Verdict:
    """What one rule says of a chair. It is neither met nor broken while there are no investigators to check."""

    sentence: str
    is_met: bool = False
    is_broken: bool = False
    about: About = About.PEOPLE


def _met(sentence: str) -> list[Verdict]:
    return [Verdict(sentence, is_met=True)]


def _broken(*sentences: str) -> list[Verdict]:
    return [Verdict(sentence, is_broken=True) for sentence in sentences]


def _about(about: About, verdicts: list[Verdict]) -> list[Verdict]:
    return [replace(verdict, about=about) for verdict in verdicts]


def _waiting(sentence: str) -> list[Verdict]:
    return [Verdict(sentence)]


# The related records of an appointment, besides its person, that the rules read.
POSTED_AT = ("affiliation__successor", "other_affiliation", "discipline")


def composition_of(chair: Chair) -> Composition:
    """Return the composition of a saved chair; only kind and rule for a new one."""
    if chair.pk is None:
        return Composition(kind=chair.kind, rule=chair.rule)
    rows = fetched(chair, "appointments")
    if rows is None:
        rows = chair.appointments.select_related("person", *POSTED_AT)
    posts = [
        Post(a.person, a.role, a.affiliation, a.other_affiliation, a.discipline, a.seniority, a.starts_on, a.ends_on)
        for a in sorted(rows, key=attrgetter("pk"))
    ]
    teaching = fetched(chair, "teaching")
    has_teaching = chair.teaching.exists() if teaching is None else bool(teaching)
    return Composition(chair.kind, posts, has_teaching, chair.rule)


def broken_rules(composition: Composition, on: datetime.date) -> list[str]:
    """Return a sentence for each rule that is broken on a date: the rule, the people, what to do."""
    return [verdict.sentence for verdict in judge(composition, on) if verdict.is_broken]


def broken_rules_of(chair: Chair, on: datetime.date | None = None) -> list[str]:
    """Return a sentence for each rule that a saved chair breaks; by default, on the day on which it must hold."""
    return broken_rules(composition_of(chair), on or chair.composition_date())


def judge(composition: Composition, on: datetime.date) -> list[Verdict]:
    """Return a verdict for each rule of the chair's kind: whether it is met on a date, in a sentence."""
    if composition.kind is None:
        return _about(About.KIND, _broken(_("The chair has no kind, so no rule can be checked. Choose its kind.")))
    rule = composition.rule or composition.kind.rule_on(on)
    if rule is None:
        sentence = _(
            "The kind “%(kind)s” has no composition rule on %(date)s. Ask the national coordinator to write one, or choose another kind."
        )
        values = {"kind": composition.kind.name, "date": date_format(on)}
        return _about(About.KIND, _broken(sentence % values))
    investigators = composition.investigators_on(on)
    return [
        *_repeated(investigators),
        *_count(rule, composition, investigators, on),
        *_affiliations(investigators),
        *_institutions(rule, investigators),
        *_disciplines(rule, investigators),
        *_seniority(rule, investigators),
        *_about(About.TEACHING, _teaching(rule, composition, investigators)),
    ]


def _names(posts: Iterable[Post]) -> str:
    # By key: two people may have the same name.
    people = {post.person.pk: str(post.person) for post in posts}
    return get_text_list(list(people.values()), _("and")) if people else _("nobody")


def _people(posts: Iterable[Post]) -> set[int]:
    return {post.person.pk for post in posts}


def _repeated(investigators: list[Post]) -> list[Verdict]:
    seen: set[int] = set()
    repeated: dict[int, Post] = {}
    for post in investigators:
        if post.person.pk in seen:
            repeated[post.person.pk] = post
        seen.add(post.person.pk)
    return _broken(
        *(
            _(
                "Each principal investigator is listed once: %(person)s is listed twice. Remove one of the lines, or "
                "put another person there."
            )
            % {"person": post.person}
            for post in repeated.values()
        )
    )


def _count(
    rule: CompositionRule, composition: Composition, investigators: list[Post], on: datetime.date
) -> list[Verdict]:
    number = len(_people(investigators))
    values = {"asked": _asked(rule), "kind": rule.kind.name, "number": number, "people": _names(investigators)}
    if number < rule.min_pis:
        return _broken(_too_few(values, rule.min_pis - number) + _ended(composition, on))
    if rule.max_pis is not None and number > rule.max_pis:
        return _broken(_too_many(values, number - rule.max_pis))
    return _met(_("The kind “%(kind)s” asks for %(asked)s; this chair has %(number)d (%(people)s).") % values)


def _too_few(values: dict[str, Any], missing: int) -> str:
    return ngettext(
        "The kind “%(kind)s” asks for %(asked)s; this chair has %(number)d (%(people)s). Add %(change)d person.",
        "The kind “%(kind)s” asks for %(asked)s; this chair has %(number)d (%(people)s). Add %(change)d people.",
        missing,
    ) % {**values, "change": missing}


def _too_many(values: dict[str, Any], extra: int) -> str:
    return ngettext(
        "The kind “%(kind)s” asks for %(asked)s; this chair has %(number)d (%(people)s). Remove %(change)d person, or give them another role.",
        "The kind “%(kind)s” asks for %(asked)s; this chair has %(number)d (%(people)s). Remove %(change)d people, or give them another role.",
        extra,
    ) % {**values, "change": extra}


def _asked(rule: CompositionRule) -> str:
    """Return the rule's number of investigators in words."""
    if rule.max_pis is None:
        return (
            ngettext("at least %d principal investigator", "at least %d principal investigators", rule.min_pis)
            % rule.min_pis
        )
    if rule.min_pis == rule.max_pis:
        return (
            ngettext("exactly %d principal investigator", "exactly %d principal investigators", rule.min_pis)
            % rule.min_pis
        )
    return _("%(least)d to %(most)d principal investigators") % {"least": rule.min_pis, "most": rule.max_pis}


def _ended(composition: Composition, on: datetime.date) -> str:
    """Return a sentence that names the investigators whose appointments do not run on the date; or an empty text."""
    away = [post for post in composition.posts if post.role in PI_ROLES and not post.runs_on(on)]
    if not away:
        return ""
    return " " + _("Not counted on %(date)s, by the dates of the appointment: %(people)s.") % {
        "date": date_format(on),
        "people": _names(away),
    }


def _affiliations(investigators: list[Post]) -> list[Verdict]:
    messages = []
    for post in investigators:
        if post.affiliation is None:
            messages.append(
                _(
                    "Each principal investigator has an employer that counts: %(person)s has none. Choose the affiliation that counts for this chair."
                )
                % {"person": post.person}
            )
        elif not post.affiliation.is_employer:
            messages.append(
                _(
                    "An employer is a legal entity: %(institution)s, given for %(person)s, is a laboratory or an alliance. Choose the institution that employs them."
                )
                % {"institution": post.affiliation, "person": post.person}
            )
    if messages or not investigators:
        return _broken(*messages)
    return _met(_("Each principal investigator has an employer that counts."))


def _institutions(rule: CompositionRule, investigators: list[Post]) -> list[Verdict]:
    if rule.min_institutions <= 1:
        return []
    employed = [post for post in investigators if post.affiliation is not None and post.affiliation.is_employer]
    entities = {post.affiliation.legal_entity().pk for post in employed if post.affiliation}
    values = {"kind": rule.kind.name, "least": rule.min_institutions, "people": _employments(employed)}
    if not entities:
        return _waiting(
            _(
                "The kind “%(kind)s” asks for principal investigators from at least %(least)d different institutions: "
                "checked once they are named."
            )
            % values
        )
    if len(entities) >= rule.min_institutions:
        return _met(
            _(
                "The kind “%(kind)s” asks for principal investigators from at least %(least)d different institutions; here: %(people)s."
            )
            % values
        )
    return _broken(
        _(
            "The kind “%(kind)s” asks for principal investigators from at least %(least)d different institutions; these count for fewer: %(people)s. Bring in somebody from another institution, or correct the affiliation that counts."
        )
        % values
        + _second_affiliations(employed, entities)
    )


def _employments(employed: list[Post]) -> str:
    return get_text_list([_employment(post) for post in employed], _("and"))


def _employment(post: Post) -> str:
    """Return a person with the employer that counts, and the successor if that employer was taken over."""
    entity = post.affiliation and post.affiliation.legal_entity()
    if entity == post.affiliation:
        return f"{post.person} ({entity})"
    return _("%(person)s (%(institution)s, now %(successor)s)") % {
        "person": post.person,
        "institution": post.affiliation,
        "successor": entity,
    }


def _second_affiliations(employed: list[Post], entities: set[int]) -> str:
    hints = [
        _("%(person)s also belongs to %(institution)s.")
        % {"person": post.person, "institution": post.other_affiliation}
        for post in employed
        if post.other_affiliation is not None
        and post.other_affiliation.is_employer
        and post.other_affiliation.legal_entity().pk not in entities
    ]
    return " " + " ".join(hints) if hints else ""


def _disciplines(rule: CompositionRule, investigators: list[Post]) -> list[Verdict]:
    if rule.min_disciplines <= 1:
        return []
    stated = {post.discipline.pk: str(post.discipline) for post in investigators if post.discipline is not None}
    values = {
        "kind": rule.kind.name,
        "least": rule.min_disciplines,
        "people": _names(investigators),
        "disciplines": get_text_list(list(stated.values()), _("and")) or _("none"),
    }
    if not investigators:
        return _waiting(
            _(
                "The kind “%(kind)s” asks for at least %(least)d disciplines: checked once the principal "
                "investigators are named."
            )
            % values
        )
    if len(stated) >= rule.min_disciplines:
        return _met(_("The kind “%(kind)s” asks for at least %(least)d disciplines; here: %(disciplines)s.") % values)
    return _broken(
        _(
            "The kind “%(kind)s” asks for at least %(least)d disciplines; stated for %(people)s: %(disciplines)s. State each person's discipline, or bring in another one."
        )
        % values
    )


def _seniority(rule: CompositionRule, investigators: list[Post]) -> list[Verdict]:
    if not rule.needs_junior_and_senior:
        return []
    present = {post.seniority for post in investigators}
    missing = [str(level.label).lower() for level in Seniority if level not in present]
    values = {
        "kind": rule.kind.name,
        "people": _names(investigators),
        "missing": get_text_list(missing, _("and")),
    }
    if not investigators:
        return _waiting(
            _("The kind “%(kind)s” mixes junior and senior investigators: checked once they are named.") % values
        )
    if not missing:
        return _met(_("The kind “%(kind)s” mixes junior and senior investigators; both are there.") % values)
    return _broken(
        _(
            "The kind “%(kind)s” mixes junior and senior investigators; none of %(people)s is marked as: %(missing)s. "
            "State each person's seniority, or bring in somebody at that level."
        )
        % values
    )


def _teaching(rule: CompositionRule, composition: Composition, investigators: list[Post]) -> list[Verdict]:
    if not rule.needs_teaching:
        return []
    values = {"kind": rule.kind.name, "people": _names(investigators)}
    if composition.has_teaching:
        return _met(_("The kind “%(kind)s” needs a teaching element; the chair states one.") % values)
    if not investigators:
        return _broken(
            _(
                "The kind “%(kind)s” needs a teaching element; the chair states none. Add a course, a seminar or a summer school."
            )
            % values
        )
    return _broken(
        _(
            "The kind “%(kind)s” needs a teaching element; the chair of %(people)s states none. Add a course, a seminar or a summer school."
        )
        % values
    )
