"""Makes one record of two that are one thing, and two again of them.

What points to the record that goes is found in the registry of models: every foreign key, the two sides of every
many-to-many relation, and the lines of the field history, so that nothing has to be declared when a model is added.

* A reference is moved as it stands, by an update: no date, consent or status changes with it. Nothing in the ledger points
  to a person, an institution or a partner (docs/money.md), so that no line of it is touched.
* What names the record by its kind and number alone (a mail's subject, a change that waits for a second person) moves too.
* Where a rule says that there is one row only (one contact of an account, one membership of an institution), the row of the
  record that stays is kept. The other is set aside with the merge, and what pointed to it is moved to the row that is kept.
* A row that would point to itself is set aside too. One that is a file (a second photograph) is erased, and does not come back.
* The address of the record that goes leads on to the one that stays (core/past_addresses.py).
"""

from core.merging.merge import merge, why_not_merge
from core.merging.references import References, references_to
from core.merging.undo import undo, why_not_undo

__all__ = ["References", "merge", "references_to", "undo", "why_not_merge", "why_not_undo"]
