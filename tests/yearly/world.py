"""A year of a cluster: something of everything that an indicator counts."""

import datetime
from decimal import Decimal
from importlib import import_module

from django.apps import apps
from django.utils import timezone

from chairs.models import CountedOutput, Output, StartUp
from collaborations.models import Collaboration
from sponsorships.accounting.posting import Line, post
from sponsorships.enums import Contribution, EntryKind
from tests import factories
from yearly.models import Indicator

YEAR = timezone.localdate().year - 1
DAY = datetime.date(YEAR, 6, 1)


def first_indicators():
    """Bring back what a migration made, where a test that emptied the database went before."""
    if not Indicator.objects.exists():
        import_module("yearly.migrations.0002_first_indicators").add(apps, None)


def fill(cluster, origin="registered", by=None):
    """Give a cluster a chair with people, teaching, outputs, a start-up, training, a collaboration and money."""
    chair = factories.make_chair("active", cluster=cluster, origin=origin)
    people_of(chair)
    factories.make_teaching(chair, year=YEAR, hours_etd=Decimal("64.00"))
    factories.make_teaching(chair, year=YEAR - 1, hours_etd=Decimal("32.00"))
    outputs_of(chair, origin)
    start_up = StartUp.objects.create(
        cluster=cluster, name=f"Start-up of {chair}", slug=f"s-{chair.slug}", founded_year=YEAR, origin=origin
    )
    start_up.chairs.add(chair)
    training_of(cluster, origin)
    collaboration = Collaboration.objects.create(
        title=f"Exchange of {chair}",
        slug=f"c-{chair.slug}",
        kind="exchange",
        kept_by=cluster,
        starts="2024-09",
        origin=origin,
    )
    collaboration.clusters.add(cluster)
    money_of(chair, origin, by or factories.make_staff(cluster))
    return chair


def people_of(chair):
    student = factories.make_person()
    factories.make_appointment(chair, role="doctoral_student", person=student, starts_on=DAY)
    # The same person twice, and somebody who came later.
    factories.make_appointment(chair, role="doctoral_student", person=student, ends_on=DAY - datetime.timedelta(days=1))
    factories.make_appointment(chair, role="engineer", consent_given_on=None)
    factories.make_appointment(chair, role="postdoc", starts_on=datetime.date(YEAR + 1, 1, 1))


def outputs_of(chair, origin):
    other = factories.make_chair("active", cluster=chair.cluster, origin=origin)
    said = {"year": YEAR, "origin": origin, "confirmed_at": timezone.now()}
    for one in (chair, other):
        Output.objects.create(chair=one, doi=f"10.1/{chair.slug}", title="One work of two chairs", **said)
    Output.objects.create(chair=chair, title="Without identifier", **said)
    Output.objects.create(chair=chair, title="Not confirmed", year=YEAR, origin=origin)
    Output.objects.create(chair=chair, title="Some software", kind="software", **said)
    CountedOutput.objects.create(chair=chair, kind="patent", year=YEAR, number=3)


def training_of(cluster, origin):
    programme = factories.make_training(cluster, origin=origin)
    other = factories.make_training(cluster, origin=origin)
    both = [
        factories.make_intake(programme, year=YEAR, enrolled=100, women=40),
        factories.make_intake(other, year=YEAR, enrolled=50),
    ]
    factories.make_overlap(*both, people=10, women=4)


def money_of(chair, origin, by):
    """Something that is agreed today, and something that was in the year."""
    sponsorship = factories.make_running(by=by, chair=chair, origin=origin)
    line = Line(EntryKind.AGREED, Decimal("50000.00"), Contribution.CASH, None, None, on=DAY)
    post(sponsorship, [line], on=DAY)
