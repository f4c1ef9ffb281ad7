"""Note the page of each record that was noted before: the digest of the resource and the address."""

import hashlib

from django.db import migrations

# By resource, the model; the address of a chair begins with the key of its cluster.
MODELS = {
    "chairs": ("chairs", "Chair", ("cluster_id", "slug")),
    "clusters": ("clusters", "Cluster", ("slug",)),
    "institutions": ("clusters", "Institution", ("slug",)),
    "people": ("clusters", "Person", ("slug",)),
    "training": ("clusters", "TrainingProgramme", ("slug",)),
    "start-ups": ("chairs", "StartUp", ("slug",)),
    "collaborations": ("collaborations", "Collaboration", ("slug",)),
}
BATCH_SIZE = 500


def note_pages(apps, schema_editor):
    noted = apps.get_model("api", "PublicRecord").objects
    for resource, (app, name, fields) in MODELS.items():
        records = apps.get_model(app, name)._base_manager.all()
        if resource == "people":
            records = records.filter(is_anonymised=False)
        places = {pk: "/".join(map(str, (resource, *place))) for pk, *place in records.values_list("pk", *fields)}
        rows = [row for row in noted.filter(resource=resource, page="") if row.record in places]
        for row in rows:
            row.page = hashlib.sha256(places[row.record].encode()).hexdigest()[:32]
        noted.bulk_update(rows, ["page"], batch_size=BATCH_SIZE)


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0002_page_of_a_record"),
        ("chairs", "0001_initial"),
        ("clusters", "0001_initial"),
        ("collaborations", "0001_initial"),
    ]

    operations = [migrations.RunPython(note_pages, migrations.RunPython.noop)]
