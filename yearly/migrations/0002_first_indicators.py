"""A set of indicators to begin with. The official list is not public: the coordinator replaces these by it."""

from django.db import migrations

# Code, names, definitions, count, operation, second count, unit.
FIRST = [
    (
        "chairs",
        ("Chairs", "Chaires"),
        (
            "Published chairs that ran for a day of the year or more.",
            "Chaires publiées, en cours au moins un jour de l’année.",
        ),
        ("chairs", "", "", "number"),
    ),
    (
        "people",
        ("People in the chairs", "Personnes dans les chaires"),
        (
            "People with a role in a chair for a day of the year or more, each counted once.",
            "Personnes ayant un rôle dans une chaire au moins un jour de l’année, chacune comptée une fois.",
        ),
        ("people", "", "", "people"),
    ),
    (
        "doctoral-students",
        ("Doctoral students", "Doctorants"),
        (
            "Doctoral students of the chairs, each counted once.",
            "Doctorants des chaires, chacun compté une fois.",
        ),
        ("doctoral_students", "", "", "people"),
    ),
    (
        "doctoral-students-per-chair",
        ("Doctoral students per chair", "Doctorants par chaire"),
        (
            "Doctoral students divided by the chairs that ran in the year.",
            "Doctorants, divisés par les chaires en cours dans l’année.",
        ),
        ("doctoral_students", "per", "chairs", "ratio"),
    ),
    (
        "publications",
        ("Publications", "Publications"),
        (
            "Publications of the year that somebody confirmed as a chair’s; one that two chairs have counts once.",
            "Publications de l’année confirmées comme celles d’une chaire ; celle de deux chaires compte une fois.",
        ),
        ("publications", "", "", "number"),
    ),
    (
        "software-and-data",
        ("Software and data sets", "Logiciels et jeux de données"),
        (
            "Software and data sets of the year that somebody confirmed as a chair’s.",
            "Logiciels et jeux de données de l’année confirmés comme ceux d’une chaire.",
        ),
        ("software", "plus", "data_sets", "number"),
    ),
    (
        "teaching-hours",
        ("Hours taught", "Heures enseignées"),
        (
            "Hours (h ETD) of the chairs’ teaching elements, in the academic year that begins in the year.",
            "Heures équivalent TD des enseignements des chaires, pour l’année universitaire qui commence dans l’année.",
        ),
        ("teaching_hours", "", "", "hours"),
    ),
    (
        "people-trained",
        ("People trained", "Personnes formées"),
        (
            "People enrolled in the training programmes in the academic year that begins in the year, each counted once "
            "where clusters share a programme and declare the overlap.",
            "Personnes inscrites aux formations pour l’année universitaire qui commence dans l’année, chacune comptée une "
            "fois là où des clusters partagent une formation et déclarent le recouvrement.",
        ),
        ("trained", "", "", "people"),
    ),
    (
        "start-ups",
        ("Start-ups founded", "Start-up créées"),
        (
            "Start-ups of the cluster, or supported by its incubators, founded in the year.",
            "Start-up du cluster, ou accompagnées par ses incubateurs, créées dans l’année.",
        ),
        ("start_ups_founded", "", "", "number"),
    ),
    (
        "patents",
        ("Patents filed", "Brevets déposés"),
        ("Patents that the chairs filed in the year.", "Brevets déposés par les chaires dans l’année."),
        ("patents", "", "", "number"),
    ),
    (
        "licences-and-transfers",
        ("Licences and software transfers", "Licences et transferts de logiciels"),
        (
            "Licences granted and software transferred in the year.",
            "Licences concédées et logiciels transférés dans l’année.",
        ),
        ("licences", "plus", "transfers", "number"),
    ),
    (
        "collaborations",
        ("Collaborations", "Collaborations"),
        (
            "Exchanges, joint research, training, co-funding and evaluations under way in the year.",
            "Échanges, recherches et formations communes, cofinancements et évaluations en cours dans l’année.",
        ),
        ("collaborations", "", "", "number"),
    ),
    (
        "partners",
        ("Partners", "Partenaires"),
        (
            "Partners of which something is agreed by 31 December, in cash, in kind or in skills.",
            "Partenaires dont un apport est convenu au 31 décembre, en numéraire, en nature ou en compétences.",
        ),
        ("partners", "", "", "number"),
    ),
    (
        "money-agreed",
        ("Partners’ money agreed", "Apports convenus des partenaires"),
        (
            "Cash agreed with partners since the beginning, as of 31 December, net of VAT; of a shared chair, the "
            "cluster’s part.",
            "Numéraire convenu avec les partenaires depuis le début, au 31 décembre, hors taxes ; d’une chaire partagée, "
            "la part du cluster.",
        ),
        ("agreed", "", "", "euros"),
    ),
    (
        "money-received",
        ("Partners’ money received in the year", "Apports reçus dans l’année"),
        (
            "Cash received from partners with effect in the year, net of VAT; of a shared chair, the cluster’s part.",
            "Numéraire reçu des partenaires avec effet dans l’année, hors taxes ; d’une chaire partagée, la part du "
            "cluster.",
        ),
        ("received_in_year", "", "", "euros"),
    ),
    (
        "leverage",
        ("Partners’ money per public euro", "Effet de levier"),
        (
            "Cash agreed with partners so far, divided by the State’s grant for the whole duration.",
            "Numéraire convenu avec les partenaires à ce jour, divisé par la subvention de l’État pour toute la durée.",
        ),
        ("agreed", "per", "grant", "ratio"),
    ),
]
STEP = 10


def said(number, names, definitions, counted):
    """Return what is written of one of them."""
    first, operation, second, unit = counted
    return {
        "name": names[0],
        "name_en": names[0],
        "name_fr": names[1],
        "definition": definitions[0],
        "definition_en": definitions[0],
        "definition_fr": definitions[1],
        "first": first,
        "operation": operation,
        "second": second,
        "unit": unit,
        "position": number * STEP,
    }


def add(apps, schema_editor):
    Indicator = apps.get_model("yearly", "Indicator")
    for number, (slug, *texts) in enumerate(FIRST, 1):
        # What `remove` left is somebody's own.
        Indicator.objects.get_or_create(slug=slug, defaults=said(number, *texts))


def remove(apps, schema_editor):
    """Delete those that nobody has changed or written of."""
    Indicator = apps.get_model("yearly", "Indicator")
    for number, (slug, *texts) in enumerate(FIRST, 1):
        Indicator.objects.filter(slug=slug, comments=None, is_active=True, **said(number, *texts)).delete()


class Migration(migrations.Migration):
    dependencies = [("yearly", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
