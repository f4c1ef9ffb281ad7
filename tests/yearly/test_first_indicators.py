"""The first indicators go back and come again: what somebody changed or wrote of stays theirs."""

from importlib import import_module

import pytest
from django.apps import apps

from yearly.models import Indicator

pytestmark = pytest.mark.django_db
migration = import_module("yearly.migrations.0002_first_indicators")


def test_what_was_changed_stays_and_the_rest_comes_again():
    every = set(Indicator.objects.values_list("slug", flat=True))
    changed, hidden, *_rest = Indicator.objects.all()
    Indicator.objects.filter(pk=changed.pk).update(definition_en="As we count it.")
    Indicator.objects.filter(pk=hidden.pk).update(is_active=False)
    migration.remove(apps, None)
    assert set(Indicator.objects.all()) == {changed, hidden}
    migration.add(apps, None)
    assert set(Indicator.objects.values_list("slug", flat=True)) == every and len(every) == len(migration.FIRST)
    assert Indicator.objects.get(slug=changed.slug).definition_en == "As we count it."
    assert not Indicator.objects.get(slug=hidden.slug).is_active
