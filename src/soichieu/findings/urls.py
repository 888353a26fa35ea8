"""Addresses of this room."""

from django.urls import path

from soichieu.findings.views import finding, findings

app_name = "findings"
urlpatterns = [
    path("findings/", findings.findings, name="findings"),
    path("findings/follow-up/", findings.following, name="follow-up"),
    path("findings/<str:key>/", finding.finding, name="finding"),
]
