"""The frame around every page: who may come in, what it says of itself, its menu, its policy, its errors."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from soichieu.accounts.models import Account
from soichieu.organisation.askers import Asker
from soichieu.web import instance_flags, navigation, routes, views
from soichieu.web.models import InstanceFlag
from soichieu.web.visitors import visitor_address

PACKAGE = Path(views.__file__).parent.parent


def raises(error: BaseException) -> Any:
    def view(request: HttpRequest) -> Any:
        raise error

    return view


urlpatterns = [
    *__import__("soichieu.urls", fromlist=["urlpatterns"]).urlpatterns,
    path("broken/400", raises(SuspiciousOperation("no")), name="broken-400"),
    path("broken/403", raises(PermissionDenied("Chỉ đơn vị chủ trì được ghi dòng này.")), name="broken-403"),
    path("broken/404", raises(Http404()), name="broken-404"),
    path("broken/500", raises(RuntimeError("secret inside")), name="broken-500"),
]
handler400, handler403 = views.bad_request, views.forbidden
handler404, handler500 = views.not_found, views.server_error


@pytest.fixture
def account(db: None) -> Account:
    return Account.objects.create_user("chi-an", "mat-khau-dai-lam")


@pytest.fixture
def client(account: Account) -> Client:
    client = Client(headers={"accept-language": "vi"}, raise_request_exception=False)
    client.force_login(account)
    return client


def test_every_route_has_a_name() -> None:
    assert [route.pattern for route in routes.routes() if not route.name] == []


def test_only_the_doors_are_open_to_nobody() -> None:
    open_to_all = {route.name for route in routes.routes() if route.public}
    assert open_to_all == {
        "web:about", "web:health", "web:set-language", "web:light", "accounts:sign-in", "accounts:sign-out",
    }  # fmt: skip


@pytest.mark.django_db
def test_nobody_is_taken_to_the_sign_in_page_and_back() -> None:
    answer = Client().get("/about/components?q=a")
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in?next=/about/components%3Fq%3Da"


@pytest.mark.django_db
def test_a_part_of_a_page_takes_the_whole_page_to_the_sign_in() -> None:
    answer = Client().get(
        "/about/components?sort=x",
        headers={"hx-request": "true", "hx-current-url": "http://testserver/about/components?q=a", "hx-target": "x"},
    )
    assert answer["HX-Redirect"].startswith("/sign-in?next=/about/components")


def test_a_demonstration_says_so_on_every_page(client: Client) -> None:
    assert "Dữ liệu minh họa" not in client.get("/about").content.decode()
    instance_flags.set_flag(instance_flags.DEMONSTRATION)
    for address in ("/about", "/about/components", "/account/post", "/account/password", "/no-such-page"):
        assert "Dữ liệu minh họa" in client.get(address).content.decode(), address
    assert "Dữ liệu minh họa" in Client(headers={"accept-language": "vi"}).get("/sign-in").content.decode()


@pytest.mark.django_db
def test_what_an_instance_said_of_itself_stands_for_ever() -> None:
    instance_flags.set_flag("injected_clock")
    instance_flags.set_flag("injected_clock")
    flag = InstanceFlag.objects.get()
    with pytest.raises(TypeError):
        flag.save()
    with pytest.raises(TypeError):
        flag.delete()
    with pytest.raises(TypeError):
        InstanceFlag.objects.all().delete()
    with pytest.raises(TypeError):
        InstanceFlag.objects.update(value="no")


def test_the_policy_refuses_inline_style_and_script(client: Client) -> None:
    policy = client.get("/about")["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy


def test_no_template_holds_an_inline_style_script_or_foreign_address() -> None:
    wrong = re.compile(
        r"""\sstyle\s*=\s*["']|<style[\s>]|<script(?![^>]*\ssrc=)|<\w[^>{%]*\son[a-z]+\s*=|javascript:|hx-on|(?:src|href)="https?://"""
    )
    found = [
        f"{template.relative_to(PACKAGE)}: {match[0]}"
        for template in PACKAGE.glob("**/templates/**/*.html")
        for match in wrong.finditer(template.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_template_writes_a_number_with_separators_where_a_machine_reads_it() -> None:
    """In an attribute 15004 is 15004: with the separators of the language it is no selector, no key and no number."""
    attribute = re.compile(
        r"""\b(?:id|name|value|href|for|max|list|data-\w+|hx-[\w-]+|aria-\w+by)="((?:\{%.*?%\}|[^"])*)\""""
    )
    number = re.compile(
        r"\{\{\s*((?:\w+\.)*(?:pk|version|ordinal|position|page|counter0?|\w*seen)|(?:view|unit)\.id|one\.unit)"
        r"(?:\|add:-?\d+)?\s*\}\}"
    )
    # Counted within one form or one page of at most some hundreds, or text already.
    small = {"forloop.counter", "forloop.counter0", "seen"}
    found = [
        f"{template.relative_to(PACKAGE)}: {written[0]}"
        for template in PACKAGE.glob("**/templates/**/*.html")
        for match in attribute.finditer(template.read_text(encoding="utf-8"))
        for written in number.finditer(match[1])
        if written[1] not in small
    ]
    assert found == []


def test_the_styles_come_from_here_alone_and_stay_readable() -> None:
    for style in (PACKAGE / "web" / "static").glob("**/*.css"):
        text = style.read_text(encoding="utf-8")
        assert "@import" not in text and "http" not in text and "@font-face" not in text, style.name
        assert text.count("\n") < 400, style.name


def test_the_language_is_the_readers(client: Client) -> None:
    assert 'lang="vi"' in client.get("/about").content.decode()
    client.post("/language", {"language": "en", "next": "/about"})
    shown = client.get("/about").content.decode()
    assert 'lang="en"' in shown and "Skip to the main content" in shown


def test_the_lamp_is_turned_down_for_one_browser(client: Client) -> None:
    answer = client.post("/light", {"light": "dim", "next": "/about"})
    assert answer["Location"] == "/about"
    assert 'data-light="dim"' in client.get("/about").content.decode()
    client.post("/light", {"light": "", "next": "/about"})
    assert "data-light" not in client.get("/about").content.decode()
    assert client.post("/light", {"light": "dim", "next": "https://elsewhere.example/"})["Location"] == "/"


def test_an_address_for_forms_alone_leads_to_the_page_above_it(client: Client) -> None:
    page = {"accept": "text/html,application/xhtml+xml"}
    for address, above in {
        "/documents/uploads/2/confirm/?at=1": "/documents/uploads/2/",
        "/documents/citations/4/settle/": "/documents/",
        "/light": "/",
    }.items():
        assert client.get(address).status_code == 405
        answer = client.get(address, headers=page)
        assert (answer.status_code, answer["Location"]) == (302, above)


def test_the_switches_come_back_to_the_page_from_which_a_form_was_sent(client: Client) -> None:
    def back(**headers: str) -> list[str]:
        shown = client.post("/documents/receive/", headers=headers).content.decode()
        return re.findall(r'name="next" value="([^"]*)"', shown)

    assert back(referer="http://testserver/documents/new/?line=party") == ["/documents/new/?line=party"] * 2
    assert back(referer="https://elsewhere.example/") == back() == ["/documents/receive/"] * 2


@override_settings(ROOT_URLCONF="tests.web.test_shell")
@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "Không đọc được yêu cầu này"),
        (403, "Chỉ đơn vị chủ trì được ghi dòng này."),
        (404, "Không có trang này"),
        (500, "Có lỗi ở đây"),
    ],
)
def test_an_error_says_what_and_what_to_do(client: Client, status: int, words: str) -> None:
    answer = client.get(f"/broken/{status}")
    shown = answer.content.decode()
    assert answer.status_code == status
    assert words in shown and "Về trang đầu" in shown
    assert "secret inside" not in shown


def test_a_form_that_carries_too_much_is_told_how_much_it_may(client: Client) -> None:
    body = b"username=" + b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    answer = client.post("/light", body, content_type="application/x-www-form-urlencoded")
    shown = answer.content.decode()
    assert answer.status_code == 413
    assert "10,0" in shown and "MB" in shown and "Hãy quay lại" in shown


@pytest.mark.parametrize(
    ("asked", "words"),
    [("10.0.0.5:8104", "Bạn vào bằng 10.0.0.5,"), ("<b>!", "không đầy đủ"), ("soichieu.bo-x.vn", "soichieu.bo-x.vn")],
)
def test_a_name_that_the_instance_was_not_given_is_no_fault_of_the_server(
    client: Client, caplog: pytest.LogCaptureFixture, asked: str, words: str
) -> None:
    answer = client.get("/sign-in", headers={"host": asked})
    shown = answer.content.decode()
    assert answer.status_code == 400
    assert words in shown and "SOICHIEU_HOSTS" in shown and "<b>!" not in shown
    said = [one for one in caplog.records if one.name == "django.security.DisallowedHost"]
    assert len(said) == 1 and said[0].exc_info is None
    assert repr(asked) in said[0].getMessage() and "SOICHIEU_HOSTS" in said[0].getMessage()
    assert "ALLOWED_HOSTS" not in said[0].getMessage()


def test_a_form_that_grew_too_old_is_explained(account: Account) -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "vi"})
    answer = client.post("/sign-in", {"username": "x", "password": "y"})
    assert answer.status_code == 403 and "Biểu mẫu đã quá cũ" in answer.content.decode()


def _from_origin(origin: str, **heads: str) -> Any:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "vi"})
    form = client.get("/sign-in", headers=heads).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert token is not None
    sent = {"username": "chi-an", "password": "mat-khau-dai-lam", "csrfmiddlewaretoken": token[1]}
    return client.post("/sign-in", sent, headers={"origin": origin, "host": "localhost", **heads})


def test_a_form_from_an_address_that_is_not_known_names_the_settings_for_a_proxy(account: Account) -> None:
    answer = _from_origin("https://localhost", **{"x-forwarded-proto": "https"})
    shown = answer.content.decode()
    assert answer.status_code == 403
    assert "https://localhost" in shown and "SOICHIEU_PROXY=1" in shown and "SOICHIEU_ORIGINS" in shown
    assert "Biểu mẫu đã quá cũ" not in shown


def test_a_proxy_is_believed_only_where_the_instance_stands_behind_one(account: Account) -> None:
    with override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")):
        assert _from_origin("https://localhost", **{"x-forwarded-proto": "https"}).status_code == 302
        assert _from_origin("https://elsewhere.example", **{"x-forwarded-proto": "https"}).status_code == 403
    with override_settings(CSRF_TRUSTED_ORIGINS=["https://soichieu.bo-x.vn"]):
        assert _from_origin("https://soichieu.bo-x.vn").status_code == 302


def test_the_address_of_a_visitor_is_what_the_proxy_says_last_and_only_behind_one() -> None:
    request = RequestFactory().get("/", headers={"x-forwarded-for": "10.9.9.9, 10.0.0.7"}, REMOTE_ADDR="127.0.0.1")
    assert visitor_address(request) == "127.0.0.1"
    with override_settings(BEHIND_PROXY=True):
        assert visitor_address(request) == "10.0.0.7"
        assert visitor_address(RequestFactory().get("/", REMOTE_ADDR="10.0.0.8")) == "10.0.0.8"


@pytest.mark.django_db
def test_health_answers_without_anybody() -> None:
    assert Client().get("/health").json() == {"ok": True}


@pytest.fixture
def menu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_items", {})
    monkeypatch.setattr(navigation, "_homes", {})
    navigation.register("about", "About", "web:about", 20)
    navigation.register("gallery", "Gallery", "web:components", 10, roles={"head"})
    navigation.register("gone", "Gone", "nowhere:at-all", 5)


def request_of(*roles: str, at: str = "/about/components") -> HttpRequest:
    request = RequestFactory().get(at)
    request.resolver_match = None
    request.asker = Asker(1, 1, 1, frozenset(roles))  # type: ignore[attr-defined]
    return request


def test_the_menu_shows_what_a_role_has(menu: None) -> None:
    assert [link.name for link in navigation.links(request_of("head"))] == ["gallery", "about"]
    assert [link.name for link in navigation.links(request_of("observer"))] == ["about"]


def test_the_menu_marks_where_one_is(menu: None) -> None:
    assert [link.name for link in navigation.links(request_of("head")) if link.current] == ["gallery"]
    assert [link.name for link in navigation.links(request_of("observer")) if link.current] == ["about"]
    request = request_of("head")
    request.nav_current = "about"  # type: ignore[attr-defined]
    assert [link.name for link in navigation.links(request) if link.current] == ["about"]


def test_everybody_starts_where_their_role_starts(menu: None) -> None:
    navigation.register_home("web:components", 1, roles={"head"})
    assert navigation.home_url(request_of("head")) == "/about/components"
    assert navigation.home_url(request_of("observer")) == "/about"


def test_the_list_alone_is_sent_to_htmx(client: Client) -> None:
    answer = client.get("/about/components?q=an", headers={"hx-request": "true", "hx-target": "list-sample"})
    assert answer.content.decode().lstrip().startswith('<div class="list"')


def test_the_sign_in_page_names_no_account_of_a_real_instance(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(demonstration_note="Chuyên viên")
    assert "chi-an" not in Client().get("/sign-in").content.decode()


def test_a_long_menu_keeps_the_reader_in_the_bar() -> None:
    links = [navigation.Link(str(n), str(n), f"/{n}", n == 11) for n in range(12)]
    shown, hidden = navigation.in_the_bar(links)
    assert [link.name for link in shown] == ["0", "1", "2", "3", "4", "5", "6", "7", "11"]
    assert [link.name for link in hidden] == ["8", "9", "10"]
    assert navigation.in_the_bar(links[:10]) == (links[:10], [])
