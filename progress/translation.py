from modeltranslation.translator import TranslationOptions, register
from simple_history import register as keep_history

from progress.models import ProgressReport


@register(ProgressReport)
class ProgressReportTranslation(TranslationOptions):
    # What the public reads; the rest is between the chair and its partner, in the language that they write.
    fields = ("public_paragraph",)


# History is registered after translation: the other way round, saving fails.
keep_history(ProgressReport, app="progress")
