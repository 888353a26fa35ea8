"""Addresses of this room."""

from django.urls import path

from soichieu.conferences.live import admission
from soichieu.conferences.views import (
    after,
    agenda,
    closing,
    conclusions,
    cuts,
    entries,
    prepare,
    register,
    sheet,
    sites,
    statements,
)
from soichieu.conferences.views import site as site_sheet
from soichieu.conferences.views.faces import chair, hall, secretary, site

app_name = "conferences"
urlpatterns = [
    path("conferences/", register.conferences, name="conferences"),
    path("conferences/new/", register.new, name="new"),
    path("conferences/<slug:key>.json", sheet.as_json, name="json"),
    path("conferences/<slug:key>.ics", sheet.as_ics, name="ics"),
    path("conferences/<slug:key>/", sheet.conference, name="conference"),
    path("conferences/<slug:key>/change/", sheet.change, name="change"),
    path("conferences/<slug:key>/book/", entries.book, name="book"),
    path("conferences/<slug:key>/prepare/", prepare.prepare, name="prepare"),
    path("conferences/<slug:key>/sites/", sites.sites, name="sites"),
    path("conferences/<slug:key>/sites/<slug:site>/", site_sheet.site, name="site-sheet"),
    path("conferences/<slug:key>/agenda/", agenda.agenda, name="agenda"),
    path("conferences/<slug:key>/statements/", statements.listed, name="statements"),
    path("conferences/<slug:key>/statements/<slug:statement>/", statements.statement, name="statement"),
    path("conferences/<slug:key>/statements/<slug:statement>/file/", statements.statement_file, name="statement-file"),
    path("conferences/<slug:key>/cuts/", cuts.cuts, name="cuts"),
    path("conferences/<slug:key>/cuts/<slug:cut>/", cuts.cut, name="cut"),
    path("conferences/<slug:key>/conclusions/", conclusions.conclusions, name="conclusions"),
    path("conferences/<slug:key>/papers/", closing.papers, name="papers"),
    path("conferences/<slug:key>/papers/<slug:kind>.docx", closing.paper, name="paper"),
    path("conferences/<slug:key>/notice/", closing.notice, name="notice"),
    path("conferences/<slug:key>/after/", after.after, name="after"),
    path("conferences/<slug:key>/after/tasks/", after.tasks, name="after-tasks"),
    path("conferences/<slug:key>/chair/", chair.chair, name="chair"),
    path("conferences/<slug:key>/secretary/", secretary.secretary, name="secretary"),
    path("conferences/<slug:key>/hall/", hall.hall, name="hall"),
    path("conferences/<slug:key>/site/<slug:site>/", site.site, name="site"),
    path("conferences/<slug:key>/site/<slug:site>/lite/", site.lite, name="site-lite"),
    path("live/conference/<str:key>/<slug:face>/", admission.stream, name="live"),
]
