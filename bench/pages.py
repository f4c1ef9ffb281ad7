"""The rows of the report: for each page, its address, account, and cost goals in floors at 400, 10,000 and 100,000 chairs."""

from dataclasses import dataclass

from demo.generation.words import COMMON, RARE

SIZES = (400, 10_000, 100_000)
NOBODY, PARTNER, INVESTIGATOR = "", "partner@example.org", "pi@example.org"
MANAGER, COORDINATOR = "manager.dataia@example.org", "coordinator@example.org"
MISSPELT = "tomograhpy"
# A query parameter that no page reads: a new value each time bypasses every cache of pages.
FRESH = "fresh"


@dataclass(frozen=True)
class Page:
    """One row. The path may contain names from bench/records.py: {chair}, {cluster}…"""

    name: str
    path: str
    goals: tuple[float, float, float]
    account: str = NOBODY

    def goal(self, chairs: int) -> float:
        """Return the goal for the smallest of SIZES that is not below this number of chairs."""
        return next((goal for size, goal in zip(SIZES, self.goals, strict=True) if chairs <= size), self.goals[-1])


def any_size(goal: float) -> tuple[float, float, float]:
    return goal, goal, goal


PAGES = [
    Page("directory with all facets", "/en/chairs/", (2, 2, 2.5)),
    Page("search, a word in 2%", f"/en/chairs/?q={RARE[0]}", (2, 2, 4)),
    Page("search, a word in 30%", f"/en/chairs/?q={COMMON[0]}", (2.5, 4, 12)),
    Page("three facets", "/en/chairs/?cluster={cluster}&theme={theme}&status=active", (2.5, 2.5, 4)),
    Page("misspelt word, with its way out", f"/en/chairs/?q={MISSPELT}", (4, 4, 5)),
    Page("suggestion while typing", f"/en/chairs/suggestions/?q={RARE[0][:4]}", (1, 1, 1.5)),
    Page("chair page", "{chair}", any_size(2)),
    Page("cluster page", "/en/clusters/{cluster}/", any_size(2.5)),
    Page("people", "/en/people/", any_size(2.5)),
    Page("institutions", "/en/institutions/", any_size(2.5)),
    Page("opportunities", "/en/opportunities/", any_size(2.5)),
    Page("training with all facets", "/en/training/", (2, 2, 2.5)),
    Page("outputs with all facets", "/en/outputs/", (2, 2, 2.5)),
    Page("start-ups with all facets", "/en/start-ups/", (2, 2, 2.5)),
    Page("collaborations with all facets and the map", "/en/collaborations/", (2, 2, 2.5)),
    Page("clusters side by side", "/en/clusters/compare/", any_size(2.5)),
    Page("home", "/en/", any_size(1)),
    Page("figures, as of a date", "/en/figures/?on={day}", any_size(4)),
    Page("a figure by itself, as of a date", "/en/figures/map/?on={day}", any_size(4)),
    Page("what do you want to support (theme and word)", f"/en/support/?theme={{wish}}&q={COMMON[0]}", (4, 4, 8)),
    Page("first page of a proposal, without an account", "{chair}fund/", any_size(3)),
    Page("proposal form, signed in", "{chair}fund/", any_size(3), PARTNER),
    Page("my pages (partner)", "/en/my/", any_size(5), PARTNER),
    Page("my pages (investigator)", "/en/my/", any_size(5), INVESTIGATOR),
    Page("staff's front page (manager)", "/admin/", any_size(6), MANAGER),
    Page("panel: list of chairs", "/admin/chairs/chair/", any_size(6), MANAGER),
    Page("panel: its search", f"/admin/chairs/chair/?q={RARE[0]}", any_size(6), MANAGER),
    Page("panel: a chair, its first step", "/admin/chairs/chair/{chair_key}/change/", any_size(15), MANAGER),
    Page("panel: a chair, its people", "/admin/chairs/chair/{chair_key}/change/?step=people", any_size(15), MANAGER),
    Page("panel: a chair, all its steps", "/admin/chairs/chair/{chair_key}/change/?step=all", any_size(15), MANAGER),
    Page("panel: a sponsorship", "/admin/sponsorships/sponsorship/{sponsorship_key}/change/", any_size(15), MANAGER),
    Page("panel: figures of a cluster", "/admin/figures/dataia/", any_size(6), MANAGER),
    Page("panel: figures of the nation", "/admin/figures/", any_size(6), COORDINATOR),
    Page("sitemap index", "/sitemap.xml", any_size(2)),
    Page("sitemap section", "{sitemap}", any_size(2)),
]
# Requested repeatedly with unchanged data, in hellos: the full response, then “304 Not Modified”.
AGAIN = [
    Page("home again, unchanged data", "/en/", any_size(2)),
    Page("directory again, unchanged data", "/en/chairs/", any_size(2)),
    Page("chair page again, unchanged data", "{chair}", any_size(2)),
]
GOAL_NOT_MODIFIED = 1.8
GOAL_MEMORY = 130
