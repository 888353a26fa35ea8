"""Scopes of units of every kind: what an item says of itself cuts nothing down, what it leaves out does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soichieu.alignment.drift import Stated, drifts
from soichieu.alignment.left_aside import left_aside
from soichieu.alignment.owner import leading_left_out, without_owner
from soichieu.alignment.scope import narrower_scope
from soichieu.alignment.spelling import as_printed, capitals_spelled, key, spelled_as, unstressed, without_times
from soichieu.alignment.tokens import Language

EQUAL = [
    # who acts, for whom, where
    ("Rà soát, thay thế cột đèn hư hỏng.", "Phòng Hạ tầng giúp UBND phường Bến Ngà rà soát, thay thế cột đèn hư hỏng."),
    (
        "Thống kê cột đèn hư hỏng.",
        "Mỗi quý một lần, Trạm Quản lý đường thủy thống kê cột đèn hư hỏng trên địa bàn huyện.",
    ),
    ("Dạy bơi cho trẻ em.", "Trường Tiểu học Cửa Lạch tổ chức dạy bơi cho trẻ em trong trường."),
    (
        "Publish the tide tables for all users.",
        "The Harbour Authority of Elmsea publishes the tide tables for all users.",
    ),
    ("Review access to the signal archive.", "Access to the signal archive is reviewed by our records office."),
    ("Trẻ em vùng biển được học bơi.", "Trạm Y tế xã Gành Son: trẻ em vùng biển được học bơi."),
    # the same in another spelling
    ("Nâng cao kỹ năng cho cán bộ, công chức, viên chức.", "Nâng cao kỹ năng cho CBCCVC của Cảng vụ."),
    ("Lắp camera tại khu công nghiệp, cụm công nghiệp.", "Lắp camera tại các khu, cụm công nghiệp."),
    ("Báo cáo Bộ Giao thông và Ủy ban nhân dân tỉnh.", "Báo cáo Bộ Giao thông và UBND tỉnh."),
    # the whole, with a part of it stressed
    ("Tập huấn cho ngư dân.", "Tập huấn cho ngư dân, nhất là ngư dân trẻ."),
    ("Train the pilots of the port.", "Train the pilots of the port, especially new pilots."),
    # who comes first, where the others follow
    ("Tập huấn cho người giữ đèn.", "Tập huấn cho người giữ đèn tại trạm Hòn Én trước, sau đó đến ba trạm còn lại."),
    # one more member of a row, one's own body or its head in place of any, the people at large
    ("Inspect lamps and buoys of the bay.", "Inspect lamps, beacons and buoys of the bay."),
    ("Sổ trực của cơ quan, đơn vị phải được ký mỗi ca.", "Sổ trực của Công ty được ký mỗi ca."),
    ("Thủ trưởng cơ quan, đơn vị duyệt lịch trực.", "Hiệu trưởng duyệt lịch trực."),
    ("Cấp bản sao bản đồ luồng theo quy định.", "Cấp bản sao bản đồ luồng cho người dân đúng quy định."),
    ("Kiểm tra đèn tại các xã.", "Kiểm tra đèn tại cả 12 xã."),
    # a denial that the superior has in another word; a rhythm is no class
    ("Giữ nhật ký đầy đủ, tránh bị thất lạc.", "Giữ nhật ký đầy đủ, không thất lạc."),
    ("A licence is given for a maximum of two years.", "A licence is given for no longer than two years."),
    ("Every 90 days, check the list of lamps.", "Each month, check the list of lamps."),
    # a row as long, or told as a whole
    ("Hồ sơ gồm: đơn đề nghị; bản vẽ; ảnh chụp.", "Hồ sơ gồm đơn đề nghị, bản vẽ và ảnh."),
    ("Hồ sơ gồm: đơn đề nghị; bản vẽ; ảnh chụp.", "Lập hồ sơ với đầy đủ các nội dung."),
    # in its own words altogether
    (
        "Giữ sạch nước vịnh và bãi tắm.",
        "Không để rác, dầu thải trôi ra biển hay dạt vào nơi bà con tắm giặt, vui chơi.",
    ),
    ("Charts of the bay are kept current.", "Whoever sails here finds on paper what the sea floor looks like today."),
]

NARROWER = [
    ("Kiểm tra phao, cột đèn và trạm bờ.", "Kiểm tra phao và cột đèn; trạm bờ chưa làm trong năm nay."),
    ("Kiểm tra an toàn các bến tàu.", "Kiểm tra an toàn các bến tàu, trước mắt làm ở bến Gành Son."),
    ("Lưu nhật ký vận hành của tàu, đèn.", "Lưu nhật ký vận hành của đèn, không lưu của tàu."),
    ("Inspect lamps, buoys and beacons.", "Inspect lamps and buoys; beacons are not inspected."),
    ("Record the visits of pilots and crews.", "Record the visits of pilots; crews are left out."),
    ("Give notice under Articles 4 to 9.", "Give notice under Articles 4 to 6."),
    ("Thông báo cho ngư dân, chủ tàu và hợp tác xã.", "Thông báo cho chủ tàu."),
    ("Improve the skills of all employees.", "Improve the skills of all supervisors."),
    ("Gửi báo cáo Hội đồng nhân dân cấp tỉnh và Bộ Tài nguyên và Môi trường.", "UBND tỉnh gửi báo cáo HĐND tỉnh."),
    ("Hỗ trợ phí học nghề cho ngư dân và miễn phí khám bệnh cho trẻ em.", "Hỗ trợ phí học nghề cho ngư dân."),
    ("Nộp lưu hồ sơ bảo quản từ 05 năm trở lên.", "Nộp lưu hồ sơ bảo quản vĩnh viễn."),
    # what a paper or a work is to contain, told after "gồm" or set apart by semicolons
    ("Hồ sơ gồm: đơn đề nghị; bản vẽ luồng; ảnh chụp cột đèn.", "Hồ sơ gồm đơn đề nghị và bản vẽ luồng."),
    ("Dựng hệ thống đèn; trạm quan trắc; bến neo đậu.", "Dựng hệ thống đèn; trạm quan trắc."),
    ("The file has the following: the chart; the log; the photograph.", "The file has the chart; the log."),
    # one's own body where the item says that it is the only one
    ("Gửi lịch trực cho các cơ quan, đơn vị.", "Gửi lịch trực riêng cho Văn phòng."),
    ("Đào tạo chuyên gia trong và ngoài nước về đèn biển.", "Đào tạo chuyên gia trong nước về đèn biển."),
]


@pytest.mark.parametrize(("superior", "item"), EQUAL)
def test_what_a_unit_says_of_itself_or_otherwise_cuts_nothing_down(superior: str, item: str) -> None:
    assert narrower_scope(superior, item) is None


@pytest.mark.parametrize(("superior", "item"), NARROWER)
def test_what_an_item_leaves_out_is_told_in_its_words(superior: str, item: str) -> None:
    found = narrower_scope(superior, item)
    assert found is not None
    assert all(part.strip() for part in found)


def test_the_units_own_name_cuts_nothing_down() -> None:
    superior, item = "Train all crews.", "Train the crews of Gullpoint Slipway."
    assert narrower_scope(superior, item) is not None
    assert narrower_scope(superior, item, "Gullpoint Slipway") is None


def test_an_item_that_makes_another_thing_is_told_once() -> None:
    superior = Stated("Lập bản đồ luồng lạch cho mọi cảng", product="Bản đồ luồng lạch")
    item = Stated("Họp bàn về luồng lạch với cảng Hòn Én", product="Biên bản họp")
    assert [one.kind for one in drifts(superior, item)] == ["product_missing"]


@pytest.mark.parametrize(
    ("text", "language", "left"),
    [
        ("Phòng Kinh tế rà soát các bến.", "vi", "rà soát các bến."),
        ("Đèn do Trạm Cửa Lạch vận hành được bảo dưỡng.", "vi", "Đèn vận hành được bảo dưỡng."),
        ("Rà soát các bến trên địa bàn huyện.", "vi", "Rà soát các bến ."),
        ("Rà soát bến ở xã đảo Én.", "vi", "Rà soát bến ở xã đảo Én."),
        ("Các phòng rà soát bến.", "vi", "Các phòng rà soát bến."),
        ("We log all calls.", "en", "log all calls."),
        ("All calls are logged by the duty office.", "en", "All calls are logged ."),
        ("Guards of the harbour log calls.", "en", "Guards of the harbour log calls."),
    ],
)
def test_ones_own_unit_is_left_out(text: str, language: Language, left: str) -> None:
    assert " ".join(without_owner(text, language, bodies=False).split()) == left


def test_territory_stays_where_ones_own_unit_stands_for_the_bodies_named() -> None:
    text = "Thí nghiệm đèn mới trong trường"
    assert without_owner(text, "vi", bodies=True) == text
    assert without_owner(text, "vi", bodies=False) != text


def test_a_denial_of_what_the_superior_denies_is_none() -> None:
    above, below = key("Nhận hồ sơ không phụ thuộc địa giới."), key("Nhận hồ sơ ở mọi nơi, không kể địa giới.")
    assert left_aside(above, below, "vi") is None


def test_spelling_brings_two_texts_together() -> None:
    above = key("khoa học và công nghệ; cán bộ, công chức, viên chức; khu công nghiệp, cụm công nghiệp")
    assert key(capitals_spelled("KH&CN", above)) == "khoa học và công nghệ"
    assert spelled_as("cbccvc", above) == "cán bộ, công chức, viên chức"
    assert spelled_as("khu, cụm công nghiệp", above) == "khu công nghiệp, cụm công nghiệp"
    assert unstressed("các doanh nghiệp, nhất là hợp tác xã, được hỗ trợ").split() == [
        "các",
        "doanh",
        "nghiệp;",
        ",",
        "được",
        "hỗ",
        "trợ",
    ]
    assert len(without_times("Xong trước 15/6/2026, hằng quý.")) == len("Xong trước 15/6/2026, hằng quý.")
    assert as_printed("Cán bộ Ty", "cán bộ") == "Cán bộ"


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["vi", "en"]))
def test_any_text_is_compared_without_an_error(superior: str, item: str, language: Language) -> None:
    found = narrower_scope(superior, item)
    assert found is None or len(found) == 2
    assert len(leading_left_out(item, language)) == len(without_owner(item, language, bodies=False))


@given(st.sampled_from([pair[0] for pair in (*EQUAL, *NARROWER)]))
def test_a_sentence_beside_itself_is_equal(text: str) -> None:
    assert narrower_scope(text, text) is None
