"""What programs read below /api/: everybody gets the same."""

import uuid

from api.commongrants import id_of
from api.service import RESOURCES
from tests.matrix.expect import Row, public

NAMES = [resource.name.replace("-", "_") for resource in RESOURCES]
FIRST = {
    "chairs": lambda w: [w.chair.pk],
    "clusters": lambda w: [w.cluster.pk],
    "themes": lambda w: [w.theme.pk],
    "institutions": lambda w: [w.institution.pk],
    "people": lambda w: [w.person.pk],
    "partners": lambda w: [w.sponsor.pk],
    "opportunities": lambda w: [w.activity.pk],
    "training": lambda w: [w.programme.pk],
    "start_ups": lambda w: [w.chair.start_ups.get(slug="start-up-here").pk],
    "outputs": lambda w: [w.chair.outputs.confirmed().first().pk],
    "collaborations": lambda w: [w.collaboration.pk],
}
SECRET = {
    "chairs": lambda w: [w.chairs["draft"].pk],
    "partners": lambda w: [w.company.pk],
    "outputs": lambda w: [w.output.pk],
    "start_ups": lambda w: [w.start_up.pk],
    "training": lambda w: [w.draft_programme.pk],
    "collaborations": lambda w: [w.secret_collaboration.pk],
}
API = [
    Row("api:index", public()),
    Row("api:openapi", public()),
    Row("api:docs", public(302)),
    Row("api:nowhere", public(404)),
    Row("api:nowhere_else", public(404), args=lambda w: ["v2"]),
    *(Row(f"api:{name}_list", public(), public(405)) for name in NAMES),
    *(Row(f"api:{name}_list", public(400), query="?colour=red", about="unknown parameter") for name in NAMES[:2]),
    *(Row(f"api:{name}_detail", public(), args=args) for name, args in FIRST.items()),
    *(Row(f"api:{name}_detail", public(404), args=args, about="not public") for name, args in SECRET.items()),
    Row("api:chairs_money", public(), args=FIRST["chairs"]),
    Row("api:chairs_money", public(404), args=SECRET["chairs"], about="not public"),
    Row("api:commongrants", public()),
    Row("api:commongrants", public(400), query="?page=0", about="no page"),
    Row("api:commongrants_one", public(), args=lambda w: [id_of(w.activity.pk)]),
    Row("api:commongrants_one", public(404), args=lambda w: [uuid.UUID(int=0)], about="unknown"),
    Row("api:scdl", public()),
    Row("api:skg_if", public()),
    Row("api:skg_if", public(400), query="?pageSize=0", about="no page"),
    Row("api:mcp", public(405), public(400)),
    Row("api:figures_list", public()),
    Row("api:figures_detail", public(), args=lambda w: ["grants"]),
    Row("api:figures_detail", public(404), args=lambda w: ["nothing"], about="unknown"),
]
