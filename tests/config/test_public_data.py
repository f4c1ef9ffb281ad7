"""What moves the version of the public data is decided for every table there is."""

from django.apps import apps

from config import public_data
from core import data_triggers, data_version

MODELS = apps.get_models(include_auto_created=True)


def test_every_table_is_watched_or_private_for_a_reason():
    for model in MODELS:
        is_private = bool(public_data.reason_to_be_private(model))
        assert is_private != (model._meta.db_table in data_version.watched), model


def test_every_reason_belongs_to_something_that_exists():
    named = {model._meta.label for model in MODELS} | {model._meta.app_label for model in MODELS}
    assert public_data.PRIVATE.keys() <= named
    assert public_data.RECORDS.keys() <= data_version.watched.keys()


def test_what_pages_are_made_of_is_watched():
    assert data_version.watched.keys() >= {
        "chairs_chair",
        "chairs_chair_themes",
        "clusters_person",
        "core_pastaddress",
        "partners_partner",
        "progress_progressreport",
        "sponsorships_ledgerentry",
        "sponsorships_sponsorship",
    }


def test_names_of_triggers_are_short_enough_for_postgresql():
    longest = max(map(len, data_version.watched))
    assert len(data_triggers.PREFIX) + longest + len("_update_old") <= 63
