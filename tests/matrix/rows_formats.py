"""The lists in their other forms, and the alerts of searches."""

import uuid

from lists.alerts import Wish, token_of
from lists.catalogue import PUBLIC_LISTS
from tests.matrix.expect import Row, public

NONSENSE = "?q=%00%27&cluster=nowhere&page=-1&sort=x&kind=%00&colour=red"


def confirming(world) -> list[str]:
    return [token_of(Wish("reader@example.org", "chairs", "q=robots", "en"))]


FORMATS = [
    *(
        Row("lists:file", public(), args=lambda w, n=name, f=form: [n, f], about=f"{name}.{form}", query=NONSENSE)
        for name, found in PUBLIC_LISTS.items()
        for form in found.formats
    ),
    Row("lists:file", public(404), args=lambda w: ["people", "ics"], about="no such format"),
    *(Row("lists:embed", public(), args=lambda w, n=name: [n], about=name, query=NONSENSE) for name in PUBLIC_LISTS),
    Row("lists:embed_code", public(), args=lambda w: ["chairs"], query=NONSENSE),
    Row("lists:alert_ask", public(), public(), args=lambda w: ["chairs"], query=NONSENSE),
    Row(
        "lists:alert_ask",
        public(),
        public(302),
        lambda w: ["people"],
        "sent",
        data=lambda w: {"address": "a@example.org"},
    ),
    Row("lists:alert_sent", public()),
    Row("lists:alert_confirm", public(), public(), args=confirming),
    Row("lists:alert_confirm", public(404), public(404), args=lambda w: ["x:y:z"], about="altered"),
    Row("lists:alert_end", public(), public(), args=lambda w: [uuid.UUID(int=0)], about="over"),
    Row("lists:opensearch", public()),
]
