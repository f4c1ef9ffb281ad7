from django.db import migrations

from clusters.family_names import family_of, given_of, suffix_of
from clusters.text import fold, name_key


def write_keys(apps, schema_editor):
    """Write every key anew: before, a name in another script than the Latin one had an empty key."""
    for model, source, key in (
        ("Institution", "name", "name_key"),
        ("Institution", "acronym", "acronym_key"),
        ("InstitutionAlias", "name", "key"),
        ("Theme", "name", "name_key"),
    ):
        records = apps.get_model("clusters", model).objects
        for pk, name in records.values_list("pk", source).iterator():
            records.filter(pk=pk).update(**{key: name_key(name or "", 400)})
    people = apps.get_model("clusters", "Person").objects
    for pk, name in people.values_list("pk", "name").iterator():
        family = family_of(name)
        given = given_of(name, family)
        rest = f"{given} {suffix_of(name)}" if given else name
        people.filter(pk=pk).update(
            family_name=family, name_key=name_key(name, 400), sort_key=f"{name_key(family)}  {fold(rest)}"[:400]
        )


class Migration(migrations.Migration):
    """Keys that find and sort names in any script, and a first family name for everybody."""

    dependencies = [("clusters", "0003_names_as_data")]

    operations = [migrations.RunPython(write_keys, migrations.RunPython.noop)]
