from collections import Counter

from django.db import migrations
from django.utils import timezone

CHUNK = 2000


def give_references(apps, schema_editor):
    """Number what is there in the order in which it was made, within its cluster and year."""
    Sponsorship = apps.get_model("sponsorships", "Sponsorship")
    last = Counter()
    changed = []
    rows = Sponsorship.objects.filter(short_reference=None).select_related("chair__cluster").order_by("created_at", "pk")
    rows = rows.only("created_at", "chair__cluster__code")
    for sponsorship in rows.iterator(CHUNK):
        cluster, year = sponsorship.chair.cluster, timezone.localdate(sponsorship.created_at).year
        last[cluster.pk, year] += 1
        sponsorship.short_reference = f"{cluster.code}-{year}-{last[cluster.pk, year]:04d}"
        changed.append(sponsorship)
    Sponsorship.objects.bulk_update(changed, ["short_reference"], batch_size=CHUNK // 10)
    Counters = apps.get_model("sponsorships", "ReferenceCounter")
    Counters.objects.bulk_create(
        Counters(cluster_id=cluster, year=year, last=number) for (cluster, year), number in last.items()
    )


class Migration(migrations.Migration):

    dependencies = [("sponsorships", "0008_short_reference")]

    operations = [migrations.RunPython(give_references, migrations.RunPython.noop)]
