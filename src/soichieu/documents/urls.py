"""Addresses of the register."""

from django.urls import path

from soichieu.documents.views import register, uploads

app_name = "documents"
urlpatterns = [
    path("documents/", register.register, name="register"),
    path("documents/search/", register.search, name="search"),
    path("documents/register/", uploads.new, name="new"),
    path("documents/receive/", register.receive_by_number, name="receive-by-number"),
    path("documents/uploads/<int:pk>/", uploads.upload, name="upload"),
    path("documents/uploads/<int:pk>/place/", uploads.place, name="upload-place"),
    path("documents/uploads/<int:pk>/confirm/", uploads.confirm, name="upload-confirm"),
    path("documents/uploads/<int:pk>/discard/", uploads.discard, name="upload-discard"),
    path("documents/files/<str:sha256>/", register.file, name="file"),
    path("documents/place/<str:key>/", register.place, name="place"),
    path("documents/citations/<int:pk>/settle/", register.settle, name="settle"),
    path("documents/<int:pk>/", register.document, name="document"),
    path("documents/<int:pk>/editions/<int:ordinal>/", register.document, name="edition"),
    path("documents/<int:pk>/editions/<int:ordinal>/mend/", uploads.mend, name="mend"),
    path("documents/<int:pk>/read/", uploads.read, name="read"),
    path("documents/<int:pk>/compare/", register.compare, name="compare"),
    path("documents/<int:pk>/links/", register.link, name="link"),
    path("documents/<int:pk>/receive/", register.receive, name="receive"),
]
