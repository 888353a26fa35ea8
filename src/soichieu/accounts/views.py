"""Sign in, sign out, choose the post to work in, change the password."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from soichieu.accounts import acting, queries
from soichieu.accounts.forms import PostForm, SignInForm


def _next(request: HttpRequest) -> str:
    """Where to go afterwards: an address of this site that was asked for, else home."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"


@sensitive_post_parameters("password")
@never_cache
@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; on a demonstration with its accounts."""
    if request.user.is_authenticated and request.method != "POST":
        return redirect(_next(request))
    form = SignInForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and form.is_valid() and form.account is not None:
        login(request, form.account)
        possible = acting.choices_of(form.account)
        if possible:
            acting.choose(request, possible[0])
        if len(possible) > 1:
            answer = redirect("accounts:post")
            answer["Location"] += f"?{_query(_next(request))}"
            return answer
        return redirect(_next(request))
    offered, password = queries.demonstration_accounts()
    context = {"form": form, "next": _next(request), "offered": offered, "password": password}
    return render(request, "accounts/sign_in.html", context, status=422 if form.errors else 200)


def _query(address: str) -> str:
    return urlencode({"next": address})


@require_POST
@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    messages.success(request, _("You are signed out."))
    return redirect("accounts:sign-in")


@never_cache
def post(request: HttpRequest) -> HttpResponse:
    """Choose the post to work in, one's own or one on whose behalf one acts."""
    possible = acting.choices_of(request.user)  # type: ignore[arg-type]
    words = [(choice.value, choice.words) for choice in possible]
    now = acting.current(request)
    form = PostForm(
        request.POST if request.method == "POST" else None,
        possible=possible,
        words=words,
        initial={"post": now.value if now else None},
    )
    if request.method == "POST" and form.is_valid():
        acting.choose(request, form.choice)
        return redirect(_next(request))
    context = {"form": form, "possible": possible, "next": _next(request)}
    return render(request, "accounts/post.html", context, status=422 if form.errors else 200)


@sensitive_post_parameters()
@never_cache
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    form = PasswordChangeForm(request.user, request.POST if request.method == "POST" else None)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, form.user)
        messages.success(request, _("The password is changed."))
        return redirect("/")
    return render(request, "accounts/password.html", {"form": form}, status=422 if form.errors else 200)
