"""Only where a provider is configured: what speaks with one is not loaded otherwise."""

from django.urls import path

from accounts.identities import views

urlpatterns = [
    path("logout/", views.LogoutView.as_view(), name="account_logout"),
    path("with/", views.identities, name="identities"),
    path("with/new/", views.SignupView.as_view(), name="socialaccount_signup"),
    path("with/<int:pk>/end/", views.end, name="identity_end"),
    path("with/<slug:provider>/", views.begin, name="identity_begin"),
]
# At one address for all languages: the providers have it on their lists.
without_language = [path("with/<slug:provider>/back/", views.callback, name="identity_callback")]
