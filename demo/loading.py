"""Load the whole demonstration, in one transaction."""

from django.db import transaction

from chairs.conformity import review_all
from chairs.search.index import rebuilt_afterwards
from clusters.models import Cluster
from core.mail.queue import muted
from demo.cast import Cast, gather
from demo.chair_histories import close_doors
from demo.chairs import ChairMaker
from demo.closed_years import close_a_year
from demo.collaborations import make_collaborations
from demo.companies import make_companies
from demo.consents import tell_of_consents
from demo.innovation import make_counted, make_start_ups, make_teams
from demo.office import keep_offices_busy
from demo.outputs import make_outputs
from demo.photographs import add_photographs
from demo.sponsorships import make_sponsorships
from demo.tally import Tally
from demo.training import make_training
from demo.years import report_years


def load_demo() -> Cast:
    """Create the missing records of the demonstration. Return its accounts, with the counts of new records."""
    tally = Tally()
    with transaction.atomic(), rebuilt_afterwards(), muted():
        clusters = {cluster.slug: cluster for cluster in Cluster.objects.all()}
        cast = gather(clusters, tally)
        chairs = ChairMaker(clusters, cast, tally)
        chairs.make_all()
        make_teams(chairs.new, tally)
        make_sponsorships(make_companies(cast, tally), cast, tally)
        close_a_year(cast)
        for chair, text in chairs.new.values():
            tell_of_consents(chair, text)
            close_doors(chair, text, cast)
        make_training(clusters, cast, tally)
        make_collaborations(clusters, tally)
        new = [chair for chair, _text in chairs.new.values()]
        make_outputs(new, tally)
        make_start_ups(clusters, tally)
        make_counted(new, tally)
        report_years(clusters, cast, tally)
        add_photographs(tally)
        keep_offices_busy(clusters, cast, tally)
        review_all()
    return cast
