from simple_history import register as keep_history

from partners.models import Contact, Partner

# History is registered after translation: the other way round, saving fails.
for model in (Partner, Contact):
    keep_history(model, app="partners")
