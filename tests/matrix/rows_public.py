"""The public pages, and those on which a person signs in."""

from tests.matrix.expect import EVERYBODY, SIGN_IN, SIGNED_IN, Row, answers, public, signed_in
from tests.personas import ANONYMOUS

NOT_SIGNED_IN = answers(302, (200, {ANONYMOUS}))

# For programs: these addresses name no language.
PROGRAMS = [
    Row("robots_txt", public()),
    Row("sitemap", public()),
    Row("sitemap_section", public(), args=lambda w: ["chairs"]),
    Row("sitemap_section", public(404), args=lambda w: ["secrets"], about="unknown"),
    # Made at night.
    Row("open_data_zip", public(404)),
    Row("open_data_catalogue", public()),
    Row("short_link", public(302), args=lambda w: [w.chair.pk]),
    Row("short_link", public(404), args=lambda w: [w.chairs["draft"].pk], about="of a draft"),
    Row("photographs:file", public(), args=lambda w: [w.person.pk, 96]),
    Row("photographs:file", public(404), args=lambda w: [w.person.pk, 97], about="of another size"),
    Row("security_txt", public()),
    # Of a log that has no head yet there is nothing to read.
    Row("transparency_machines:checkpoint", public(404)),
    Row("transparency_machines:tile", public(404), args=lambda w: [0, 0]),
    Row("transparency_machines:partial_tile", public(404), args=lambda w: [0, 0, 9]),
    Row("transparency_machines:proof", public(404), args=lambda w: ["0" * 64]),
    Row("transparency_machines:add_checkpoint", public(405), public(400)),
    Row("healthz", public()),
    Row("readyz", public()),
    # Where a provider sends people back to: in the language in which they left, which is of this one's session.
    Row("identity_callback", public(400), args=lambda w: ["campus"], query="?code=%00&state=%27"),
    Row("set_language", public(302), public(302), data=lambda w: {"language": "fr"}),
]

SITE = [
    Row("chairs:home", public()),
    Row("accessibility", public()),
    Row("privacy", public()),
    Row("legal", public()),
    Row("eco_design", public()),
    Row("data", public()),
    Row("transparency:log", public()),
    Row("style", public()),
]

DIRECTORY = [
    Row("clusters:list", public()),
    Row("chairs:compare_clusters", public()),
    Row("chairs:compare_clusters", public(), query="?sort=%00%27", about="nonsense"),
    Row("clusters:detail", public(), args=lambda w: ["here"]),
    Row("clusters:detail", public(404), args=lambda w: ["nowhere"], about="unknown"),
    Row("clusters:training_list", public()),
    Row("clusters:training_list", public(), query="?q=%00%27&level=wizard&language=xx&theme=/&industry=no&page=-1&sort=x", about="nonsense"),
    Row("clusters:training_detail", public(), args=lambda w: [w.programme.slug]),
    Row("clusters:training_detail", public(404), args=lambda w: [w.draft_programme.slug], about="of a draft"),
    Row("chairs:list", public()),
    Row("chairs:list", public(), query="?q=%00%27&cluster=nowhere&page=-1&sort=x&kind=&open=maybe&colour=red", about="nonsense"),
    Row("chairs:suggestions", public(), query="?q=rob", is_fragment=True),
    Row("chairs:suggestions", public(), query="?q=%00%27&page=-1", about="nonsense", is_fragment=True),
    Row("chairs:detail", public(), args=lambda w: ["here", w.chair.slug]),
    Row("chairs:detail", public(404), args=lambda w: ["elsewhere", w.chair.slug], about="under another cluster"),
    *(
        Row("chairs:detail", public(404), args=lambda w, s=status: ["here", w.chairs[s].slug], about=status)
        for status in ("draft", "submitted", "changes_requested")
    ),
    *(
        Row("chairs:detail", public(), args=lambda w, s=status: ["here", w.chairs[s].slug], about=status)
        for status in ("approved", "active", "suspended")
    ),
    Row("chairs:output_list", public()),
    Row("chairs:output_list", public(), query="?q=%00%27&cluster=nowhere&kind=poem&year=x&page=-1&sort=x", about="nonsense"),
    Row("chairs:chair_output_list", public(), args=lambda w: ["here", w.chair.slug], query="?page=x"),
    Row("chairs:chair_output_list", public(404), args=lambda w: ["here", w.chairs["draft"].slug], about="of a draft"),
    Row("chairs:person_list", public()),
    Row("chairs:person_list", public(), query="?q=%00&page=x&letter=%27", about="nonsense"),
    Row("chairs:person_detail", public(), args=lambda w: [w.person.slug]),
    Row("chairs:institution_list", public()),
    Row("chairs:institution_detail", public(), args=lambda w: [w.institution.slug]),
    Row("chairs:start_up_list", public()),
    Row("chairs:start_up_list", public(), query="?q=%00%27&cluster=nowhere&stage=x&founded=2091&alive=maybe&page=-1&sort=x", about="nonsense"),
    Row("chairs:start_up_detail", public(), args=lambda w: ["start-up-here"]),
    Row("chairs:start_up_detail", public(404), args=lambda w: [w.start_up.slug], about="not published"),
    Row("chairs:opportunities", public()),
    Row("collaborations:list", public()),
    Row("collaborations:list", public(), query="?q=%00%27&cluster=nowhere&country=XX&year=x&kind=poem&page=-1&sort=x", about="nonsense"),
    Row("collaborations:detail", public(), args=lambda w: [w.collaboration.slug]),
    Row("collaborations:detail", public(404), args=lambda w: [w.secret_collaboration.slug], about="not public"),
    Row("collaborations:detail", public(404), args=lambda w: ["no-such-one"], about="unknown"),
    Row("sponsorships:support", public()),
    Row("sponsorships:support", public(), query="?q=%00%27&budget=x&start=y&theme=z&region=%00&regime=q&page=-1", about="nonsense"),
    Row("sponsorships:partner_list", public()),
    Row("sponsorships:partner_list", public(), query="?q=%00%27&page=x&colour=red", about="nonsense"),
    Row("sponsorships:partner_detail", public(), args=lambda w: [w.sponsor.slug]),
    Row("sponsorships:partner_detail", public(404), args=lambda w: [w.company.slug], about="not named"),
    Row("sponsorships:partner_logo", public(404), args=lambda w: [w.company.slug], about="not named"),
    Row("sponsorships:agreement_check", public(), public(), data=lambda w: {"sha256": w.papers["bound"].sha256}),
]  # fmt: skip

SIGN_IN_PAGES = [
    Row("account_login", NOT_SIGNED_IN),
    Row("account_signup", NOT_SIGNED_IN),
    Row("account_request_login_code", NOT_SIGNED_IN),
    Row("account_reset_password", public()),
    Row("account_reset_password_done", public()),
    Row("account_reset_password_from_key", public(), args=lambda w: ["1", "set-password"]),
    Row("account_reset_password_from_key_done", public()),
    Row("account_confirm_login_code", answers(302, (302, EVERYBODY))),
    Row("account_email_verification_sent", signed_in(302)),
    Row("account_inactive", public()),
    Row("account_logout", answers(200, (302, {ANONYMOUS}))),
    Row("account_reauthenticate", signed_in()),
    Row("account_email", signed_in()),
    Row("account_change_password", signed_in()),
    Row("account_set_password", answers(302)),
    Row("mfa_index", signed_in()),
    Row("mfa_authenticate", answers(302, (302, SIGNED_IN))),
    Row("mfa_reauthenticate", signed_in(302)),
    # Both ask for the password again first.
    Row("mfa_activate_totp", signed_in(302)),
    Row("mfa_deactivate_totp", signed_in(404)),
    Row("mfa_list_webauthn", signed_in()),
    Row("mfa_add_webauthn", signed_in(302)),
    Row("mfa_edit_webauthn", signed_in(302), args=lambda w: [0]),
    Row("mfa_remove_webauthn", signed_in(302), args=lambda w: [0]),
    Row("mfa_reauthenticate_webauthn", signed_in(302)),
    Row("mfa_login_webauthn", answers(302)),
    Row("mfa_view_recovery_codes", signed_in(404)),
    Row("mfa_generate_recovery_codes", signed_in(302)),
    Row("mfa_download_recovery_codes", signed_in(404)),
    Row("usersessions_list", signed_in()),
    Row("identities", signed_in()),
    Row("identity_end", signed_in(404), args=lambda w: [0]),
    Row("identity_begin", public(405), args=lambda w: ["campus"]),
    Row("identity_begin", public(405), public(404), args=lambda w: ["nowhere"], about="unknown"),
    Row("socialaccount_signup", answers(SIGN_IN)),
    Row("after_login", signed_in(302)),
    Row("profile", signed_in()),
]
