"""The lists that programs read, each with the rows that its page shows (see lists.py)."""

from tests.matrix.collaborations import collaboration
from tests.matrix.growing import chair, cluster, employed, held, in_chair, in_cluster, output, sponsor, theme, training
from tests.matrix.lists import List
from tests.matrix.lists_innovation import start_up

API = [
    List("api:chairs_list", chair),
    List("api:chairs_detail", in_chair, args=lambda w: [w.chair.pk]),
    List("api:clusters_list", cluster),
    List("api:clusters_detail", in_cluster, args=lambda w: [w.cluster.pk]),
    List("api:themes_list", theme),
    List("api:institutions_list", employed),
    List("api:people_list", held),
    List("api:partners_list", sponsor),
    List("api:opportunities_list", chair),
    List("api:training_list", training),
    List("api:start_ups_list", start_up),
    List("api:outputs_list", output),
    List("api:collaborations_list", collaboration),
    List("api:figures_list", cluster),
]
