"""The desk's pages, under the panel's prefix. Include these before the panel's own."""

from django.urls import path

from desk.views import calendar, record, stand_ins, tasks

app_name = "panel_desk"
urlpatterns = [
    path("", tasks.mine, name="mine"),
    path("team/", tasks.team, name="team"),
    path("changes/", tasks.changed, name="changes"),
    path("stand-ins/", stand_ins.stand_ins, name="stand_ins"),
    path("stand-ins/<slug:slug>/name/", stand_ins.name, name="name_stand_in"),
    path("stand-ins/<int:pk>/end/", stand_ins.end, name="end_stand_in"),
    path("stand-ins/<int:pk>/act/", stand_ins.act, name="act_for"),
    path("stand-ins/stop/", stand_ins.stop, name="stop_acting"),
    path("calendar/", calendar.month, name="calendar"),
    path("calendar/address/", calendar.address, name="calendar_address"),
    path("<slug:app>/<slug:model>/<int:pk>/", record.task, name="task"),
    path("<slug:app>/<slug:model>/<int:pk>/take/", record.take, name="take"),
    path("<slug:app>/<slug:model>/<int:pk>/give-back/", record.give_back, name="give_back"),
    path("<slug:app>/<slug:model>/<int:pk>/assign/", record.assign, name="assign"),
    path("<slug:app>/<slug:model>/<int:pk>/note/", record.note, name="note"),
    path("<slug:app>/<slug:model>/<int:pk>/remind/", record.remind, name="remind"),
]
