"""Addresses of this room."""

from django.urls import path

from soichieu.conferences.live import admission
from soichieu.conferences.views import register
from soichieu.conferences.views.faces import chair, hall, secretary, site

app_name = "conferences"
urlpatterns = [
    path("conferences/", register.conferences, name="conferences"),
    path("conferences/<slug:key>/chair/", chair.chair, name="chair"),
    path("conferences/<slug:key>/secretary/", secretary.secretary, name="secretary"),
    path("conferences/<slug:key>/hall/", hall.hall, name="hall"),
    path("conferences/<slug:key>/site/<slug:site>/", site.site, name="site"),
    path("conferences/<slug:key>/site/<slug:site>/lite/", site.lite, name="site-lite"),
    path("live/conference/<str:key>/<slug:face>/", admission.stream, name="live"),
]
