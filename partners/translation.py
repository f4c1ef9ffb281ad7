from modeltranslation.translator import TranslationOptions, register
from simple_history import register as keep_history

from partners.models import Agreement, Clause, Contact, Instalment, Partner, ProgressReport, Sponsorship


@register(ProgressReport)
class ProgressReportTranslation(TranslationOptions):
    # What the public reads; the rest is between the chair and its partner, in the language that they write.
    fields = ("public_paragraph",)


# History is registered after translation: the other way round, saving fails.
for model in (Partner, Contact, Sponsorship, Agreement, Instalment, Clause, ProgressReport):
    keep_history(model, app="partners")
