"""The tables that public pages may show: all but those listed here as private, each with the reason.

A private table that is missing here only makes cached pages stale too often. A public table
listed here would leave cached pages out of date.
"""

from django.apps import apps
from django.db.models import Model
from simple_history.models import HistoricalChanges

# Whole apps, then models. Writing these tables does not move the version of the public data.
# Contacts do move it, though no page shows them: for whom somebody of the staff writes decides what they see of sponsorships,
# and what waits for them is kept by version. They are written a few times a day.
PRIVATE = {
    "account": "who signs in",
    "accounts": "who signs in: people and contacts have records of their own",
    "admin": "who did what in the panel",
    "api": "what programs were told of records: it is made of what pages watch themselves",
    "auth": "what staff may do",
    "contenttypes": "changes by `migrate` alone, which moves the version anyway",
    "conversations": "what is written between partners and staff",
    "desk": "what staff say to each other",
    "django_tasks_database": "work that waits",
    "imports": "what staff bring from elsewhere: the records that it makes are watched themselves",
    "lists": "who wants to be told of a search: what it finds is watched itself",
    "mfa": "how people sign in",
    "portal": "who was reminded of what",
    "rights": "what people ask about what is kept of them: their records are watched",
    "sessions": "who is signed in",
    "socialaccount": "how people sign in",
    "usersessions": "who is signed in",
    "yearly": "what chairs and clusters report: read in the panel and by the chairs",
    "clusters.Delegation": "who stands in for whom",
    "clusters.StaffInvitation": "who was asked to join the staff",
    "clusters.ChangeRequest": "what waits for a second person: the record itself is watched",
    "clusters.StaffRole": "what staff may do",
    "core.DataChange": "is the journal of the version itself",
    "core.DataVersion": "is the version itself",
    "core.Heartbeat": "whether the workers live",
    "core.Merge": "what was merged: the records themselves are watched",
    "core.NotTheSame": "which records staff told apart",
    "core.ActAtOnce": "what staff did to many records at once",
    "core.HeldDecision": "what is decided and not told yet",
    "core.ListExport": "who took which list out",
    "core.MailOptOut": "who wants no letters",
    "core.MailSubject": "what a mail is about",
    "core.MailWording": "what mails say",
    "core.OutgoingMail": "what is mailed",
    "core.SavedView": "how somebody looks at a list of the panel",
    "partners.OfficeContact": "whom an office knows at a partner",
    "partners.Partner_known_in": "which offices know of a partner",
    "partners.Invitation": "who was asked to write for a partner",
    "transparency.LogLeaf": "what a head is made of: pages show what is under a signed one, and heads are watched",
    "transparency.LogTile": "hashes of the leaves, as they are",
    "transparency.WitnessedHead": "what this site saw of other logs",
    "sponsorships.ClosedYear": "which years staff closed",
    "sponsorships.CountedSponsorship": "what the sums count: pages watch the ledger and the records themselves",
    "sponsorships.FieldRemark": "what staff ask a partner to mend",
    "sponsorships.LateEntry": "why something counts in a closed year: staff read it",
    "sponsorships.KeptSum": "sums of what pages watch themselves",
    "sponsorships.ReferenceCounter": "how many references were given",
    "sponsorships.SigningCode": "how somebody signs",
    "sponsorships.SponsorshipSubmission": "what a partner proposed: the sponsorship says what holds",
    "sponsorships.SupportingDocument": "papers between a partner and staff",
    "sponsorships.UncountedChange": "what is not in the sums yet: pages add it",
}
HISTORY = "what a record was before: no public page shows it"

# Tables for which callers ask which records changed, with the column that holds the record's key.
RECORDS = {
    "chairs_activity": "chair_id",
    "chairs_card": "chair_id",
    "chairs_chair": "id",
    "chairs_chair_themes": "chair_id",
    "clusters_trainingprogramme": "id",
    "clusters_trainingprogramme_institutions": "trainingprogramme_id",
    "clusters_trainingprogramme_shared_with": "trainingprogramme_id",
    "clusters_trainingprogramme_themes": "trainingprogramme_id",
}


def reason_to_be_private(model: type[Model]) -> str | None:
    """Return the reason why no public page shows the model's table; None if one may."""
    if issubclass(model, HistoricalChanges):
        return HISTORY
    return PRIVATE.get(model._meta.label) or PRIVATE.get(model._meta.app_label)


def watched_tables() -> dict[str, str | None]:
    """Return the tables that move the version, each with the column of its records' keys, or None."""
    models = apps.get_models(include_auto_created=True)
    tables = {model._meta.db_table for model in models if reason_to_be_private(model) is None}
    return {table: RECORDS.get(table) for table in sorted(tables)}
