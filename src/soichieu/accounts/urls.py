"""Addresses of sign-in."""

from django.urls import path

from soichieu.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in", views.sign_in, name="sign-in"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("account/post", views.post, name="post"),
    path("account/password", views.password, name="password"),
]
