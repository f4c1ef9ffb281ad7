"""The areas: modules to mutate, and the tests that must fail."""

from dataclasses import dataclass

# What takes long runs at an eighth of the commits only: a mistake is to be noticed by what runs at each.
NOTICES = "not audit and not exhaustive and not browser"


@dataclass(frozen=True)
class Area:
    modules: tuple[str, ...]
    tests: tuple[str, ...]


AREAS = {
    "composition": Area(
        ("chairs/composition.py", "chairs/conformity.py"),
        (
            "tests/chairs/test_composition.py",
            "tests/chairs/test_conformity.py",
            "tests/chairs/test_approved_under_a_rule.py",
            "tests/chairs/admin/test_admin_composition.py",
        ),
    ),
    "money": Area(
        (
            "core/money.py",
            "chairs/shares.py",
            "sponsorships/accounting/activity_money.py",
            "sponsorships/accounting/chair_money.py",
            "sponsorships/accounting/closed_years.py",
            "sponsorships/accounting/conditions.py",
            "sponsorships/accounting/due_dates.py",
            "sponsorships/accounting/figures.py",
            "sponsorships/accounting/hash_chain.py",
            "sponsorships/accounting/in_kind.py",
            "sponsorships/accounting/invoice_numbers.py",
            "sponsorships/accounting/posting.py",
            "sponsorships/accounting/promises.py",
            "sponsorships/accounting/receipts.py",
            "sponsorships/accounting/schedule.py",
            "sponsorships/accounting/sums.py",
            "sponsorships/accounting/vat.py",
            "sponsorships/accounting/verbs.py",
        ),
        (
            "tests/sponsorships/accounting",
            "tests/sponsorships/admin",
            "tests/sponsorships/agreements/test_amendments.py",
            "tests/sponsorships/agreements/test_ending.py",
            "tests/sponsorships/matching",
            "tests/sponsorships/test_receipts.py",
            "tests/sponsorships/test_remaining.py",
            "tests/sponsorships/test_my_instalments.py",
            "tests/chairs/test_shares.py",
            "tests/chairs/test_activities.py",
            "tests/chairs/test_chair_detail_funding.py",
            "tests/chairs/test_opportunities.py",
            "tests/lifecycle/test_perform.py",
            "tests/core/test_euro_field.py",
            "tests/figures/test_sums.py",
        ),
    ),
    "permissions": Area(
        (
            "chairs/perms.py",
            "clusters/perms.py",
            "clusters/scopes.py",
            "clusters/staff.py",
            "conversations/perms.py",
            "partners/perms.py",
            "progress/perms.py",
            "rights/perms.py",
            "sponsorships/perms.py",
            "yearly/perms.py",
        ),
        (
            "tests/lifecycle",
            "tests/accounts/test_second_factor.py",
            "tests/chairs/admin/test_admin_affiliation.py",
            "tests/chairs/admin/test_admin_scope.py",
            "tests/chairs/test_activities.py",
            "tests/clusters",
            "tests/conversations",
            "tests/core/test_merging.py",
            "tests/desk/test_standing_in.py",
            "tests/partners",
            "tests/progress",
            "tests/rights/test_about_me.py",
            "tests/sponsorships/test_four_eyes.py",
            "tests/sponsorships/test_whose_words.py",
            "tests/yearly",
            "tests/matrix/test_lists_taken_out.py",
            "tests/matrix/test_matrix.py",
        ),
    ),
    "publication": Area(
        (
            "figures/scopes.py",
            "sponsorships/models/sponsorship_queryset.py",
            "sponsorships/publication.py",
            "sponsorships/published.py",
        ),
        (
            "tests/sponsorships/test_publication_page.py",
            "tests/sponsorships/test_offer_wording.py",
            "tests/sponsorships/test_partner_pages.py",
            "tests/sponsorships/test_whose_words.py",
            "tests/figures/test_dated.py",
            "tests/figures/test_past_stays.py",
            "tests/figures/test_public_figures.py",
            "tests/figures/test_same_figures.py",
            "tests/figures/test_single_figures.py",
            "tests/figures/test_words_of_readers.py",
            "tests/chairs/test_chair_then.py",
            "tests/portal",
            "tests/matrix/test_publication.py",
        ),
    ),
}
