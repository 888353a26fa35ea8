"""Addresses of this room."""

from django.urls import path

from soichieu.links.views import matrix, questions, table

app_name = "links"
urlpatterns = [
    path("soi-chieu/matrix/<int:pk>/", matrix.matrix, name="matrix"),
    path("soi-chieu/provision/<str:key>/", matrix.provision, name="provision"),
    path("soi-chieu/questions/", questions.questions, name="questions"),
    path("soi-chieu/questions/<int:pk>/", questions.question, name="question"),
    path("soi-chieu/ask/<str:first>/<str:second>/", questions.ask, name="ask"),
    path("soi-chieu/", table.tables, name="tables"),
    path("soi-chieu/<str:key>/<int:pk>/", table.light_table, name="table"),
    path("soi-chieu/<str:key>/<int:pk>/decide/", table.decide, name="decide"),
]
