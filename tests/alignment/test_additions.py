"""What an item adds: rules told on sentences of units of every kind, none of them from the test sets."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soichieu.alignment.additions import additions
from soichieu.alignment.copying import compare
from soichieu.alignment.names import Own, without_own
from soichieu.alignment.phrases import Text

FIRE = "Đẩy mạnh tuyên truyền, phổ biến pháp luật về phòng cháy, chữa cháy cho nhân dân."
WATER = "Improve the quality of drinking water and reduce losses in the distribution network."


def marks(superior: str, item: str, unit: str = "") -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in additions(superior, item, unit)]


def kinds(superior: str, item: str, unit: str = "") -> list[str]:
    return [one.kind for one in additions(superior, item, unit)]


@pytest.mark.parametrize(
    ("unit", "item"),
    [
        ("Ủy ban nhân dân phường Bến Dừa", "UBND phường Bến Dừa phổ biến, tuyên truyền pháp luật về phòng cháy."),
        ("Ủy ban nhân dân phường Bến Dừa", "Chủ tịch UBND phường phổ biến pháp luật về phòng cháy, chữa cháy."),
        ("Ủy ban nhân dân phường Bến Dừa", "Phường Bến Dừa đẩy mạnh tuyên truyền pháp luật về phòng cháy."),
        ("Sở Nông nghiệp và Môi trường tỉnh Hà Lương", "Sở Nông nghiệp và Môi trường phổ biến pháp luật cho nhân dân."),
        ("Sở Khoa học và Công nghệ tỉnh Hà Lương", "Sở KH&CN đẩy mạnh phổ biến pháp luật về phòng cháy."),
        ("Trường THPT Suối Mơ", "Hiệu trưởng Trường THPT Suối Mơ tuyên truyền pháp luật về phòng cháy."),
        ("Bệnh viện đa khoa Tân Hà", "Bệnh viện đẩy mạnh phổ biến pháp luật về phòng cháy, chữa cháy."),
        ("Công ty TNHH May Sông Nhị", "Công ty luôn tuyên truyền, phổ biến pháp luật về phòng cháy."),
        ("Thuế cơ sở 7 tỉnh Hà Lương", "Thuế cơ sở 7 tuyên truyền pháp luật về phòng cháy, chữa cháy."),
    ],
)
def test_a_unit_that_speaks_of_itself_or_of_its_head_adds_nothing(unit: str, item: str) -> None:
    assert marks(FIRE, item, unit) == []


@pytest.mark.parametrize(
    ("unit", "item"),
    [
        ("Port Authority of Ellenhaven", "The Port Authority improves the quality of drinking water."),
        ("Larch County Water Board", "The quality of drinking water is improved by the Water Board."),
        ("Larch County Water Board", "The Board's director reduces losses in the distribution network."),
    ],
)
def test_an_english_unit_too(unit: str, item: str) -> None:
    assert marks(WATER, item, unit) == []


@pytest.mark.parametrize(
    ("unit", "item", "body"),
    [
        ("Công ty TNHH May Sông Nhị", "Công đoàn Công ty tuyên truyền pháp luật về phòng cháy.", "Công đoàn Công ty"),
        ("Trường THPT Suối Mơ", "Tuyên truyền pháp luật về phòng cháy; Đoàn trường dẫn chuyện.", "Đoàn trường"),
        (
            "Ủy ban nhân dân xã Kim Sơn",
            "Phó Chủ tịch UBND xã phổ biến pháp luật về phòng cháy.",
            "Phó Chủ tịch UBND xã",
        ),
        (
            "Sở Y tế tỉnh Hà Lương",
            "Phổ biến pháp luật về phòng cháy, do Phòng Tổ chức cán bộ lo liệu.",
            "Phòng Tổ chức",
        ),
    ],
)
def test_a_body_within_the_unit_is_an_addition(unit: str, item: str, body: str) -> None:
    found = marks(FIRE, item, unit)
    assert [kind for kind, _ in found] == ["person"] and found[0][1].startswith(body)


@pytest.mark.parametrize(
    ("added", "kind"),
    [
        ("tại khu công nghiệp Đồng Vàng", "place"),
        ("dọc sông Lăng", "place"),
        ("ở thôn 3", "place"),
        ("tại phòng 104", "place"),
        ("ở ngã ba Đồng Vàng", "place"),
        ("trên phố Hàng Lược", "place"),
        ("tại hội trường cũ", "place"),
        ("15 phút một lần", "date"),
        ("vào thứ Tư hằng tuần", "date"),
        ("trong một ngày làm việc", "date"),
        ("trước mùa khô", "date"),
        ("lúc 17 giờ 30", "date"),
        ("cuối học kỳ II", "date"),
        ("hai lần mỗi tối", "date"),
        ("cho 1.200 hộ", "quantity"),
        ("cho ba trăm rưỡi hộ", "quantity"),
        ("bằng áp phích song ngữ", "product"),
        ('qua chuyên mục "Giữ lửa"', "product"),
        ("bằng phần mềm ChayNet", "product"),
        ("do đội dân phòng phụ trách", "person"),
        ("do công chức Văn phòng - Thống kê tổng hợp", "person"),
        ("; kỹ sư điện của xưởng hướng dẫn", "person"),
    ],
)
def test_what_stands_outside_the_superiors_own_wording_is_told_by_kind(added: str, kind: str) -> None:
    item = f"Đẩy mạnh tuyên truyền, phổ biến pháp luật về phòng cháy, chữa cháy cho nhân dân {added}."
    assert kind in kinds(FIRE, item, "Ủy ban nhân dân xã Kim Sơn")
    assert len(set(kinds(FIRE, item, "Ủy ban nhân dân xã Kim Sơn"))) == 1


@pytest.mark.parametrize(
    ("added", "kind"),
    [
        ("at Cooper Hill reservoir", "place"),
        ("along the Lea towpath", "place"),
        ("in the western basin", "place"),
        ("in room 12", "place"),
        ("on the first Monday of each term", "date"),
        ("nightly at 2 a.m.", "date"),
        ("every second Thursday", "date"),
        ("during the school holidays", "date"),
        ("within ten working days", "date"),
        ("for 310 homes", "quantity"),
        ("for £480,000", "quantity"),
        ("with a leak register", "product"),
        ("through the PipeWatch viewer", "product"),
        ('with the course "Drop by Drop"', "product"),
        ("with a pocket pressure gadget", "product"),
        ("led by the chief hydrologist", "person"),
        ("as taught by Fenwick Polytechnic", "person"),
        ("; the Metering Division reports", "person"),
    ],
)
def test_and_in_english(added: str, kind: str) -> None:
    item = f"Improve the quality of drinking water and reduce losses in the distribution network {added}."
    assert set(kinds(WATER, item, "Westmere Water")) == {kind}


@pytest.mark.parametrize(
    ("superior", "item"),
    [
        (FIRE, "Làm cho bà con hiểu luật lệ khi có hỏa hoạn bằng sách vở dễ đọc."),
        (
            "Xây dựng nền tảng số để đo lường mức độ hoàn thành nhiệm vụ.",
            "Làm một công cụ trên mạng để biết việc đã xong đến đâu.",
        ),
        ("Công bố mức thu phí cho từng năm học.", "Mỗi năm phụ huynh được biết trước phải đóng bao nhiêu."),
        ("Triển khai hạ tầng 5G.", "Lắp mạng di động thế hệ thứ năm."),
        (WATER, "Let cleaner water reach the taps by some better system, one leak after another."),
        (
            "Share data with external partners.",
            "Hand figures to one another and to outsiders, and pull in one direction.",
        ),
    ],
)
def test_a_freely_reworded_sentence_with_a_common_noun_adds_nothing(superior: str, item: str) -> None:
    assert marks(superior, item) == []


def test_where_something_sure_was_added_a_thing_without_a_name_counts_beside_it() -> None:
    superior = "Xây dựng nền tảng số để đo lường mức độ hoàn thành nhiệm vụ."
    alone = "Làm một bảng theo dõi để ai cũng biết việc đã đến đâu."
    assert marks(superior, alone) == []
    beside = "Làm một bảng theo dõi để ai cũng biết việc đã đến đâu, giao Phòng Vật tư cập nhật trước ngày 5/9."
    assert sorted(kinds(superior, beside)) == ["date", "person", "product"]


def test_a_name_that_stands_in_the_superior_is_no_addition_however_it_is_shortened() -> None:
    superior = "Sở Tài nguyên và Môi trường công bố bản đồ ngập lụt ở xã Kim Sơn trước ngày 5/9."
    assert marks(superior, "Bản đồ ngập lụt ở xã Kim Sơn được Sở TN&MT công bố trước 05-9.") == []


def test_a_body_that_takes_the_place_of_the_superiors_body_is_none() -> None:
    superior = "Định kỳ báo cáo kết quả với Ban Chỉ đạo Trung ương."
    assert marks(superior, "Định kỳ báo cáo kết quả với Ban Chỉ đạo Tỉnh ủy.") == []


@pytest.mark.parametrize(
    "filler", ["theo quy định hiện hành", "theo kế hoạch đề ra", "bằng văn bản", "trên địa bàn", "của đơn vị"]
)
def test_empty_phrases_add_nothing(filler: str) -> None:
    item = f"Tuyên truyền, phổ biến pháp luật về phòng cháy, chữa cháy cho nhân dân {filler}."
    assert marks(FIRE, item, "Ủy ban nhân dân xã Kim Sơn") == []


def test_in_accordance_with_the_rules_neither() -> None:
    item = "Improve the quality of drinking water and reduce losses, in accordance with the applicable rules."
    assert marks(WATER, item, "Westmere Water") == []


def test_a_small_word_within_another_does_not_end_a_phrase() -> None:
    item = "Tuyên truyền pháp luật về phòng cháy, chữa cháy cho nhân dân, lập Danh mục thiết bị ưu tiên."
    assert marks(FIRE, item, "Công an xã Kim Sơn") == [("product", "Danh mục thiết bị")]


def test_a_head_within_another_word_is_no_head() -> None:
    superior = "Thí điểm mô hình một cửa tại các trụ sở."
    assert marks(superior, "Thí điểm tổ chức mô hình một cửa, báo cáo cấp trên, tại các trụ sở.") == []


def test_parts_are_cut_where_the_next_one_begins_and_never_overlap() -> None:
    item = (
        "Tuyên truyền pháp luật về phòng cháy, chữa cháy cho nhân dân: Phòng Cảnh sát phòng cháy, Hội Phụ nữ mở đường "
        "dây nóng trực 24 giờ tại chợ Kim Sơn."
    )
    found = additions(FIRE, item, "Công an tỉnh Hà Lương")
    assert [one.kind for one in found] == ["person", "person", "product", "quantity", "place"]
    assert all(one.span[1] <= other.span[0] for one, other in zip(found, found[1:], strict=False))
    assert all(item[one.span[0] : one.span[1]] == one.text for one in found)


def test_the_forms_of_a_units_name() -> None:
    own = Own("Ủy ban nhân dân phường Bến Dừa", "vi")
    assert own.is_own(["ubnd", "phường", "bến", "dừa"])
    assert own.is_own(["chủ", "tịch", "ubnd", "phường", "bến", "dừa"])
    assert not own.is_own(["phó", "chủ", "tịch", "ubnd", "phường"])
    assert not own.is_own(["phòng", "văn", "hóa", "phường", "bến", "dừa"])
    assert not Own("", "vi").is_own(["phòng"])
    assert without_own("UBND phường Bến Dừa chi tiền", "Ủy ban nhân dân phường Bến Dừa", "vi").strip() == "chi tiền"


def test_own_wording_stays_copied_when_the_unit_puts_its_short_name_before_it() -> None:
    superior = "Ủy ban nhân dân cấp xã có trách nhiệm kiểm tra, giám sát hoạt động phục hồi môi trường."
    item = "UBND xã Kim Sơn có trách nhiệm giám sát, kiểm tra hoạt động phục hồi môi trường."
    assert compare(superior, item, "Ủy ban nhân dân xã Kim Sơn", chance=1.0).kind == "copied"


def test_a_text_knows_its_words_and_their_initials() -> None:
    text = Text("Sở Tài nguyên và Môi trường", "vi")
    assert text.knows("tn&mt") and text.knows("tài") and not text.knows("khđt")
    assert Text("Boards report yearly.", "en").knows("board")


PIECES = (
    "Phòng", "Vật", "tư", "lập", "bảng", "kê", "tại", "chợ", "Kim", "Sơn", ",", ";", ":", "-", "(", ")", '"', "“", "”",
    "do", "giao", "the", "Ward", "Wiki", "by", "at", "clerk", "register", "5/9", "12", "mỗi", "tuần", "và", "QC-7", "&",
    ".", "a", "an", "of", "report", "Ltd", "\n", "İ", "hoà",
)  # fmt: skip
WORDS = st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)


@given(WORDS, WORDS, WORDS)
def test_whatever_is_said_every_part_lies_in_the_item_apart_from_the_others(
    superior: str, item: str, unit: str
) -> None:
    found = additions(superior, item, unit)
    assert all(item[one.span[0] : one.span[1]] == one.text for one in found)
    assert all(one.span[1] <= other.span[0] for one, other in zip(found, found[1:], strict=False))


def test_a_long_text_that_says_the_same_over_and_over_is_answered_soon() -> None:
    start = perf_counter()
    additions("dog cat " * 400, "the dog of cat " * 400, "Kennel")
    additions("a b c " * 700, "thứ hai hằng tuần " * 700, "Trại")
    assert perf_counter() - start < 5  # seconds; without a bound it took nine times as long
