"""Every address of the site; each room brings its own file."""

from django.urls import include, path

urlpatterns = [
    path("", include("soichieu.web.urls")),
    path("", include("soichieu.accounts.urls")),
    path("", include("soichieu.documents.urls")),
    path("", include("soichieu.board.urls")),
    path("", include("soichieu.links.urls")),
    path("", include("soichieu.findings.urls")),
    path("", include("soichieu.directives.urls")),
    path("", include("soichieu.plans.urls")),
    path("", include("soichieu.conferences.urls")),
    path("", include("soichieu.exchange.urls")),
]

handler400 = "soichieu.web.views.bad_request"
handler403 = "soichieu.web.views.forbidden"
handler404 = "soichieu.web.views.not_found"
handler500 = "soichieu.web.views.server_error"
