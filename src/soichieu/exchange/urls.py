"""Addresses of this room."""

from django.urls import path

from soichieu.exchange import views

app_name = "exchange"
urlpatterns = [path("exchange/open-book/", views.open_book, name="open-book")]
