"""The demonstration's outputs: of three years, some of them waiting, none that leads anywhere."""

import pytest
from django.utils import timezone

from chairs.models import Output
from chairs.outputs.references import names_grant
from clusters.enums import Origin

pytestmark = [
    pytest.mark.usefixtures("demonstration_for_the_module"),
    pytest.mark.django_db,
    pytest.mark.exhaustive(counted=True),
]


def test_three_years_have_confirmed_outputs_of_every_kind():
    confirmed = Output.objects.published()
    years = set(confirmed.exclude(year=None).values_list("year", flat=True))
    last = timezone.localdate().year - 1
    assert years == {last - 2, last - 1, last}
    assert set(confirmed.values_list("kind", flat=True)) == {"publication", "software", "data_set"}
    assert confirmed.filter(chair__cluster__slug="dataia").count() >= 10
    assert set(confirmed.exclude(language="").values_list("language", flat=True)) == {"en", "fr"}


def test_some_wait_that_name_the_grant_of_their_cluster_and_one_has_only_an_identifier():
    waiting = Output.objects.waiting().select_related("chair__cluster")
    assert len(waiting) >= 5
    assert all(names_grant(output.stated_references, output.chair.cluster.anr_reference) for output in waiting)
    assert Output.objects.confirmed().filter(title="").count() == 1


def test_all_are_marked_and_lead_nowhere():
    assert not Output.objects.exclude(origin=Origin.DEMONSTRATION).exists()
    assert not any(output.doi_url or output.hal_url for output in Output.objects.all())
    assert not Output.objects.exclude(doi__startswith="10.5555/").exists()
    titles = list(Output.objects.exclude(title="").values_list("chair", "title"))
    assert len(titles) > 100 and len(set(titles)) > 0.8 * len(titles)
