"""Addresses of the register."""

from django.urls import path

from soichieu.documents import upload_views, views

app_name = "documents"
urlpatterns = [
    path("documents/", views.register, name="register"),
    path("documents/search/", views.search, name="search"),
    path("documents/register/", upload_views.new, name="new"),
    path("documents/receive/", views.receive_by_number, name="receive-by-number"),
    path("documents/uploads/<int:pk>/", upload_views.upload, name="upload"),
    path("documents/uploads/<int:pk>/place/", upload_views.place, name="upload-place"),
    path("documents/uploads/<int:pk>/confirm/", upload_views.confirm, name="upload-confirm"),
    path("documents/uploads/<int:pk>/discard/", upload_views.discard, name="upload-discard"),
    path("documents/files/<str:sha256>/", views.file, name="file"),
    path("documents/place/<str:key>/", views.place, name="place"),
    path("documents/citations/<int:pk>/settle/", views.settle, name="settle"),
    path("documents/<int:pk>/", views.document, name="document"),
    path("documents/<int:pk>/editions/<int:ordinal>/", views.document, name="edition"),
    path("documents/<int:pk>/editions/<int:ordinal>/mend/", upload_views.mend, name="mend"),
    path("documents/<int:pk>/read/", upload_views.read, name="read"),
    path("documents/<int:pk>/compare/", views.compare, name="compare"),
    path("documents/<int:pk>/links/", views.link, name="link"),
    path("documents/<int:pk>/receive/", views.receive, name="receive"),
]
