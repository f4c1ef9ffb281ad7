"""The one composition function, over the table of cases, and what the table cannot say: versions and the chair's own dates."""

import datetime
import re

import pytest
from django.utils import timezone, translation

from chairs.composition import Composition, Post, broken_rules, broken_rules_of, judge
from chairs.enums import ChairStatus
from chairs.models import CompositionRule
from clusters.enums import InstitutionKind
from clusters.models import Institution
from core.exceptions import Refused
from tests import factories
from tests.chairs.composition_cases import ADA, BLAISE, CAP, CASES, CLAIRE, EXCELLENCE, INRIA, ON, RULES, Case, P
from tests.verbs import perform

pytestmark = pytest.mark.django_db


def institution(name: str | None) -> Institution | None:
    """Return the institution that goes by a name; the table's own world is made on first use."""
    if name is None:
        return None
    if not Institution.objects.exists():
        sorbonne = factories.make_institution(name="Sorbonne Université")
        sorbonne.aliases.create(name="Université Paris-6")
        sorbonne.aliases.create(name="Paris 6")
        factories.make_institution(name="Inria", kind=InstitutionKind.RESEARCH_BODY)
        factories.make_institution(name="UPMC", successor=sorbonne)
        factories.make_institution(name="LIP6", kind=InstitutionKind.LABORATORY)
        alliance = factories.make_institution(name="Alliance Paris", kind=InstitutionKind.ALLIANCE)
        factories.make_institution(name="École A", successor=alliance)
        factories.make_institution(name="École B", successor=alliance)
    return Institution.objects.named(name).get()


class Cast:
    """The people and disciplines of one case, each made once."""

    def __init__(self):
        self.people, self.disciplines = {}, {}

    def post(self, line: P) -> Post:
        if line.person not in self.people:
            self.people[line.person] = factories.make_person(name=line.person.removesuffix(" (the other)"))
        if line.discipline and line.discipline not in self.disciplines:
            self.disciplines[line.discipline] = factories.make_discipline(name_en=line.discipline)
        return Post(
            person=self.people[line.person],
            role=line.role,
            affiliation=institution(line.at),
            other_affiliation=institution(line.also),
            discipline=self.disciplines.get(line.discipline),
            seniority=line.seniority,
            starts_on=line.starts_on,
            ends_on=line.ends_on,
        )


def composed(case: Case) -> Composition:
    kind = None
    if case.kind is not None:
        rule = {**RULES[case.kind], **case.rule} if case.kind in RULES else False
        kind = factories.make_kind(rule=rule, name_en=case.kind, name_fr=case.kind)
    cast = Cast()
    return Composition(kind, [cast.post(line) for line in case.posts], case.teaching)


def registered(composition: Composition, **overrides):
    """A chair in the database with this composition."""
    chair = factories.make_chair(kind=composition.kind or factories.make_kind(), with_pi=False, **overrides)
    if composition.kind is None:
        type(chair).objects.filter(pk=chair.pk).update(kind=None)
        chair = type(chair).objects.get(pk=chair.pk)
    for post in composition.posts:
        factories.make_appointment(
            chair, **{name: getattr(post, name) for name in Post.__dataclass_fields__ if name != "affiliation"}
        )
        chair.appointments.filter(pk=chair.appointments.latest("pk").pk).update(affiliation=post.affiliation)
    if composition.has_teaching:
        factories.make_teaching(chair)
    return chair


def assert_says(messages: list[str], case: Case) -> None:
    assert len(messages) == len(case.breaks), messages
    for message, fragments in zip(messages, case.breaks, strict=True):
        for fragment in fragments:
            assert fragment in message


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_says_each_broken_rule_with_the_people_and_the_way_out(case):
    assert_says(broken_rules(composed(case), ON), case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_registered_chair_gets_the_same_answer(case):
    assert_says(broken_rules_of(registered(composed(case)), ON), case)


def test_a_person_is_named_in_each_sentence_once():
    case = next(case for case in CASES if "too many" in case.name)
    (message,) = broken_rules(composed(case), ON)
    assert len(re.findall("Ada Lovelace", message)) == 1


def met(*posts: P, kind=CAP, **rule) -> str:
    """Return the sentences about the rules that a composition meets."""
    case = Case("", kind, list(posts), rule=rule)
    return "\n".join(verdict.sentence for verdict in judge(composed(case), ON) if verdict.is_met)


def test_what_is_met_is_said_with_those_who_count():
    pair = met(P(ADA), P(BLAISE, at=INRIA))
    assert "Each principal investigator has an employer that counts." in pair
    assert "here: Ada Lovelace (Sorbonne Université) and Blaise Pascal (Inria)." in pair
    three = met(P(ADA), P(BLAISE, at=INRIA), P(CLAIRE, at="École A"), max_pis=3)
    assert "Blaise Pascal (Inria) and Claire Voisin (École A)." in three


def test_nothing_is_met_by_nobody_nor_said_where_nothing_is_asked():
    assert "employer that counts" not in met()
    for number in (0, 1):
        said = met(P(ADA), kind=EXCELLENCE, min_institutions=number, min_disciplines=number)
        assert said and "institutions" not in said and "disciplines" not in said


def cap_chair(**overrides):
    case = CASES[0]
    return registered(composed(case), cluster=factories.make_cluster(needs_four_eyes=False), **overrides)


def stricter(kind, **overrides) -> CompositionRule:
    today = timezone.localdate()
    values = {**RULES["CAP"], "min_pis": 3, "max_pis": 3, "version": 2, "valid_from": today, **overrides}
    return CompositionRule.objects.create(kind=kind, **values)


def test_an_approved_chair_keeps_its_version_when_a_stricter_one_appears():
    chair = cap_chair(status=ChairStatus.SUBMITTED)
    approved = perform(chair, "approve", by=factories.make_staff(chair.cluster))
    stricter(chair.kind)
    assert approved.rule.version == 1
    assert broken_rules_of(type(chair).objects.get(pk=chair.pk)) == []


def test_a_chair_that_is_not_approved_yet_meets_the_stricter_version():
    chair = cap_chair(status=ChairStatus.SUBMITTED)
    stricter(chair.kind)
    with pytest.raises(Refused, match="exactly 3 principal investigators"):
        perform(chair, "approve", by=factories.make_staff(chair.cluster))


def test_the_version_in_force_is_the_latest_to_begin():
    kind = factories.make_kind(rule={"valid_from": datetime.date(2025, 1, 1), "version": 2})
    CompositionRule.objects.create(kind=kind, version=1, valid_from=datetime.date(2026, 1, 1), min_pis=2)
    assert kind.rule_on(datetime.date(2025, 6, 1)).version == 2
    assert kind.rule_on(datetime.date(2026, 6, 1)).version == 1
    assert kind.rule_on(datetime.date(2024, 12, 31)) is None


def test_a_chair_that_starts_later_is_measured_on_its_first_day():
    first_day = timezone.localdate() + datetime.timedelta(days=90)
    chair = cap_chair(starts_on=first_day)
    chair.appointments.update(starts_on=first_day)
    assert broken_rules_of(chair) == []
    assert broken_rules_of(chair, timezone.localdate()) != []
    chair.appointments.update(starts_on=None, ends_on=first_day - datetime.timedelta(days=1))
    assert broken_rules_of(chair) != []


def test_a_chair_that_has_started_is_measured_today():
    chair = cap_chair(starts_on=datetime.date(2024, 9, 1))
    chair.appointments.update(starts_on=datetime.date(2025, 9, 1))
    assert broken_rules_of(chair) == []
    assert broken_rules_of(chair, chair.starts_on) != []


def test_approval_takes_the_version_that_was_checked():
    first_day = timezone.localdate() + datetime.timedelta(days=90)
    chair = cap_chair(status=ChairStatus.SUBMITTED, starts_on=first_day)
    later = stricter(chair.kind, min_pis=2, max_pis=2, valid_from=first_day)
    assert perform(chair, "approve", by=factories.make_staff(chair.cluster)).rule == later


def test_a_chair_that_is_not_saved_yet_can_be_asked():
    chair = cap_chair()
    unsaved = type(chair)(cluster=chair.cluster, kind=chair.kind)
    assert len(broken_rules_of(unsaved, ON)) == 2


@pytest.mark.parametrize("case", [case for case in CASES if case.breaks], ids=lambda case: case.name)
def test_the_french_sentences_name_the_same_people(case):
    composition = composed(case)
    english = broken_rules(composition, ON)
    with translation.override("fr"):
        french = broken_rules(composition, ON)
    assert len(french) == len(english)
    for there, here in zip(french, english, strict=True):
        assert there != here
        for person in {str(post.person) for post in composition.posts}:
            assert (person in there) == (person in here)
