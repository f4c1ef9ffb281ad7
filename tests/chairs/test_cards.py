"""What a list shows of a chair is written when the chair is saved, and is what its records say."""

import datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chairs.cards.reading import entries_of, opportunities_of
from chairs.cards.writing import rewrite_expired
from chairs.enums import ChairStatus
from chairs.models import ActivityCard, Chair, ChairCard
from chairs.search import index
from clusters.enums import Origin
from tests.chairs.listing import make_directory, publish
from tests.days import TODAY
from tests.factories import (
    make_activity,
    make_appointment,
    make_chair,
    make_institution,
    make_person,
    make_phase,
    make_theme,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True), pytest.mark.usefixtures("search_index")]
ONE_DAY = datetime.timedelta(days=1)


def shown(chair, language="en", today=None):
    return "".join(entry.html for entry in entries_of([chair.pk], language, today))


def test_an_acronym_that_is_the_title_is_not_said_twice(client):
    chair = publish("OceaniX", title_fr="Océans", acronym="OcéaniX")
    page = client.get(chair.get_absolute_url()).text
    assert "OceaniX" in shown(chair) and "OcéaniX" not in shown(chair) and "OcéaniX" not in shown(chair, "fr")
    assert "<h1>OceaniX</h1>" in page


def test_an_entry_has_what_a_reader_chooses_by(client):
    chair = publish("Robots <b>", title_fr="Automates", acronym="R2", start_year=2024, end_year=2028)
    chair.themes.add(make_theme(chair.cluster, name_en="Law & order", name_fr="Droit"))
    make_appointment(chair, person=make_person(name="Zoé Lefèvre"), affiliation=make_institution(name="INRIA"))
    make_appointment(chair, person=make_person(name="Quiet Person"), consent_given_on=None)
    html = shown(chair)
    for text in [
        f'<a href="/en/chairs/{chair.cluster.slug}/{chair.slug}/">Robots &lt;b&gt;</a> <span class="note">R2</span>',
        '<li>Zoé Lefèvre <span class="note">(INRIA)</span></li>',
        "<li>one person to be announced</li>",
        "2024–2028",
        "Running",
        "Open to sponsors",
        "<li>Law &amp; order</li>",
    ]:
        assert text in html
    assert "Quiet Person" not in html
    french = shown(chair, "fr")
    assert "/fr/chairs/" in french and "Automates" in french and "Droit" in french and "2024–2028" in french


def test_cluster_and_phase_are_left_out_where_all_have_the_same():
    chair = publish("Robots")
    (entry,) = entries_of([chair.pk], "en")
    cluster, phase = f"<span>{chair.cluster}</span>", f"<span>{chair.phase.name_en}</span>"
    assert cluster in entry.html and phase in entry.html
    assert cluster in entry.html_without_phase and phase not in entry.html_without_phase
    assert cluster not in entry.html_without_cluster and phase in entry.html_without_cluster


def test_entries_come_in_the_order_asked_for_and_only_of_published_chairs():
    one, other, draft = publish("A"), publish("B"), make_chair(ChairStatus.DRAFT)
    assert [entry.pk for entry in entries_of([other.pk, draft.pk, one.pk])] == [other.pk, one.pk]


def test_a_chair_has_a_card_for_as_long_as_it_is_published():
    draft = make_chair(ChairStatus.DRAFT)
    assert not ChairCard.objects.filter(pk=draft.pk).exists()
    chair = publish("Robots")
    assert ChairCard.objects.filter(pk=chair.pk).exists()
    chair.delete()
    assert not ChairCard.objects.filter(pk=chair.pk).exists()


@pytest.mark.parametrize("changed", ["title", "theme", "phase", "person", "institution", "cluster", "kind", "rule"])
def test_a_card_follows_each_record_that_it_shows(changed):
    chair = publish("Robots", title_fr="")
    theme = make_theme(chair.cluster)
    chair.themes.add(theme)
    post = make_appointment(chair, affiliation=make_institution())
    records = {"title": chair, "theme": theme, "person": post.person, "institution": post.affiliation}
    records |= {"phase": chair.phase, "cluster": chair.cluster, "kind": chair.kind}
    if changed == "rule":
        assert "Open to sponsors" in shown(chair)
        chair.rule.is_open_to_partners = False
        chair.rule.save()
        assert "Open to sponsors" not in shown(chair)
        return
    for name in ("name", "name_en", "title_en", "acronym"):
        if hasattr(records[changed], name):
            setattr(records[changed], name, "Zebra")
    records[changed].save()
    assert "Zebra" in shown(chair)


def test_a_card_that_is_out_of_date_is_made_anew_for_the_reader_and_at_night():
    chair = publish("Robots")
    post = make_appointment(chair, person=make_person(name="Zoé Lefèvre"), ends_on=TODAY())
    # Yesterday's card: the day has passed, and nobody has saved anything.
    type(post).objects.filter(pk=post.pk).update(ends_on=TODAY() - ONE_DAY)
    ChairCard.objects.update(right_until=TODAY() - ONE_DAY)
    assert "Zoé Lefèvre" not in shown(chair)
    assert "Zoé Lefèvre" in ChairCard.objects.get(pk=chair.pk).html_en
    assert rewrite_expired() == 1
    assert "Zoé Lefèvre" not in ChairCard.objects.get(pk=chair.pk).html_en
    assert rewrite_expired() == 0


def test_a_rebuild_writes_what_saving_wrote():
    make_directory(24)
    before = list(ChairCard.objects.order_by("pk").values())
    ChairCard.objects.filter(pk__in=[row["chair_id"] for row in before[::3]]).delete()
    Chair.objects.filter(pk=before[1]["chair_id"]).update(title_en="Zebra")
    index.rebuild()
    after = list(ChairCard.objects.order_by("pk").values())
    assert [row["chair_id"] for row in after] == [row["chair_id"] for row in before]
    assert after[1]["title_key_en"] == "zebra" and after[2:] == before[2:]


def test_a_card_that_would_say_the_same_is_not_written():
    chair = publish("Robots")
    with CaptureQueriesContext(connection) as captured:
        Chair.objects.get(pk=chair.pk).save()
    assert [query["sql"] for query in captured.captured_queries if '"chairs_card"' in query["sql"]] != []
    assert not any(query["sql"].startswith('INSERT INTO "chairs_card"') for query in captured.captured_queries)


def test_facet_keys_are_those_of_the_records():
    phase = make_phase()
    chair = make_chair(ChairStatus.SOURCED, origin=Origin.SOURCED, phase=phase, with_pi=False)
    theme, institution = make_theme(chair.cluster), make_institution()
    chair.themes.add(theme)
    for _twice in range(2):
        make_appointment(chair, affiliation=institution)
    keys = ChairCard.objects.get(pk=chair.pk).facet_keys.split()
    expected = [
        f"phase={phase.pk}",
        "phase=all",
        f"cluster={chair.cluster_id}",
        f"kind={chair.kind_id}",
        f"theme={theme.pk}",
    ]
    assert keys == [*expected, f"institution={institution.pk}", "status=sourced"]


def test_the_check_puts_right_what_went_round_the_application_and_says_so(capsys):
    chair, other = publish("Robots"), publish("Zebra")
    call_command("check_cards")
    assert "0 cards were of yesterday." in capsys.readouterr().out
    Chair.objects.filter(pk=chair.pk).update(acronym="R2D2")
    call_command("check_cards")
    assert "R2D2" in shown(chair) and "R2D2" not in shown(other)
    ChairCard.objects.filter(pk=chair.pk).update(html_en="Somebody's own words")
    with pytest.raises(CommandError, match=f"1 chair was shown as it had been before.*: {chair.pk}[.]"):
        call_command("check_cards")
    assert "R2D2" in shown(chair) and "R2D2" not in shown(other)
    call_command("check_cards")


def test_the_entry_of_an_activity_follows_its_chair_and_is_gone_with_it(client):
    chair = publish("Robots", title_fr="Automates")
    texts = {"description_en": "First <line>.\n\nSecond.", "counterparts_en": "A seat"}
    activity = make_activity(chair, title_en="A thesis", deadline=datetime.date(2030, 1, 31), **texts)
    (entry,) = opportunities_of([activity.pk], "en")
    assert "A thesis" in entry.before_money and "Robots" in entry.before_money
    # What decides comes first: how much, until when, then the texts.
    assert entry.before_money.endswith("</dd></div>") and "Target" in entry.before_money
    told = [entry.after_money.index(one) for one in ("31 January 2030", ">First &lt;line&gt;. Second.</p>", "A seat")]
    assert told == sorted(told)
    assert f"?activity={activity.pk}" in entry.after_money
    assert "Automates" in opportunities_of([activity.pk], "fr")[0].before_money
    chair.title_en = "Zebra"
    chair.save()
    assert "Zebra" in opportunities_of([activity.pk], "en")[0].before_money
    activity.delete()
    assert opportunities_of([activity.pk], "en") == []


def test_a_draft_s_activity_has_no_entry():
    activity, published = make_activity(make_chair(ChairStatus.DRAFT)), make_activity(make_chair(ChairStatus.ACTIVE))
    assert list(ActivityCard.objects.values_list("pk", flat=True)) == [published.pk] != [activity.pk]
