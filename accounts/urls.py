from django.urls import path

from accounts import views

# Before the library's own addresses: what stands here takes the place of its page of the same name.
urlpatterns = [
    path("welcome/", views.after_login, name="after_login"),
    path("profile/", views.profile, name="profile"),
    path("2fa/totp/activate/", views.ActivateTOTPView.as_view(), name="mfa_activate_totp"),
    path("2fa/recovery-codes/", views.ViewRecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", views.GenerateRecoveryCodesView.as_view(), name="mfa_generate_recovery_codes"),
]
