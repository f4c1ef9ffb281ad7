from simple_history import register as keep_history

from sponsorships.models import Agreement, Clause, Instalment, Sponsorship

# History is registered after translation: the other way round, saving fails.
for model in (Sponsorship, Agreement, Instalment, Clause):
    keep_history(model, app="sponsorships")
