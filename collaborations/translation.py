from modeltranslation.translator import TranslationOptions, register
from simple_history import register as keep_history

from collaborations.models import Collaboration, Participant


@register(Collaboration)
class CollaborationTranslation(TranslationOptions):
    fields = ("title", "summary")


# History is registered after translation: in the reverse order, saving fails.
for model in (Collaboration, Participant):
    keep_history(model, app="collaborations")
