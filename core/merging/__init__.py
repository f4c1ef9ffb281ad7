"""Merges two records of the same thing, and undoes a merge.

References to the record that goes are found in the registry of models: every foreign key, both sides of every
many-to-many relation, and the lines of the field history. So a new model needs no declaration.

* A reference is moved by an UPDATE: no date, consent or status changes with it. Nothing in the ledger refers to a person,
  an institution or a partner (docs/money.md), so no entry is changed.
* References by kind and key without a foreign key (a mail's subject, a change that waits for a second person) move too.
* Where a constraint allows one row only (one contact per account, one membership per institution), the remaining record's
  row is kept. The other one is stored in the merge and deleted, and references to it move to the kept row.
* A row that would refer to itself is stored and deleted too. A row with a file (a second photograph) is erased for good.
* The slug of the record that goes redirects to the remaining one (core/past_addresses.py).
"""

from core.merging.merge import merge, why_not_merge
from core.merging.references import References, references_to
from core.merging.undo import undo, why_not_undo

__all__ = ["References", "merge", "references_to", "undo", "why_not_merge", "why_not_undo"]
