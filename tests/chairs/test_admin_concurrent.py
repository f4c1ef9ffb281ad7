"""A form that is saved while somebody performs a verb saves nothing, and says so."""

import pytest
from django.db.models.signals import pre_save
from django.urls import reverse
from django.utils import timezone

from chairs.models import Chair
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.database(quick=True), pytest.mark.usefixtures("field_history")]


@pytest.fixture
def approved_meanwhile():
    def approve(instance, **kwargs):
        rule = instance.kind.rule_on()
        Chair.objects.filter(pk=instance.pk).update(status="approved", approved_at=timezone.now(), rule=rule)

    pre_save.connect(approve, sender=Chair)
    yield
    pre_save.disconnect(approve, sender=Chair)


def rows(prefix, total=0):
    return {f"{prefix}-TOTAL_FORMS": total, f"{prefix}-INITIAL_FORMS": total}


def test_nothing_is_saved_over_a_status_that_changed_meanwhile(client, approved_meanwhile):
    chair = factories.make_chair("draft", with_pi=False)
    client.force_login(factories.make_staff(chair.cluster))
    address = reverse("admin:chairs_chair_change", args=[chair.pk])
    data = {"kind": chair.kind.pk, "phase": chair.phase.pk, "title_en": "Another title", "slug": chair.slug}
    data |= {
        "save_incomplete": "on",
        **rows("appointments"),
        **rows("teaching"),
        **rows("activities"),
        **rows("shares"),
        **rows("organisations"),
        **rows("counted_outputs"),
    }
    response = client.post(address, data, follow=True)
    assert "Nothing was saved: look again." in response.content.decode()
    assert Chair.objects.get(pk=chair.pk).title_en != "Another title"
