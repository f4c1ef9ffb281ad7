from simple_history import register as keep_history

from partners.models import Contact, Partner, Sponsorship

# Nothing of a partner's is translated; history is registered here, where every app registers it.
for model in (Partner, Contact, Sponsorship):
    keep_history(model, app="partners")
