from simple_history import register as keep_history

from partners.models import Agreement, Clause, Contact, Instalment, Partner, Sponsorship

# Nothing of a partner's is translated; history is registered here, where every app registers it.
for model in (Partner, Contact, Sponsorship, Agreement, Instalment, Clause):
    keep_history(model, app="partners")
