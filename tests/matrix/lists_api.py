"""The lists that programs read, each with the rows that its page shows (see lists.py)."""

from tests.matrix.collaborations import collaboration
from tests.matrix.growing import chair, cluster, employed, held, in_chair, in_cluster, output, sponsor, theme, training
from tests.matrix.lists import List
from tests.matrix.lists_innovation import start_up

API = [
    List("api:chairs_list", chair, notes=True),
    List("api:chairs_detail", in_chair, args=lambda w: [w.chair.pk], notes=True),
    List("api:clusters_list", cluster, notes=True),
    List("api:clusters_detail", in_cluster, args=lambda w: [w.cluster.pk], notes=True),
    List("api:themes_list", theme, notes=True),
    List("api:institutions_list", employed, notes=True),
    List("api:people_list", held, notes=True),
    List("api:partners_list", sponsor, notes=True),
    List("api:opportunities_list", chair, notes=True),
    List("api:training_list", training, notes=True),
    List("api:start_ups_list", start_up, notes=True),
    List("api:outputs_list", output, notes=True),
    List("api:collaborations_list", collaboration, notes=True),
    List("api:commongrants", chair, notes=True),
    List("api:skg_if", sponsor),
    List("api:figures_list", cluster),
]
