"""The public lists in their other forms: a file costs the same queries however long it is, but for its chunks."""

from tests.matrix.collaborations import collaboration
from tests.matrix.growing import chair, employed, output, sponsor, training
from tests.matrix.lists import List
from tests.matrix.lists_innovation import start_up

GROWING = {
    "chairs": chair,
    "people": chair,
    "institutions": employed,
    "partners": sponsor,
    "opportunities": chair,
    "training": training,
    "start-ups": start_up,
    "outputs": output,
    "collaborations": collaboration,
}
TAKEN_AWAY = [
    *(
        List("lists:file", grow, args=lambda w, n=name: [n, "atom"], notes=True, about=name)
        for name, grow in GROWING.items()
    ),
    *(List("lists:embed", grow, args=lambda w, n=name: [n], about=name) for name, grow in GROWING.items()),
    List("lists:file", chair, args=lambda w: ["chairs", "bib"], about="citations"),
]
