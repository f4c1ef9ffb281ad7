import pytest
from django.db import transaction

from tests.sponsorships.mail_occasions import make_context


@pytest.fixture(scope="module")
def everything_told(django_db_setup, django_db_blocker):
    """What a mail may say, once for all mails: to make it takes longer than to write any of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_context()
        transaction.set_rollback(True)
