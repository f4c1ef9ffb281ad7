import pytest

from clusters.models import Institution, Person
from imports.enums import ImportStatus as S
from imports.export import portfolio_of
from imports.kinds import KINDS
from tests.factories import make_chair, make_institution, make_kind, make_person
from tests.imports.workbooks import outcomes, said, upload
from tests.personas import EDITOR, SECOND_MANAGER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_cast")]

PEOPLE = [["Name", "ORCID iD"], ["Grace Hopper", "0000-0002-1825-0097"], ["Alan Turing", None]]


@pytest.mark.usefixtures("field_history")
def test_people_and_institutions_are_shown_then_entered(cast, bring, enter):
    schools = [["Nom", "Type"], ["École des essais", "Université"]]
    batch = bring(cast.cluster, cast[EDITOR], people=PEOPLE, institutions=schools)
    assert (said(batch), batch.problems, batch.status) == ([], [], S.READY)
    assert not Person.objects.filter(name="Grace Hopper").exists()
    assert enter(batch, cast[EDITOR]).status == S.ENTERED
    entered = Person.objects.get(orcid="0000-0002-1825-0097")
    assert entered.registered_in == cast.cluster and entered.history.get().history_user == cast[EDITOR]
    assert Institution.objects.get(name="École des essais").kind == "university"


def test_the_same_file_again_changes_nothing(cast, bring, enter):
    enter(bring(cast.cluster, cast[EDITOR], people=PEOPLE), cast[EDITOR])
    again = bring(cast.cluster, cast[EDITOR], people=PEOPLE)
    assert (outcomes(again), again.status) == (["unchanged", "unchanged"], S.READY)


def test_what_is_wrong_is_said_by_line_and_column(cast, bring):
    make_person(name="Marie Curie", registered_in=cast.cluster)
    wrong = [
        ["Name", "ORCID iD", "Language of the e-mails"],
        ["Ada Lovelace", "0000-0002-1825-0098", "français"],
        ["Maria Curie", None, None],
        [None, "0000-0001-5109-3700", "klingon"],
        ["Jean Perrin", None, None],
        ["Jean Perrin", None, None],
    ]
    batch = bring(cast.cluster, cast[EDITOR], people=wrong)
    found = said(batch)
    assert batch.status == S.TO_CORRECT
    assert [(number, column) for _sheet, number, column, _said in found] == [
        *((2, "ORCID iD"), (3, "Name"), (4, "Language of the e-mails"), (4, "Name"), (6, ""))
    ]
    assert "Marie Curie" in found[1][3]
    assert not Person.objects.filter(name="Ada Lovelace").exists()


def chairs(kind, **more):
    """A chair of two people, one of whom the file names first."""
    return {
        "people": PEOPLE,
        "chairs": [
            ["Title (English)", "Kind", "Status", *more],
            ["Proofs of Programs", kind.slug, "Active", *more.values()],
        ],
        "chair_people": [
            ["Chair", "Person", "Role", "Affiliation that counts", "Agreed to be named on"],
            ["Proofs of Programs", "Grace Hopper", "Principal investigator", "School of Trials", "01/09/2025"],
            ["Proofs of Programs", "Alan Turing", "Titulaire de la chaire", "School of Trials", None],
        ],
    }


@pytest.mark.exhaustive(counted=True)
def test_a_chair_goes_in_with_its_people_and_comes_out_again(cast, bring, enter):
    kind = make_kind({"min_pis": 2})
    make_institution(name="School of Trials")
    batch = bring(cast.cluster, cast[EDITOR], **chairs(kind))
    assert (said(batch), batch.problems, batch.status, batch.needs_second) == ([], [], S.READY, True)
    # Approval is not given alone.
    assert enter(batch, cast[SECOND_MANAGER]).status == S.ENTERED
    chair = cast.cluster.chairs.get(title_en="Proofs of Programs")
    assert chair.status == "active" and chair.appointments.count() == 2
    assert [(line.verb, line.by) for line in chair.transitions.all()] == [
        *(("submit", cast[EDITOR]), ("approve", cast[SECOND_MANAGER]), ("activate", cast[SECOND_MANAGER]))
    ]
    out = portfolio_of(cast.cluster, cast[EDITOR], KINDS)
    back = bring(cast.cluster, cast[EDITOR], upload(out))
    assert (said(back), back.problems) == ([], [])
    assert set(outcomes(back)) == {"unchanged"}


def test_a_rule_that_a_chair_breaks_is_said_as_on_its_page(cast, bring):
    kind = make_kind({"min_pis": 3})
    make_institution(name="School of Trials")
    batch = bring(cast.cluster, cast[EDITOR], **chairs(kind))
    [(sheet, number, column, sentence), _or_tick] = said(batch)
    assert (sheet, number, column) == ("chairs", 2, "") and "at least 3 principal investigators" in sentence
    assert outcomes(batch) == ["created", "created", "refused", "waiting", "waiting"]


def test_what_two_people_change_is_entered_by_a_second_one(cast, bring, enter):
    chair = make_chair("active", cluster=cast.cluster)
    post = chair.appointments.get()
    type(post.person).objects.filter(pk=post.person_id).update(registered_in=cast.cluster)
    people = [
        ["Chair", "Person", "Role", "Until"],
        [chair.slug, post.person.slug, "Principal investigator", "31/12/2026"],
    ]
    batch = bring(cast.cluster, cast[EDITOR], chair_people=people)
    assert (said(batch), batch.needs_second) == ([], True)
    enter(batch, cast[SECOND_MANAGER])
    assert str(chair.appointments.get().ends_on) == "2026-12-31"
    dates = [["Title (English)", "Kind", "Ends on"], [chair.title_en, chair.kind.slug, "31/12/2030"]]
    assert bring(cast.cluster, cast[EDITOR], chairs=dates).needs_second
    words = [["Title (English)", "Kind", "Acronym"], [chair.title_en, chair.kind.slug, "TWO"]]
    assert not bring(cast.cluster, cast[EDITOR], chairs=words).needs_second
    member = [["Chair", "Person", "Role"], [chair.slug, post.person.slug, "Member"]]
    assert not bring(cast.cluster, cast[EDITOR], chair_people=member).needs_second
