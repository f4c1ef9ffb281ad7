from django.db import migrations

from clusters.codes import free_code


def give_codes(apps, schema_editor):
    taken = set()
    for cluster in apps.get_model("clusters", "Cluster").objects.filter(code=None).order_by("pk"):
        cluster.code = free_code(cluster.slug, taken)
        taken.add(cluster.code)
        cluster.save(update_fields=["code"])


class Migration(migrations.Migration):

    dependencies = [("clusters", "0010_cluster_code")]

    operations = [migrations.RunPython(give_codes, migrations.RunPython.noop)]
