from allauth.account import views as account
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.urls import include, path, re_path

from accounts import views
from accounts.views import in_one_transaction

# Included before allauth's URLs, so that a page here replaces allauth's page of the same name.
urlpatterns = [
    path("welcome/", views.after_login, name="after_login"),
    path("profile/", views.profile, name="profile"),
    path("signup/", views.SignupView.as_view(), name="account_signup"),
    path(
        "confirm-email/",
        in_one_transaction(account.email_verification_sent),
        name="account_email_verification_sent",
    ),
    path("email/", in_one_transaction(account.email), name="account_email"),
    path("password/change/", in_one_transaction(account.password_change), name="account_change_password"),
    path("password/set/", in_one_transaction(account.password_set), name="account_set_password"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        in_one_transaction(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("2fa/totp/activate/", views.ActivateTOTPView.as_view(), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", in_one_transaction(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/webauthn/add/", views.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/edit/", in_one_transaction(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "2fa/webauthn/keys/<int:pk>/remove/", in_one_transaction(webauthn.remove_webauthn), name="mfa_remove_webauthn"
    ),
    path("2fa/webauthn/login/", in_one_transaction(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("2fa/recovery-codes/", views.ViewRecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", views.GenerateRecoveryCodesView.as_view(), name="mfa_generate_recovery_codes"),
]

if settings.IDENTITY_PROVIDERS:
    urlpatterns.append(path("", include("accounts.identities.urls")))
