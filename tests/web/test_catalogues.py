"""Translations: the pages' texts all have one, and what is compiled is what was written."""

from __future__ import annotations

import gettext
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from soichieu.web import catalogues, messages


def test_every_text_has_a_vietnamese_translation_and_no_f_string_is_translated() -> None:
    found = list(catalogues.problems("vi"))
    assert not found, f"{len(found)} texts:\n" + "\n".join(found[:60])


def write(folder: Path, text: str) -> Path:
    path = folder / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


PO = """
# a remark
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "one"
msgstr "mô"
"̣t"

msgctxt "month"
msgid "May"
msgstr "tháng Năm"

msgid "%(n)d row"
msgid_plural "%(n)d rows"
msgstr[0] "%(n)d dòng"

#, fuzzy
msgid "unsure"
msgstr "không chắc"

msgid "not yet"
msgstr ""
"""


def test_what_is_compiled_is_what_python_reads(tmp_path: Path) -> None:
    path = write(tmp_path, PO)
    compiled = catalogues.compile_po(path)
    read = gettext.GNUTranslations(io.BytesIO(compiled.read_bytes()))
    assert read.gettext("one") == "một"
    assert read.pgettext("month", "May") == "tháng Năm"
    assert read.ngettext("%(n)d row", "%(n)d rows", 5) == "%(n)d dòng"
    assert read.gettext("unsure") == "unsure"
    assert read.gettext("not yet") == "not yet"
    assert not catalogues.outdated(tmp_path)


def test_a_catalogue_that_cannot_be_read_names_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, 'msgid "one\nmsgstr "x"\n')
    with pytest.raises(catalogues.BadCatalogue, match="line 1"):
        catalogues.read_po(path)


def test_a_changed_placeholder_is_found() -> None:
    wrong = catalogues.Message("%(n)d of %(of)d", texts=["%(n)d trên %(N)d"])
    assert "placeholders" in messages.placeholder_problem(wrong)


@pytest.mark.parametrize(
    "source",
    [
        'from django.utils.translation import gettext as _\n_(f"{x} rows")\n',
        'from django.utils.translation import ngettext\nngettext(f"{n} row", "rows", n)\n',
        'from django.utils.translation import gettext_lazy\ngettext_lazy("a" + b)\n',
    ],
)
def test_a_text_that_no_catalogue_can_hold_is_found(source: str) -> None:
    assert [use.problem for use in messages.python_uses(source, "x.py")][0]


def test_texts_of_templates_are_found_with_their_context() -> None:
    source = (
        '{% translate "a" %}{% translate "b" context "c" as d %}{{ _("e") }}'
        "{% blocktranslate count n=x %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}"
    )
    found = [(use.msgid, use.context) for use in messages.template_uses(source, "x.html")]
    assert found == [("a", None), ("b", "c"), ("e", None), ("%(n)s row", None)]


def test_a_text_that_counts_needs_a_translation_with_its_plural(tmp_path: Path) -> None:
    """The page would fall back to English: gettext keeps a text that counts under both of its forms."""
    write(tmp_path, 'msgid "and %(n)s more"\nmsgstr "và %(n)s nữa"\n')
    page = tmp_path / "templates" / "x.html"
    page.parent.mkdir()
    page.write_text("{% blocktranslate with n=x %}and {{ n }} more{% endblocktranslate %}", encoding="utf-8")
    assert not list(catalogues.problems("vi", tmp_path))
    page.write_text(
        "{% blocktranslate count n=x %}and {{ n }} more{% plural %}and {{ n }} more{% endblocktranslate %}",
        encoding="utf-8",
    )
    assert ["counts here" in one for one in catalogues.problems("vi", tmp_path)] == [True]


def test_on_the_first_start_after_an_installation_the_pages_are_in_vietnamese(tmp_path: Path) -> None:
    package = tmp_path / "soichieu"
    ignored = shutil.ignore_patterns("*.mo", "__pycache__", "static")
    shutil.copytree(catalogues.PACKAGE, package, ignore=ignored)
    program = (
        "import django; django.setup()\n"
        "from django.utils.translation import gettext, override\n"
        "with override('vi'): print(gettext('My work'))\n"
    )
    surroundings = {**os.environ, "PYTHONPATH": str(tmp_path), "DJANGO_SETTINGS_MODULE": "soichieu.settings"}
    surroundings |= {"SOICHIEU_HOME": str(tmp_path / "home"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=surroundings, cwd=tmp_path, capture_output=True, check=False
    )
    assert done.stdout.decode().strip() == "Việc của tôi", done.stderr.decode()
    assert (package / "board" / "locale" / "vi" / "LC_MESSAGES" / "django.mo").exists()
