from django.urls import path

from partners.views import colleagues, organisations

app_name = "partners"
urlpatterns = [
    # My organisations.
    path("my/partners/new/", organisations.register, name="new"),
    path("my/partners/<slug:slug>/", organisations.colleagues, name="detail"),
    path("my/partners/<slug:slug>/details/", organisations.details, name="edit"),
    path("my/partners/<slug:slug>/<int:pk>/admit/", organisations.admit, name="contact_admit"),
    path("my/partners/<slug:slug>/<int:pk>/refuse/", organisations.refuse, name="contact_refuse"),
    path("my/partners/<slug:slug>/invite/", colleagues.invite, name="colleague_invite"),
    path("my/partners/<slug:slug>/invitations/<int:pk>/cancel/", colleagues.cancel, name="invitation_cancel"),
    path("my/partners/<slug:slug>/<int:pk>/roles/", colleagues.roles, name="colleague_roles"),
    path("my/partners/<slug:slug>/<int:pk>/remove/", colleagues.remove, name="colleague_remove"),
    path("my/invitations/<str:token>/", colleagues.invitation, name="invitation"),
]
