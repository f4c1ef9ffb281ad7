from modeltranslation.translator import TranslationOptions, register
from simple_history import register as keep_history

from progress.models import ProgressReport


@register(ProgressReport)
class ProgressReportTranslation(TranslationOptions):
    # Only what the public reads; the rest is between the chair and its partner, in the language they choose.
    fields = ("public_paragraph",)


# History is registered after translation: in the reverse order, saving fails.
keep_history(ProgressReport, app="progress")
