"""A frozen report gives the same bytes, whatever is recorded, changed or deleted later, in whatever order."""

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chairs.models import Appointment, Output
from clusters.models import Intake
from sponsorships.accounting.posting import Line, post
from sponsorships.enums import EntryKind
from sponsorships.models import Sponsorship
from tests import factories
from tests.personas import MANAGER, cast  # noqa: F401
from tests.verbs import perform
from tests.yearly.factories import make_year_report
from tests.yearly.world import DAY, YEAR, fill
from yearly.models import Indicator, IndicatorComment

pytestmark = pytest.mark.django_db
FILES = [(language, form) for language in ("en", "fr") for form in ("pdf", "xlsx", "json")]


def amend(cluster):
    """Money that is recorded now, with effect in the closed year."""
    sponsorship = Sponsorship.objects.filter(chair__cluster=cluster).first()
    post(sponsorship, [Line(EntryKind.AGREED, -7, on=DAY)], on=DAY)


LATER = [
    amend,
    fill,
    lambda cluster: Output.objects.filter(chair__cluster=cluster).delete(),
    lambda cluster: Intake.objects.filter(cluster=cluster).update(enrolled=1000),
    lambda cluster: Appointment.objects.update(consent_given_on=None),
    lambda cluster: cluster.chairs.update(title_en="Another title", title_fr="Un autre titre"),
    lambda cluster: type(cluster).objects.update(public_grant=1),
    lambda cluster: Indicator.objects.filter(slug="chairs").update(name_en="Otherwise", definition_fr="Autrement"),
    lambda cluster: Indicator.objects.exclude(slug="chairs").update(is_active=False),
    lambda cluster: IndicatorComment.objects.all().delete(),
    lambda cluster: factories.make_teaching(cluster.chairs.first(), year=YEAR, hours_etd=9),
]


@pytest.fixture
def frozen(client, cast):  # noqa: F811
    """A report that was accepted, and somebody who reads its files."""
    fill(cast.cluster, by=cast[MANAGER])
    report = make_year_report(cast.cluster, year=YEAR)
    IndicatorComment.objects.create(report=report, indicator=Indicator.objects.first(), text_en="As it was.")
    report = perform(report, "freeze", by=cast[MANAGER])
    client.force_login(cast[MANAGER])
    addresses = [reverse("admin:yearly_yearreport_file", args=[report.pk, *key]) for key in FILES]
    return lambda: [client.get(address).content for address in addresses]


@pytest.mark.exhaustive
@settings(
    max_examples=max(settings.default.max_examples // 8, 2),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    # A world that goes on from example to example cannot be shrunk.
    phases=[Phase.generate],
)
@given(later=st.lists(st.sampled_from(LATER), min_size=1, max_size=5))
def test_no_order_of_later_acts_changes_a_byte(cast, frozen, later):  # noqa: F811
    before = frozen()
    assert all(before) and b"As it was." in before[2]
    for act in later:
        act(cast.cluster)
    assert frozen() == before
