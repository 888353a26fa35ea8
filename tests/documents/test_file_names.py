"""The same bytes are kept once, and everyone finds them under the name that they themselves handed them in by."""

from __future__ import annotations

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from soichieu.documents import files
from soichieu.documents.commands import register_document
from soichieu.documents.commands.uploads import confirm_upload, start_upload
from soichieu.documents.models import StoredFile
from soichieu.ledger.commands import record
from soichieu.ledger.models import Entry
from soichieu.plans.commands.editions import write_edition
from soichieu.plans.commands.register import Facts, make_plan
from soichieu.plans.lines import Line
from tests.plans.conftest import directive, house, tasks  # noqa: F401

TEXT = "KẾ HOẠCH\n\n1. Một việc của mọi đơn vị.".encode()
FIRST, SECOND = "ke-hoach-cuc-1.txt", "ke-hoach-cuc-2.txt"


def registered(house, number, name):  # noqa: F811
    return register_document(
        house.askers["steering"], number=number, issuer="Bộ Thử nghiệm", signed_on=dt.date(2025, 1, 9),
        title="Kế hoạch", issuer_unit=house.ministry, public=True, file=(TEXT, name),
    )  # fmt: skip


def test_the_bytes_are_kept_once_and_each_upload_has_its_own_name(db):
    assert [files.store(TEXT, name).name for name in (FIRST, "thu-muc/" + SECOND)] == [FIRST, SECOND]
    (kept,) = StoredFile.objects.all()
    assert kept.name == FIRST


def test_a_document_s_file_bears_the_name_it_was_registered_under(client, house):  # noqa: F811
    one, other = registered(house, "08/KH-BTN", FIRST), registered(house, "09/KH-BTN", SECOND)
    client.force_login(house.accounts["steering"])
    for document, name, wrong in ((one, FIRST, SECOND), (other, SECOND, FIRST)):
        page = client.get(reverse("documents:document", args=[document.pk])).content.decode()
        assert name in page and wrong not in page
        address = reverse("documents:file", args=[files.store(TEXT, FIRST).pk]) + f"?of={document.pk}"
        assert address in page and name in client.get(address)["Content-Disposition"]


def test_an_upload_that_waits_keeps_its_name_to_the_edition(house):  # noqa: F811
    files.store(TEXT, FIRST)
    asker = house.askers["steering"]
    pending = start_upload(asker, TEXT, SECOND)
    assert pending.named_file.name == SECOND
    facts = {"number": "10/KH-BTN", "issuer": "Bộ Thử nghiệm", "signed_on": dt.date(2025, 1, 9), "title": "Kế hoạch"}
    assert confirm_upload(asker, pending, facts).file_name == SECOND


def test_a_version_of_a_plan_bears_the_name_of_its_own_unit_s_file(client, house):  # noqa: F811
    files.store(TEXT, FIRST)
    plan = make_plan(
        asker=house.askers["staff"], unit=house.units[0], facts=Facts(kind="plan", term="year", title="Kế hoạch")
    )
    write_edition(
        asker=house.askers["staff"], plan=plan, lines=[Line("Một việc")], read_by={}, seen=0,
        file=files.store(TEXT, SECOND),
    )  # fmt: skip
    client.force_login(house.accounts["staff"])
    page = client.get(reverse("plans:plan", args=[plan.key])).content.decode()
    assert SECOND in page and FIRST not in page
    assert SECOND in client.get(reverse("plans:file", args=[plan.key, 1]))["Content-Disposition"]


def test_a_line_of_the_book_names_its_evidence_as_its_writer_did(client, house, tasks):  # noqa: F811
    files.store(TEXT, FIRST)
    client.force_login(house.accounts["staff"])
    task = tasks["2"][0]
    (entry,) = record(
        asker=house.askers["staff"], kind="claimed", obligations=[task.pk], happened_on=dt.date(2025, 6, 2),
        evidence=[files.store(TEXT, SECOND)], payload={"number": "1/BC-CS1"},
    )  # fmt: skip
    page = client.get(reverse("board:obligation", args=[task.pk])).content.decode()
    assert SECOND in page and FIRST not in page
    opened = client.get(reverse("board:evidence", args=[entry.pk, entry.evidence_hashes[0]]))
    assert SECOND in opened["Content-Disposition"]


def test_what_is_carried_along_in_a_form_keeps_its_name(client, house, tasks):  # noqa: F811
    files.store(TEXT, FIRST)
    client.force_login(house.accounts["staff"])
    address = reverse("plans:answer", args=[tasks["1"][0].pk])
    wrong = client.post(address, {"number": "", "signed_on": "3-3-2025", "file": SimpleUploadedFile(SECOND, TEXT)})
    assert wrong.status_code == 422 and SECOND in wrong.content.decode() and FIRST not in wrong.content.decode()
    kept = wrong.context["form"].data["kept"]
    done = client.post(
        address, {"number": "07/KH-CS1", "signed_on": "3-3-2025", "signer": "A", "kind": "own_plan", "kept": kept}
    )
    assert done.status_code == 302, done.context["form"].errors
    entry = Entry.objects.filter(obligation=tasks["1"][0], kind="issued").get()
    assert entry.details["file_names"] == {entry.evidence_hashes[0]: SECOND}
