"""For random wishes every reason and every miss is borne out by the record, as another reading of it says."""

import datetime
import re
import unicodedata
from decimal import Decimal

import pytest
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chairs.models import Activity, Chair
from sponsorships.matching import ranking
from sponsorships.matching.criteria import Wish
from tests import factories
from tests.sponsorships.matching.asking import every_match, matches

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]
DAY = datetime.date
WORDS = [
    "robot",
    "Vision",
    "battery",
    "ocean",
    "xylophone",
    "Énergie",
    "marégraphe",
    "the",
    "nous",
    "about",
    "mid-size",
]
# What a page must have to be found under a word: its letters without accents, less an ending.
STEMS = {"battery": "batter", "énergie": "energ"}
ASKING = "We are an industrial company looking to fund research projects about "
REGIONS = ["Île-de-France", "Occitanie", "Bretagne"]
wishes = st.builds(
    Wish,
    themes=st.frozensets(st.sampled_from(["one/health", "one/ocean", "two/health", "two/nothing"])),
    words=st.builds(
        str.__add__, st.sampled_from(["", ASKING]), st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
    ),
    regions=st.frozensets(st.sampled_from(REGIONS)),
    budget=st.none() | st.decimals("0.01", "200000", places=2),
    starts_on=st.none() | st.dates(DAY(2026, 1, 1), DAY(2032, 1, 1)),
    regime=st.sampled_from(["", "patronage", "partnership"]),
)


@pytest.fixture
def directory():
    """Six chairs that differ in all that a wish may name, three of them with activities; and four that take nobody."""
    one = factories.make_cluster(slug="one", region="Île-de-France")
    two = factories.make_cluster(slug="two", region="Occitanie")
    health, ocean = (factories.make_theme(one, slug=slug, name_en=slug) for slug in ("health", "ocean"))
    other_health = factories.make_theme(two, slug="health", name_en="health")
    texts = ["Robot vision", "Ocean", "A battery", "Vision", "Robots and batteries", "Nothing of that"]
    french = ["Vision", "L'énergie de l'océan", "Une pile", "Un marégraphe qui voit", "Des robots", "Rien de cela"]
    for number, text in enumerate(texts):
        chair = factories.make_chair(
            "active",
            cluster=two if number % 2 else one,
            title_en=text,
            title_fr=french[number],
            starts_on=DAY(2026 + number % 3, 1, 1) if number != 2 else None,
            ends_on=DAY(2029 + number % 2, 12, 31) if number != 4 else None,
        )
        chair.themes.set([other_health] if number % 2 else [health, ocean][: number % 3])
        if number < 3:
            regime = ["either", "patronage", "partnership"][number]
            activity = factories.make_activity(chair, target=Decimal("100000.00"), regime=regime, title_en=text)
            told = "anonymous" if number == 2 else "public"
            factories.make_sponsorship(
                "accepted",
                chair=chair,
                activity=activity,
                cash_amount=Decimal(20000 * number),
                confidentiality=told,
            )
    for status, more in (("closed", {}), ("suspended", {}), ("active", {"non_conforming_since": DAY(2026, 1, 1)})):
        factories.make_activity(factories.make_chair(status, cluster=one, title_en="Robot vision", **more))
    factories.make_chair(
        "active", cluster=one, title_en="Robot", kind=factories.make_kind({"is_open_to_partners": False})
    )


def bears_out(sentence, wish, offer):
    """Return whether the record says what the sentence says.

    Read from the record by other ways than the code under test.
    """
    chair, activity = Chair.objects.get(pk=offer.chair), Activity.objects.filter(pk=offer.activity).first()
    themes = list(chair.themes.select_related("cluster"))
    texts = [chair.title_en, chair.title_fr, *(theme.name_en for theme in themes)]
    texts += [text for one in chair.activities.all() for text in (one.title_en, one.title_fr)]
    page = re.findall(r"\w+", without_accents(" ".join(texts)))
    left, target = 0, 0
    if activity is not None:
        published = activity.sponsorships.filter(status="accepted", confidentiality="public")
        target = Activity.objects.get(pk=activity.pk).target
        left = target - sum(one.cash_amount for one in published)
    named = sentence.rstrip(".").split(": ")[-1].split(", ")
    keys = {f"{theme.cluster.slug}/{theme.slug}" for theme in themes}
    match sentence.split(":")[0].split(",")[0]:
        case "It works on your theme" | "It works on your themes":
            named = sentence.split(": ")[1].rstrip(".").split(", ")
            return sorted(key.split("/")[1] for key in keys & wish.themes) == sorted(named)
        case "None of its themes is one of yours.":
            return not keys & wish.themes
        case "Matches your words":
            return all(stands_in(page, word) and word in wish.words for word in named)
        case "Does not match":
            return not any(stands_in(page, word) for word in named) and all(word in wish.words for word in named)
        case "It can be funded in the way that you chose.":
            return activity.regime in ("either", wish.regime)
        case "It can only be funded in another way":
            return activity.regime not in ("either", wish.regime)
    if sentence.startswith("Its cluster is in"):
        return chair.cluster.region in sentence and ("not one of yours" in sentence) != (
            chair.cluster.region in wish.regions
        )
    if sentence.startswith("What partners publish leaves"):
        fits = "is within it" in sentence
        return left < target and f"€{left:,.0f}" in sentence and fits == (wish.budget <= left)
    if sentence.startswith("Its target is"):
        return left == target and wish.budget <= target and f"€{target:,.0f}" in sentence
    if sentence.startswith("Its whole target is"):
        return left == target and wish.budget > target and f"€{target:,.0f}" in sentence
    if "after your date" in sentence:
        return wish.starts_on < chair.starts_on
    if "before your date" in sentence:
        return wish.starts_on > chair.ends_on
    assert re.match("The chair (runs on your date|begins on .*, by your date)", sentence), (
        f"a sentence that no reading knows: {sentence}"
    )
    assert ("its end is not stated" in sentence) == (chair.ends_on is None)
    return chair.starts_on is not None and chair.starts_on <= wish.starts_on <= (chair.ends_on or wish.starts_on)


def without_accents(text):
    return "".join(letter for letter in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(letter))


def stands_in(page, word):
    stem = STEMS.get(word.lower(), without_accents(word))
    return any(there.startswith(stem) for there in page)


@pytest.mark.exhaustive(counted=True)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wish=wishes)
def test_every_reason_and_miss_is_true_and_the_best_come_first(directory, wish):
    # The log keeps the queries of all examples, up to a number.
    reset_queries()
    with CaptureQueriesContext(connection) as queries:
        found = matches(wish)
    # A cursor is how PostgreSQL reads many rows part by part.
    asked = ("SELECT", "DECLARE")
    assert all(query["sql"].lstrip().upper().startswith(asked) for query in queries), "nothing is stored"
    for match in found:
        chair = Chair.objects.get(pk=match.offer.chair)
        assert chair.status in ("approved", "active") and chair.non_conforming_since is None
        assert chair.rule.is_open_to_partners
        assert match.reasons
        assert not {"s_the", "s_nous"} & set(re.findall(r"\w+", " ".join([*match.reasons, *match.misses])))
        untrue = [said for said in [*match.reasons, *match.misses] if not bears_out(said, wish, match.offer)]
        assert not untrue
    written = set(re.findall(r"\w+", wish.words))
    assert {*wish.words_looked_for, *wish.words_left_out} == written and "the" not in wish.words_looked_for
    scores = [match.score for match in found]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.exhaustive(counted=True)
@settings(max_examples=settings.default.max_examples * 3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wish=wishes, part=st.sampled_from([1, 2, 300]), most=st.sampled_from([1, 3, 200]))
def test_what_is_shown_is_what_judging_every_offer_shows(directory, wish, part, most):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranking, "PART", part)
        patch.setattr(ranking, "MAX_OFFERS", most)
        shown = [(match.offer.key, match.score) for match in matches(wish)]
    assert shown == [(one.offer.key, one.score) for one in every_match(wish)][: most + 1]


def test_the_same_wish_on_the_same_records_has_the_same_order(directory):
    wish = Wish(words="robot vision", budget=Decimal("50000.00"), regions=frozenset(REGIONS[:1]))
    orders = [[match.offer.key for match in matches(wish)] for _time in range(3)]
    assert orders[0] == orders[1] == orders[2]
    assert len(orders[0]) > 2
