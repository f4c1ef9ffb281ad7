"""The kinds of records that a file may contain, ordered by their dependencies."""

from imports.kinds.activities import Activities
from imports.kinds.appointments import Appointments
from imports.kinds.base import Kind
from imports.kinds.chairs import REFERENCE_DATA, Chairs
from imports.kinds.contracts import Contracts
from imports.kinds.institutions import Institutions
from imports.kinds.partners import Contacts, Partners
from imports.kinds.payments import Instalments, Payments
from imports.kinds.people import People

KINDS: tuple[Kind, ...] = (
    Institutions(),
    People(),
    Partners(),
    Contacts(),
    Chairs(),
    Appointments(),
    Activities(),
    Contracts(),
    Instalments(),
    Payments(),
)
# Labels of the models that can be imported.
LABELS = frozenset(kind.form.Meta.model._meta.label for kind in KINDS if kind.form)

__all__ = ["KINDS", "LABELS", "REFERENCE_DATA", "Kind"]
