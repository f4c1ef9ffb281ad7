"""URLs that exist only where a provider is configured, so that other sites do not load the client."""

from django.urls import path

from accounts.identities import views

urlpatterns = [
    path("logout/", views.LogoutView.as_view(), name="account_logout"),
    path("with/", views.identities, name="identities"),
    path("with/new/", views.SignupView.as_view(), name="socialaccount_signup"),
    path("with/<int:pk>/end/", views.end, name="identity_end"),
    path("with/<slug:provider>/", views.begin, name="identity_begin"),
]
# Without a language prefix: the providers register this URL.
without_language = [path("with/<slug:provider>/back/", views.callback, name="identity_callback")]
