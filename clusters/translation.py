from modeltranslation.translator import TranslationOptions, register
from simple_history import register as keep_history

from clusters.models import (
    Cluster,
    Figure,
    Institution,
    Intake,
    IntakeOverlap,
    OverlapPart,
    Person,
    Phase,
    StaffRole,
    StatedCount,
    Theme,
    TrainingProgramme,
)


@register(Phase)
class PhaseTranslation(TranslationOptions):
    fields = ("name",)


@register(Cluster)
class ClusterTranslation(TranslationOptions):
    fields = ("description",)


@register(Theme)
class ThemeTranslation(TranslationOptions):
    fields = ("name",)


@register(Figure)
class FigureTranslation(TranslationOptions):
    fields = ("label",)


@register(TrainingProgramme)
class TrainingProgrammeTranslation(TranslationOptions):
    fields = ("name", "summary")


# History is registered after translation: in the reverse order, saving fails.
for model in (
    Cluster,
    Theme,
    Institution,
    StaffRole,
    TrainingProgramme,
    Intake,
    IntakeOverlap,
    OverlapPart,
    StatedCount,
):
    keep_history(model, app="clusters")
# A person's private address is stored once, where it can be erased on request: not in every version of the record.
keep_history(Person, app="clusters", excluded_fields=["contact_email", "contact_language", "account_address"])
