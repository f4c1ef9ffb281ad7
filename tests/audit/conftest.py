import pytest
from django.core.management import call_command

from chairs.enums import StartUpTie
from tests import factories
from tests.figures.money import shared_chair
from tests.innovation_factory import make_start_up
from tests.transparency.logs import CODED_SEED


@pytest.fixture
def books(settings):
    """Money of a chair of its own and of one that three clusters share, under a signed head; chairs, people, start-ups."""
    settings.LOG_SIGNING_KEY = CODED_SEED
    chair, clusters = shared_chair("50.01", "33.33", "16.66")
    factories.make_running(parts=["20000.00", "30000.00"])
    factories.make_running(parts=["20000.00", "30000.00"])
    factories.make_running(parts=["1000.01"], chair=chair)
    chair.themes.set([factories.make_theme(chair.cluster), factories.make_theme(chair.cluster)])
    programme = factories.make_training(clusters[0])
    intakes = [factories.make_intake(programme, one, enrolled=20) for one in clusters]
    factories.make_overlap(*intakes, people=3)
    make_start_up(clusters[0], founded_year=2024, tie=StartUpTie.SPIN_OFF)
    make_start_up(clusters[1])
    call_command("sign_log", verbosity=0)
