import datetime
import re
from decimal import Decimal

import pytest
from django.contrib.sessions.models import Session

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.usefixtures("search_index")]


@pytest.fixture
def activity():
    chair = factories.make_chair("active", title_en="Robots at sea", title_fr="Des robots en mer")
    return factories.make_activity(chair, title_en="A harbour robot", title_fr="Un robot de port")


def ask(client, query, language="en"):
    answer = client.get(f"/{language}/support/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_visitor_without_an_account_finds_an_activity_and_why(client, activity):
    page = ask(client, "?q=robots&budget=50,000")
    assert "A harbour robot" in page
    assert "Matches your words: robots." in page
    assert "Its target is €100,000: your €50,000 is within it." in page
    assert f"?activity={activity.pk}" in page
    assert 'this activity<span class="visually-hidden">, A harbour robot</span></a>' in page


def test_an_activity_says_how_much_and_until_when_without_any_budget(client, activity):
    activity.deadline = datetime.date(2040, 1, 31)
    activity.save()
    assert "<span>Target €100,000</span> <span>Proposals until 31 January 2040.</span>" in ask(client, "?q=robots")
    assert "Propositions jusqu’au 31 janvier 2040." in ask(client, "?q=robots", "fr")


def test_it_answers_in_french(client, activity):
    page = ask(client, "?q=robots&budget=50 000", "fr")
    assert "Un robot de port" in page
    assert "Son objectif est de" in page


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_word_is_shown_as_it_was_written(client, language):
    factories.make_chair("active", title_en="Energy", title_fr="L'énergie en mer")
    page = ask(client, "?q=Énergie,xylophone", language)
    assert "Énergie." in page and "energie." not in page.casefold().replace("É", "é")


def test_function_words_are_no_criterion_and_are_named(client, activity):
    page = ask(client, "?q=the")
    assert "Not searched for: the." in page
    assert "suggestion" not in page and "s_the" not in page
    beside_a_subject = ask(client, "?q=the+robots+of+the+port", "en")
    assert "Matches your words: robots, port." in beside_a_subject or "Matches your words: robots." in beside_a_subject
    assert "Not searched for" not in beside_a_subject


def test_the_button_leads_to_the_answer(client, activity):
    """On a phone the form fills more than the screen: the answer would be out of sight."""
    page = ask(client, "?q=robots")
    assert '<form method="get" action="#answer"' in page
    answer = page.split('<div id="answer">')[1]
    assert "Matches your words: robots." in answer


def test_a_long_wish_finds_what_its_subject_finds(client, activity):
    factories.make_chair("active", title_en="Nothing of that", title_fr="Rien de cela")
    page = ask(client, "?q=We are a mid-size industrial company looking to fund research projects about robots")
    assert "1 suggestion" in page or "2 suggestions" in page
    assert "Matches your words: robots." in page
    assert "Not searched for: company, looking, fund, research, projects, about." in page
    assert "Nothing of that" not in page


def test_words_beyond_the_limit_are_named(client, activity):
    page = ask(client, "?q=" + " ".join(f"word{letter}" for letter in "abcdefghijklmnopqrst") + " robots")
    assert "Not searched for: robots." in page


def test_a_word_of_an_alias_is_said_to_find_and_not_to_stand_on_the_page(client, activity):
    university = factories.make_institution(name="Sorbonne Université")
    university.aliases.create(name="UPMC")
    factories.make_appointment(activity.chair, affiliation=university)
    page = ask(client, "?q=upmc")
    assert "Matches your words: upmc." in page


def test_a_chair_whose_start_is_not_stated_is_not_said_to_run(client):
    factories.make_chair("active", title_en="Tides", starts_on=None, ends_on=datetime.date(2030, 1, 1))
    assert "0 suggestions" in ask(client, "?start=2010-01-01")
    assert "before your date" in ask(client, "?q=tides&start=2031-01-01")


@pytest.mark.exhaustive(counted=True)
def test_a_budget_is_compared_with_what_is_public_and_with_nothing_else(client, activity):
    def pages():
        return [ask(client, f"?q=robots&budget={budget}") for budget in ("10000", "10001", "99999", "5000000")]

    before = pages()
    here = {"chair": activity.chair, "activity": activity}
    factories.make_sponsorship("accepted", **here, confidentiality="anonymous", cash_amount=Decimal("60000.00"))
    assert pages() == before
    assert "Its whole target is €100,000, less than your €5,000,000." in before[-1]
    factories.make_sponsorship("accepted", **here, confidentiality="public", cash_amount=Decimal("30000.00"))
    assert "What partners publish leaves €70,000 of its target: your €10,000 is within it." in pages()[0]
    assert "What partners publish leaves €70,000 of its target, less than your €99,999." in pages()[2]


def test_what_has_less_left_than_the_budget_comes_after_what_has_more(client):
    chairs = [factories.make_chair("active", title_en="Robots") for _each in range(2)]
    first, second = (factories.make_activity(chair, title_en=f"Robots of {chair.slug}") for chair in chairs)
    assert first.title_en in first_of(ask(client, "?q=robots&budget=80000"))
    given = {"confidentiality": "public", "cash_amount": Decimal("30000.00")}
    factories.make_sponsorship("accepted", chair=chairs[0], activity=first, **given)
    assert second.title_en in first_of(ask(client, "?q=robots&budget=80000"))
    assert first.title_en in first_of(ask(client, "?q=robots&budget=70000"))


def test_nothing_is_kept_of_a_visit(client, activity):
    assert "suggestion" in ask(client, "?q=robots&budget=50,000&start=2027-01-01")
    assert not Session.objects.exists()
    assert not client.cookies


def test_an_empty_wish_asks_and_answers_nothing(client, activity):
    assert "suggestion" in ask(client, "?q=robots")
    for query in ("", "?q=&budget="):
        page = ask(client, query)
        assert 'name="budget"' in page and "suggestion" not in page


@pytest.mark.parametrize(
    "query", ["?q=%00'&budget=abc&start=31/02/2027&theme=x&region=y&regime=z&page=-1", "?q=" + "a" * 5000]
)
def test_nonsense_is_answered_with_a_sentence(client, activity, query):
    assert 'class="errorlist"' in ask(client, query)


@pytest.mark.parametrize(
    "change",
    [
        {"non_conforming_since": datetime.date(2026, 1, 1)},
        {"ends_on": datetime.date(2020, 1, 1)},
        {"status": "suspended", "suspended_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)},
        {"status": "closed", "closed_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)},
    ],
)
def test_a_chair_that_takes_nobody_never_appears(client, activity, change):
    type(activity.chair).objects.filter(pk=activity.chair_id).update(**change)
    assert "0 suggestions" in ask(client, "?q=robots")


def test_an_activity_that_is_fully_funded_does_not_appear(client, activity):
    factories.make_sponsorship("accepted", chair=activity.chair, activity=activity, cash_amount=Decimal("100000.00"))
    page = ask(client, "?q=robots")
    assert "A harbour robot" not in page
    assert "A project of your own in this chair" in page


def first_of(page):
    return re.search(r'<ol class="entries".*?<h3>(.*?)</h3>', page, re.DOTALL)[1]


def test_the_example_of_the_form_comes_out_on_top(client, activity):
    """Older chairs have all the words too, in their texts."""
    factories.make_chair("active", title_en="Nothing of that kind at all", summary_en="Robots at sea. " * 9)
    example = re.search("for example “([^”]+)”", ask(client, ""))[1]
    assert example == "Robots at sea"
    assert "Robots at sea" in first_of(ask(client, f"?q={example}"))


@pytest.mark.exhaustive(counted=True)
def test_what_names_the_words_comes_first_and_an_activity_before_its_chair(client):
    for number in range(3):
        factories.make_chair("active", title_en=f"Other {number}", summary_en="About glaciers.")
    chair = factories.make_chair("active", title_en="Snow", summary_en="About glaciers.")
    factories.make_activity(chair, title_en="A winter")
    factories.make_activity(chair, title_en="Glaciers, heard")
    assert "Glaciers, heard" in first_of(ask(client, "?q=glaciers"))
    titled = factories.make_chair("active", title_en="Glaciers")
    factories.make_activity(titled, title_en="Something")
    page = ask(client, "?q=glaciers")
    assert page.index("Glaciers, heard") < page.index("A project of your own in this chair") < page.index("A winter")


def test_a_theme_alone_ranks_first_what_is_on_nothing_else(client):
    cluster = factories.make_cluster(slug="here", name="Here")
    sea, land = (factories.make_theme(cluster, slug=slug, name_en=slug) for slug in ("sea", "land"))
    factories.make_chair("active", title_en="Both", cluster=cluster).themes.set([sea, land])
    factories.make_chair("active", title_en="One", cluster=cluster).themes.set([sea])
    page = ask(client, "?theme=here/sea")
    assert "One" in first_of(page) and "Both" in page


def test_every_cluster_offers_a_subject_its_whole_where_it_names_none(client, activity):
    factories.make_theme(factories.make_cluster(slug="there", name="There"), name_en="Tides", slug="tides")
    page = ask(client, "")
    assert 'value="there/tides"' in page
    assert f'value="{activity.chair.cluster.slug}/"' in page
    page = ask(client, f"?theme={activity.chair.cluster.slug}/")
    assert "It works on your theme: any subject of its cluster." in page and "A harbour robot" in page
    assert "Nothing that is open to sponsors today matches this." in ask(client, "?theme=there/tides")
