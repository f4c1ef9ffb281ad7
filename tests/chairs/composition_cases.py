"""The table that drives test_composition.py: what a chair is made of, and what the one function must say about it.

Expectations are written by hand from the design and the calls (docs/composition.md), never read from the code.
"""

import datetime
from dataclasses import dataclass, field

from tests.factories import CAP_RULE, EXCELLENCE_RULE, MODULAR_RULE, SYNERGY_RULE

ON = datetime.date(2026, 3, 16)
YESTERDAY, TOMORROW = ON - datetime.timedelta(days=1), ON + datetime.timedelta(days=1)
NEXT_YEAR = datetime.date(2027, 1, 1)

CAP, SYNERGY, EXCELLENCE, MODULAR = "CAP", "synergy chair", "chair of excellence", "modular chair"
RULES = {CAP: CAP_RULE, SYNERGY: SYNERGY_RULE, EXCELLENCE: EXCELLENCE_RULE, MODULAR: MODULAR_RULE}

ADA, BLAISE, CLAIRE, DENIS, EMILIE = (
    "Ada Lovelace",
    "Blaise Pascal",
    "Claire Voisin",
    "Denis Diderot",
    "Émilie du Châtelet",
)
SORBONNE, INRIA, UPMC, LAB, ALLIANCE = "Sorbonne Université", "Inria", "UPMC", "LIP6", "Alliance Paris"


@dataclass(frozen=True)
class P:
    """A post: who, employed where, and what a case says beyond it."""

    person: str
    at: str | None = SORBONNE
    also: str | None = None
    role: str = "pi"
    discipline: str | None = None
    seniority: str = ""
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None


@dataclass(frozen=True)
class Case:
    """`breaks` has, for each message in turn, what it must contain: the rule, the people, the way out."""

    name: str
    kind: str | None
    posts: list[P] = field(default_factory=list)
    breaks: list[tuple[str, ...]] = field(default_factory=list)
    teaching: bool = True
    rule: dict = field(default_factory=dict)


TWO = [P(ADA), P(BLAISE, at=INRIA)]
THREE = [*TWO, P(CLAIRE)]
MATHS, PHYSICS, LAW = "Mathematics", "Physics", "Law"
MIXED = [
    P(ADA, discipline=MATHS, seniority="senior"),
    P(BLAISE, discipline=PHYSICS, seniority="junior"),
    P(CLAIRE, discipline=MATHS, seniority="senior"),
]

EXACTLY_TWO = "exactly 2 principal investigators"
TWO_INSTITUTIONS = "at least 2 different institutions"
OTHER_INSTITUTION = "Bring in somebody from another institution"
NO_EMPLOYER = "Each principal investigator has an employer that counts"
NOT_AN_EMPLOYER = "An employer is a legal entity"
CHOOSE_EMPLOYER = "Choose the institution that employs them"

CASES = [
    Case("a CAP of two people from two institutions with teaching is right", CAP, TWO),
    Case("a CAP of one asks for one more", CAP, [P(ADA)], [(EXACTLY_TWO, ADA, "Add 1 person"), (TWO_INSTITUTIONS, ADA)]),
    Case("a CAP of nobody asks for two", CAP, [], [(EXACTLY_TWO, "nobody", "Add 2 people")]),
    Case("a CAP of three has one too many", CAP, THREE, [(EXACTLY_TWO, ADA, BLAISE, CLAIRE, "Remove 1 person")]),
    Case(
        "a CAP of four has two too many",
        CAP,
        [*THREE, P(DENIS)],
        [(EXACTLY_TWO, ADA, BLAISE, CLAIRE, DENIS, "Remove 2 people")],
    ),
    Case(
        "a CAP of two people of one institution needs another one",
        CAP,
        [P(ADA), P(BLAISE)],
        [(TWO_INSTITUTIONS, f"{ADA} ({SORBONNE})", f"{BLAISE} ({SORBONNE})", OTHER_INSTITUTION)],
    ),
    Case(
        "an institution and its alias are one",
        CAP,
        [P(ADA), P(BLAISE, at="Paris 6")],
        [(TWO_INSTITUTIONS, ADA, BLAISE, SORBONNE, OTHER_INSTITUTION)],
    ),
    Case(
        "an institution and the one that took it over are one",
        CAP,
        [P(ADA), P(BLAISE, at=UPMC)],
        [(TWO_INSTITUTIONS, ADA, f"{BLAISE} ({UPMC}, now {SORBONNE})", OTHER_INSTITUTION)],
    ),
    Case(
        "an alliance takes nobody over, so its members stay two",
        CAP,
        [P(ADA, at="École A"), P(BLAISE, at="École B")],
    ),
    Case(
        "the same person twice is one person",
        CAP,
        [P(ADA), P(ADA, at=INRIA)],
        [("listed once", ADA, "Remove one of the lines"), (EXACTLY_TWO, ADA, "Add 1 person")],
    ),
    Case(
        "two people of the same name are two people",
        CAP,
        [P(ADA), P(f"{ADA} (the other)", at=INRIA), P(CLAIRE)],
        [(EXACTLY_TWO, f"{ADA}, {ADA} and {CLAIRE}", "Remove 1 person")],
    ),
    Case("the affiliation that counts decides", CAP, [P(ADA, also=INRIA), P(BLAISE, at=INRIA, also=SORBONNE)]),
    Case(
        "a second affiliation that would mend the chair is hinted at",
        CAP,
        [P(ADA), P(BLAISE, also=INRIA)],
        [(TWO_INSTITUTIONS, ADA, BLAISE, f"{BLAISE} also belongs to {INRIA}")],
    ),
    Case(
        "somebody whose appointment ended yesterday is not counted",
        CAP,
        [P(ADA), P(BLAISE, at=INRIA, ends_on=YESTERDAY)],
        [(EXACTLY_TWO, ADA, "Add 1 person", f"Not counted on 16 March 2026, by the dates of the appointment: {BLAISE}"),
         (TWO_INSTITUTIONS, ADA)],
    ),
    Case(
        "somebody who starts tomorrow is not counted",
        CAP,
        [P(ADA), P(BLAISE, at=INRIA, starts_on=TOMORROW)],
        [(EXACTLY_TWO, ADA, "Add 1 person", f"Not counted on 16 March 2026, by the dates of the appointment: {BLAISE}"),
         (TWO_INSTITUTIONS, ADA)],
    ),
    Case("an appointment that ends next year counts", CAP, [P(ADA, ends_on=NEXT_YEAR), P(BLAISE, at=INRIA)]),
    Case("an appointment counts on its last day", CAP, [P(ADA), P(BLAISE, at=INRIA, ends_on=ON)]),
    Case("an appointment counts on its first day", CAP, [P(ADA), P(BLAISE, at=INRIA, starts_on=ON)]),
    Case("who left is replaced by who came", CAP, [*TWO[:1], P(CLAIRE, at=INRIA, ends_on=YESTERDAY), P(BLAISE, at=INRIA)]),
    Case("a person may come back after an interval", CAP, [*TWO, P(ADA, ends_on=YESTERDAY)]),
    Case("a CAP without teaching needs some", CAP, TWO, [("teaching element", ADA, BLAISE, "Add a course")], teaching=False),
    Case(
        "every broken rule is named at once",
        CAP,
        [P(ADA)],
        [(EXACTLY_TWO, ADA), (TWO_INSTITUTIONS, ADA), ("teaching element", ADA)],
        teaching=False,
    ),
    Case("a laboratory employs nobody", CAP, [P(ADA), P(BLAISE, at=LAB)],
         [(NOT_AN_EMPLOYER, LAB, BLAISE, CHOOSE_EMPLOYER), (TWO_INSTITUTIONS, ADA, OTHER_INSTITUTION)]),
    Case("an alliance employs nobody", CAP, [P(ADA), P(BLAISE, at=ALLIANCE)],
         [(NOT_AN_EMPLOYER, ALLIANCE, BLAISE, CHOOSE_EMPLOYER), (TWO_INSTITUTIONS, ADA, OTHER_INSTITUTION)]),
    Case("a missing affiliation is asked for", CAP, [P(ADA), P(BLAISE, at=None)],
         [(NO_EMPLOYER, BLAISE, "Choose the affiliation"), (TWO_INSTITUTIONS, ADA, OTHER_INSTITUTION)]),
    Case("holders and co-holders are principal investigators", CAP, [P(ADA, role="holder"), P(BLAISE, at=INRIA, role="co_holder")]),
    Case("members and the executive board are not counted", CAP,
         [*TWO, P(CLAIRE, role="member"), P(DENIS, role="executive_board"), P(EMILIE, role="unstated")]),
    Case("a member does not make up for a missing investigator", CAP, [P(ADA), P(BLAISE, at=INRIA, role="member")],
         [(EXACTLY_TWO, ADA, "Add 1 person"), (TWO_INSTITUTIONS, ADA)]),
    Case("a synergy chair of three, of two disciplines, junior and senior, is right", SYNERGY, MIXED),
    Case("a synergy chair of four is right", SYNERGY, [*MIXED, P(DENIS, discipline=LAW, seniority="junior")]),
    Case("a synergy chair of two is too small", SYNERGY, MIXED[:2], [("3 to 4 principal investigators", ADA, BLAISE, "Add 1 person")]),
    Case(
        "a synergy chair of five is too large",
        SYNERGY,
        [*MIXED, P(DENIS, discipline=LAW), P(EMILIE, discipline=LAW)],
        [("3 to 4 principal investigators", ADA, BLAISE, CLAIRE, DENIS, EMILIE, "Remove 1 person")],
    ),
    Case(
        "a synergy chair of one discipline needs another",
        SYNERGY,
        [P(ADA, discipline=MATHS, seniority="senior"), P(BLAISE, discipline=MATHS, seniority="junior"), P(CLAIRE, discipline=MATHS)],
        [("at least 2 disciplines", ADA, BLAISE, CLAIRE, MATHS, "bring in another one")],
    ),
    Case(
        "a synergy chair without disciplines must state them",
        SYNERGY,
        [P(ADA, seniority="senior"), P(BLAISE, seniority="junior"), P(CLAIRE)],
        [("at least 2 disciplines", ADA, BLAISE, CLAIRE, "none", "State each person's discipline")],
    ),
    Case(
        "a synergy chair of seniors only needs a junior",
        SYNERGY,
        [P(ADA, discipline=MATHS, seniority="senior"), P(BLAISE, discipline=PHYSICS, seniority="senior"), P(CLAIRE, seniority="senior")],
        [("mixes junior and senior", ADA, BLAISE, CLAIRE, "junior.", "bring in somebody at that level")],
    ),
    Case(
        "a synergy chair of juniors only needs a senior",
        SYNERGY,
        [P(ADA, discipline=MATHS, seniority="junior"), P(BLAISE, discipline=PHYSICS, seniority="junior"), P(CLAIRE, seniority="junior")],
        [("mixes junior and senior", ADA, BLAISE, CLAIRE, "senior.", "bring in somebody at that level")],
    ),
    Case(
        "a synergy chair without seniorities must state them",
        SYNERGY,
        [P(ADA, discipline=MATHS), P(BLAISE, discipline=PHYSICS), P(CLAIRE)],
        [("mixes junior and senior", ADA, BLAISE, CLAIRE, "junior and senior.", "State each person's seniority")],
    ),
    Case("an empty synergy chair is told once", SYNERGY, [], [("3 to 4 principal investigators", "nobody", "Add 3 people")]),
    Case("a synergy chair may come from one institution and teach nothing", SYNERGY, MIXED, teaching=False),
    Case("a chair of excellence of one is right", EXCELLENCE, [P(ADA)], teaching=False),
    Case("a chair of excellence of two is right", EXCELLENCE, [P(ADA), P(BLAISE)], teaching=False),
    Case("a chair of excellence of three has one too many", EXCELLENCE, THREE,
         [("1 to 2 principal investigators", ADA, BLAISE, CLAIRE, "Remove 1 person")]),
    Case("a chair of excellence of nobody needs somebody", EXCELLENCE, [], [("1 to 2 principal investigators", "nobody", "Add 1 person")]),
    Case("a modular chair of two of one institution is right", MODULAR, [P(ADA), P(BLAISE)]),
    Case("a modular chair of five is right", MODULAR, [*THREE, P(DENIS), P(EMILIE)]),
    Case("a modular chair of one is too small", MODULAR, [P(ADA)], [("at least 2 principal investigators", ADA, "Add 1 person")]),
    Case("a kind without a rule says who writes one", "fellowship", TWO,
         [("“fellowship” has no composition rule on 16 March 2026", "Ask the national coordinator", "choose another kind")]),
    Case("a rule that starts next year does not hold yet", MODULAR, TWO,
         [("“modular chair” has no composition rule on 16 March 2026", "Ask the national coordinator")], rule={"valid_from": NEXT_YEAR}),
    Case("a chair without a kind is told to choose one", None, TWO, [("no kind", "Choose its kind")]),
]  # fmt: skip
