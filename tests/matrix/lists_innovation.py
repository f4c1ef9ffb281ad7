"""The lists of start-ups, and the pages that show them, people beside the investigators, organisations and counts."""

from chairs.models import StartUp
from tests import factories
from tests.innovation_factory import make_counted, make_organisation, make_start_up
from tests.matrix.growing import chair, years
from tests.matrix.lists import List
from tests.personas import MANAGER


def start_up(world):
    """One more start-up of a new chair, person and incubator; and one of the cast's chair, person and institution."""
    made = chair(world)
    incubator = factories.make_institution(kind="incubator")
    people = [factories.make_appointment(made).person]
    make_start_up(made.cluster, [made], people, incubator=incubator, founded_year=next(years))
    ours = {"incubator": world.institution, "founded_year": 2020, "slug": f"ours-{next(years)}"}
    make_start_up(world.cluster, [world.chair], [world.person], **ours)
    make_counted(world.chair, year=next(years))
    make_organisation(world.chair, institution=factories.make_institution())
    make_organisation(made, institution=world.institution)
    factories.make_appointment(world.chair, role="engineer")


def behind_one(world):
    """One more chair, and one more person, behind the start-up of the cast."""
    made = chair(world)
    found = StartUp.objects.get(slug="start-up-here")
    found.chairs.add(made), found.people.add(factories.make_appointment(made).person)


INNOVATION = [
    List("chairs:start_up_list", start_up),
    List("chairs:start_up_detail", behind_one, args=lambda w: ["start-up-here"]),
    List("chairs:detail", start_up, args=lambda w: ["here", w.chair.slug], about="innovation"),
    List("clusters:detail", start_up, args=lambda w: ["here"], about="innovation"),
    List("chairs:person_detail", start_up, args=lambda w: [w.person.slug], about="start-ups"),
    List("chairs:institution_detail", start_up, args=lambda w: [w.institution.slug], about="start-ups"),
    List("admin:chairs_startup_changelist", start_up, MANAGER),
    List("admin:chairs_startup_change", start_up, MANAGER, lambda w: [w.start_up.pk]),
    List("admin:chairs_chair_change", start_up, MANAGER, lambda w: [w.chair.pk], about="innovation"),
]
