from django.db import migrations

from clusters.text import name_key


def write_keys(apps, schema_editor):
    partners = apps.get_model("partners", "Partner").objects
    for pk, name in partners.values_list("pk", "name").iterator():
        partners.filter(pk=pk).update(name_key=name_key(name, 400))


class Migration(migrations.Migration):
    """Keys that find and sort names in any script."""

    dependencies = [("partners", "0012_names_as_data")]

    operations = [migrations.RunPython(write_keys, migrations.RunPython.noop)]
