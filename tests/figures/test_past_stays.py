"""The past stays: figures, lists and files as known on a day are the same bytes, whatever is recorded later."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chairs.models import Chair, ClusterShare
from clusters.enums import Role
from clusters.models import Cluster
from figures.enums import Measure
from figures.scopes import nation, of_cluster, of_partner, public
from sponsorships.models import LedgerEntry, Sponsorship
from tests.days import TODAY, YESTERDAY, Day
from tests.factories import make_activity, make_chair, make_cluster, make_contact, make_share, make_staff
from tests.figures.money import entered, shared_chair, silent_sponsorship

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("field_history")]

KNOWN = YESTERDAY


def earlier() -> datetime.datetime:
    """Return a moment before the day as known on which everything is asked."""
    return timezone.now() - datetime.timedelta(days=3)


def days() -> list[datetime.date]:
    return [datetime.date(2024, 12, 31), KNOWN(), TODAY(), Day(60)()]


KINDS = ["asked", "pending", "agreed", "invoiced", "received", "overpaid", "written_off"]
NEXT = {"submitted": "in_review", "in_review": "accepted", "accepted": "active", "active": "terminated"}
number = st.integers(0, 10**6)
LATER = st.lists(
    st.tuples(
        st.sampled_from(["post", "reverse", "move", "publish", "share", "agree", "chair", "grant"]), number, number
    ),
    min_size=1,
    max_size=8,
)


@pytest.fixture
def accounts():
    """Four sponsorships, all written three days ago: of a shared chair, of one that is to be shared, of one alone."""
    chair, _clusters = shared_chair("50.01", "33.33", "16.66")
    alone, to_share = make_chair("active", cluster=chair.cluster), make_chair("approved", cluster=chair.cluster)
    for cluster, percent in ((chair.cluster, 30), (make_cluster(), 70)):
        make_share(to_share, cluster, percent)
    found = [silent_sponsorship(chair=one, activity=make_activity(one)) for one in (chair, chair, to_share, alone)]
    for place, one in enumerate(found):
        for step, kind in enumerate(KINDS):
            day = (days()[step % 4] - datetime.timedelta(days=place)).isoformat()
            entered(
                one, kind, Decimal(100 * place + step) + Decimal("0.01"), day, activity=one.activity_id, at=earlier()
            )
        one.transitions.create(verb="review", source="submitted", target="in_review", at=earlier())
        one.transitions.create(verb="accept", source="in_review", target="accepted", at=earlier())
    make_it_earlier()
    return found


def make_it_earlier():
    for model in (Chair, Cluster, ClusterShare, Sponsorship):
        model.history.update(history_date=earlier())
    ClusterShare.objects.exclude(agreed_at=None).update(agreed_at=earlier())
    ClusterShare.history.exclude(agreed_at=None).update(agreed_at=earlier())


def happen(accounts, what, one, other):
    """Let something happen today, in a way of the product's own: with its log, its history or its entry."""
    sponsorship = Sponsorship.objects.get(pk=accounts[one % len(accounts)].pk)
    day = days()[other % len(days())].isoformat()
    if what == "post":
        entered(sponsorship, KINDS[other % 7], Decimal(one + 1) / 100, day)
    elif what == "reverse":
        last = sponsorship.entries.order_by("-position").first()
        entered(sponsorship, last.kind, -last.amount, day, last.contribution)
    elif what == "move" and (target := NEXT.get(sponsorship.status)):
        sponsorship.transitions.create(verb="move", source=sponsorship.status, target=target)
        sponsorship.activated_at = sponsorship.terminated_at = timezone.now()
        sponsorship.move_to(target)
        sponsorship.save()
    elif what == "publish":
        sponsorship.confidentiality, sponsorship.named_from = ["public", "band", "anonymous"][one % 3], None
        sponsorship.save()
    elif what == "share" and (share := ClusterShare.objects.order_by("pk")[one % 3 :].first()):
        share.percent = Decimal(other % 99 + 1)
        share.save()
    elif what == "agree":
        for share in ClusterShare.objects.filter(agreed_at=None, chair=accounts[2].chair_id):
            share.agreed_by, share.agreed_at = make_staff(share.cluster), timezone.now()
            share.save()
    elif what == "chair":
        chair = Chair.objects.get(pk=sponsorship.chair_id)
        chair.public_grant, chair.public_grant_source, chair.public_grant_on = one + 1, "A source", KNOWN()
        chair.save()
    elif what == "grant":
        cluster = Cluster.objects.get(pk=sponsorship.chair.cluster_id)
        cluster.public_grant = other
        cluster.save()


def files(client, scope, on, known=KNOWN) -> list[bytes]:
    """Return the figures and the entries of a scope by two dates, as the site's files have them."""
    query = {"on": on.isoformat(), "known": known and known().isoformat()}
    return [client.get(scope.url(page, "csv", **query)).getvalue() for page in ("export", "entries_export")]


def without_known(file: bytes) -> list[list[str]]:
    """Return the lines of a file without the column that says as known on which day."""
    lines = list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))
    place = lines[0].index("As known on") if "As known on" in lines[0] else len(lines[0])
    return [line[:place] + line[place + 1 :] for line in lines]


def scopes(accounts):
    yield nation()
    for pk in ClusterShare.objects.order_by("pk").values_list("cluster", flat=True)[:2]:
        yield of_cluster(Cluster.objects.get(pk=pk))
    yield of_partner(accounts[0].partner)


def entries_then(on) -> list[LedgerEntry]:
    every = LedgerEntry.objects.all()
    return [one for one in every if one.effective_on <= on and timezone.localdate(one.recorded_at) <= KNOWN()]


@pytest.fixture
def reader(client, accounts):
    """Somebody who reads everything: a coordinator, who acts for the partner too."""
    coordinator = make_staff(None, Role.COORDINATOR)
    make_contact(accounts[0].partner, coordinator)
    client.force_login(coordinator)
    return client


@pytest.mark.exhaustive
@settings(
    max_examples=max(settings.default.max_examples // 8, 2),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    # A world that goes on from example to example cannot be shrunk.
    phases=[Phase.generate],
)
@given(later=LATER)
def test_what_was_known_stays_the_same_bytes(accounts, reader, later):
    figures = [(scope, on) for scope in [*scopes(accounts), public()] for on in (days()[0], days()[2])]
    before = [files(reader, *one) for one in figures]
    for step in later:
        happen(accounts, *step)
    was_public = public().find_entries(timezone.now() - datetime.timedelta(days=1))
    for (scope, on), then in zip(figures, before, strict=True):
        if scope.is_public and any(what in ("publish", "move") for what, *_more in later):
            # What a partner hid since is hidden on every date.
            assert not (set(was_public) - set(public().entries))
            continue
        assert files(reader, scope, on) == then, (scope.title, on)
        if not scope.is_public:
            now = [without_known(file) for file in files(reader, scope, on, TODAY)]
            assert now == [without_known(file) for file in files(reader, scope, on, None)]


@pytest.mark.exhaustive
def test_before_anything_is_recorded_later_both_dates_say_what_one_says(accounts, reader):
    for scope in [*scopes(accounts), public()]:
        for on in days():
            now, then = files(reader, scope, on, None), files(reader, scope, on)
            assert [without_known(file) for file in then] == [without_known(file) for file in now]
    entered(accounts[0], "agreed", "1000000", "2024-01-01")
    for on in days():
        (line,) = [
            line
            for line in csv.DictReader(io.StringIO(files(reader, nation(), on)[0].decode("utf-8-sig")))
            if line["Table"] == "total"
        ]
        for measure in Measure:
            expected = sum(one.amount for one in entries_then(on) if Measure.of(one.kind, one.contribution) == measure)
            assert Decimal(line[str(measure.label)]) == expected
