"""Who may read each text of each record, field by field. A text that stands nowhere here fails the suite.

`title` stands for `title_en` and `title_fr`, too. What history keeps of a field is as private as a private field, but for KEPT_PUBLIC.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from tests.upgrade.small_site import is_ours

# Anybody, once the record is published.
PUBLIC = {
    "clusters.Institution": "name acronym city ror sources notes",
    "clusters.InstitutionAlias": "name",
    "clusters.Person": "name family_name orcid website",
    "clusters.Photograph": "author",
    "clusters.Phase": "name",
    "clusters.Cluster": "name acronym description city region public_grant_source selected_note inauguration_place"
    " inauguration_note inauguration_source anr_reference website office_contact office_email sources notes",
    "clusters.Membership": "source",
    "clusters.Theme": "name source note",
    "clusters.Director": "source note",
    "clusters.Figure": "label unit source note",
    "clusters.TrainingProgramme": "name summary place contact website application_page sources notes"
    " conflicts stated_intakes",
    "clusters.StatedCount": "source note",
    "clusters.Intake": "source note",
    "clusters.IntakeOverlap": "note",
    "chairs.Discipline": "name",
    "chairs.Appointment": "laboratory",
    "chairs.ChairKind": "name description",
    "chairs.CompositionRule": "source note",
    "chairs.Chair": "title acronym summary description topic axis programme website public_grant_source stated_funding"
    " sources notes conflicts",
    "chairs.TeachingElement": "title level",
    "chairs.Activity": "title description counterparts",
    "chairs.Concept": "words_en words_fr official official_by source note",
    "chairs.ChairOrganisation": "name website",
    "chairs.Output": "doi hal_id title venue url authors",
    "chairs.StartUp": "name summary website sources notes",
    "chairs.CountedOutput": "note",
    "chairs.StatedPartner": "name unit kind",
    "collaborations.Collaboration": "title summary website sources notes stated_counts",
    "collaborations.Participant": "name",
    "partners.Partner": "name website",
    "yearly.Indicator": "name definition",
    "transparency.TreeHead": "note",
    "transparency.Cosignature": "witness line",
}
# Whoever works in the panel, for whichever cluster.
STAFF = {
    "sponsorships.ClauseVersion": "title_en title_fr text_en text_fr",
}
# Whom the record concerns: those to whom it is visible, or what it is a part of; nobody else.
PRIVATE = {
    "core.Merge": "kept_name gone_name moved",
    "core.SavedView": "name query",
    "core.ListExport": "query filters words",
    "core.ActAtOnce": "query lines",
    "core.HeldDecision": "name note",
    "core.OutgoingMail": "address subject text html unsubscribe_url last_error",
    "core.MailOptOut": "address",
    "core.MailWording": "subject body",
    "accounts.User": "email name",
    "transparency.LogLeaf": "subject",
    "transparency.WitnessedHead": "origin note",
    "clusters.Person": "account_address contact_email orcid_claimed",
    "clusters.Photograph": "name agreed_how",
    "clusters.ChangeRequest": "name why before values",
    "clusters.StaffInvitation": "email",
    "chairs.ActivityTransition": "note",
    "chairs.ChairTransition": "note",
    "chairs.ConsentEvent": "address note",
    "chairs.Output": "hidden_authors stated_references",
    "partners.Partner": "legal_form registered_office",
    "partners.Contact": "job_title",
    "partners.Invitation": "email",
    "partners.OfficeContact": "name email phone job_title",
    "lists.SearchAlert": "address query",
    "sponsorships.Sponsorship": "proposal in_kind_description purpose",
    "sponsorships.Agreement": "other_parties reason signatories frozen",
    "sponsorships.AgreementTransition": "note",
    "sponsorships.Signature": "name",
    "sponsorships.ClosedYear": "note reopened_because",
    "sponsorships.LateEntry": "reason",
    "sponsorships.ConflictResolution": "conflict text",
    "sponsorships.SupportingDocument": "name",
    "sponsorships.Endorsement": "note",
    "sponsorships.Instalment": "milestone invoice_number purchase_order",
    "sponsorships.InstalmentTransition": "note",
    "sponsorships.LedgerEntry": "reference",
    "sponsorships.SponsorshipSubmission": "data",
    "sponsorships.SponsorshipTransition": "note",
    "sponsorships.FieldRemark": "text",
    "conversations.Message": "text",
    "conversations.MessageFile": "name",
    "progress.ProgressReport": "done result public_paragraph",
    "progress.ProgressReportTransition": "note",
    "progress.ReportFile": "name",
    "yearly.ChairYearReport": "highlights results difficulties corrections",
    "yearly.ChairYearReportTransition": "note",
    "yearly.YearReport": "comment",
    "yearly.YearReportTransition": "note",
    "yearly.IndicatorComment": "text",
    "imports.Import": "problems",
    "imports.ImportFile": "name",
    "imports.ImportLine": "sheet name problems changes",
    "imports.OwnReference": "reference",
    "rights.CorrectionRequest": "text answer",
    "desk.TaskNote": "text",
}
# Nobody's words: codes, fingerprints, keys, and what is made of others.
NO_WORDS = {
    "core.DataChange": "source",
    "core.Heartbeat": "failed_steps",
    "core.NotTheSame": "kind",
    "core.Merge": "kind",
    "core.SavedView": "list_of columns",
    "core.ListExport": "list_of columns",
    "core.ActAtOnce": "list_of act",
    "core.HeldDecision": "list_of verb",
    "core.OutgoingMail": "occasion",
    "core.MailWording": "occasion",
    "core.MailSubject": "kind",
    "core.PastAddress": "kind slug",
    "accounts.User": "password",
    "transparency.LogLeaf": "kind sha256",
    "transparency.TreeHead": "root",
    "transparency.WitnessedHead": "root",
    "clusters.Institution": "name_key acronym_key siret",
    "clusters.InstitutionAlias": "key",
    "clusters.Person": "name_key sort_key",
    "clusters.Cluster": "code",
    "clusters.Theme": "name_key",
    "clusters.Director": "since as_of",
    "clusters.Figure": "as_of",
    "clusters.ChangeRequest": "kind",
    "clusters.Photograph": "sha256",
    "clusters.TrainingProgramme": "starts stated_fields",
    "clusters.StatedCount": "as_of",
    "chairs.ChairKind": "acronym",
    "chairs.ActivityTransition": "verb source target",
    "chairs.ChairCard": "title_key_en title_key_fr facet_keys html_en html_fr",
    "chairs.ActivityCard": "html_en html_fr",
    "chairs.ChairTransition": "verb source target",
    "chairs.ChairMeaning": "digest",
    "chairs.Output": "language search_key",
    "chairs.SearchWord": "written",
    "chairs.StaleMark": "source",
    "chairs.StartUp": "name_key search_key",
    "collaborations.Collaboration": "starts ends countries",
    "collaborations.Participant": "country",
    "partners.Partner": "name_key country siren siret",
    "lists.SearchAlert": "list_name seen",
    "sponsorships.Sponsorship": "short_reference",
    "sponsorships.Agreement": "sha256",
    "sponsorships.AgreementTransition": "verb source target",
    "sponsorships.Signature": "sha256",
    "sponsorships.ConflictResolution": "facts",
    "sponsorships.SupportingDocument": "sha256",
    "sponsorships.InstalmentTransition": "verb source target",
    "sponsorships.KeptSum": "grouped_by span part",
    "sponsorships.CountedSponsorship": "facts",
    "sponsorships.LedgerEntry": "previous_hash hash",
    "sponsorships.LedgerHead": "hash",
    "sponsorships.SigningCode": "digest",
    "sponsorships.SponsorshipTransition": "verb source target",
    "sponsorships.FieldRemark": "field",
    "conversations.MessageFile": "sha256",
    "progress.ProgressReportTransition": "verb source target",
    "progress.ReportFile": "sha256",
    "yearly.ChairYearReport": "facts",
    "yearly.ChairYearReportTransition": "verb source target",
    "yearly.YearReport": "payload sha256",
    "yearly.YearReportTransition": "verb source target",
    "imports.Import": "language counts",
    "imports.ImportFile": "sha256",
    "imports.ImportLine": "kind",
    "api.PublicRecord": "resource digest reason page",
    "api.PublicList": "resource",
    "rights.DueErasure": "period",
    "rights.PersonalAct": "kind",
    "desk.Assignment": "kind",
    "desk.TaskNote": "kind",
    "desk.CalendarAddress": "token",
}
# A text in which no record of the walk has a word, by the reason.
UNPLANTED: dict[str, str] = {}
# The figures as they were known on a day say which source was then given.
KEPT_PUBLIC = {"clusters.Cluster": "public_grant_source"}
# Where somebody's name stands beside what they did, for those to whom that is visible.
NAMED_AT = {
    # Whoever holds such a link is told who sent it.
    "clusters:team_invitation",
    # An investigator reads who proposes.
    "sponsorships:detail",
    "sponsorships:endorse",
}
# Where people read what they wrote about themselves.
OF_ONESELF_AT = {"rights:about_me_signed_in"}

TEXTS = (models.CharField, models.TextField, models.JSONField)


def is_of_history(model: type[models.Model]) -> bool:
    return hasattr(model, "instance_type")


def our_models() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if is_ours(model._meta.app_label) and model._meta.managed and not model._meta.proxy:
            yield model


def texts(model: type[models.Model]) -> Iterator[models.Field]:
    """Return the fields in which somebody may have written something."""
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, TEXTS) and not isinstance(field, models.SlugField)
        if is_text and not field.choices and not field.primary_key and not field.remote_field:
            yield field


def word_of(field: models.Field) -> tuple[str, str]:
    """Return the model and the field under which it is declared: without its language, and the record's for its history's."""
    model = getattr(field.model, "instance_type", field.model)
    names = {one.name for one in model._meta.concrete_fields}
    without = field.name.removesuffix("_en").removesuffix("_fr")
    return model._meta.label, without if without in names else field.name


def declared(in_: dict[str, str], field: models.Field) -> bool:
    label, name = word_of(field)
    return name in in_.get(label, "").split()
