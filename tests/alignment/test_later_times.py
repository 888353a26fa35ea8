"""Terms, rhythms and last days that lie later than the superior's, however written; equal and earlier are let be."""

from __future__ import annotations

import pytest

from soichieu.alignment.later_times import later
from soichieu.alignment.lengths import lengths

LATER = [
    # So many days of every year, against a rhythm that comes round more often.
    ("Định kỳ 6 tháng báo cáo kết quả", "Tháng 12 hằng năm báo cáo kết quả"),
    # At once, against a term.
    (
        "Nhân viên phát hiện sự cố phải báo cáo ngay Trưởng trạm",
        "Nhân viên phát hiện sự cố thì báo cáo Trưởng trạm trong vòng 03 ngày",
    ),
    ("Có kết quả thì gửi ngay cho cơ quan đề nghị", "Kết quả được gửi cho cơ quan đề nghị sau 05 ngày làm việc"),
    ("Dừng ngay việc vận hành khi có rò rỉ", "Khi có rò rỉ thì dừng vận hành trong 2 tuần"),
    ("Lập tức thông báo cho cảng vụ", "Thông báo cho cảng vụ chậm nhất sau 48 giờ"),
    ("Breaches are reported without undue delay", "Breaches are reported within two weeks"),
    ("Report a fault immediately to the duty officer", "A fault is reported to the duty officer within 5 working days"),
    # Hours, days, working days, weeks and months.
    (
        "Notify without undue delay and not later than 72 hours after having become aware",
        "Notify no later than five working days after becoming aware",
    ),
    ("not later than 72 hours after having become aware of it", "within one week of our becoming aware"),
    ("Trả lời trong 24 giờ", "Trả lời trong 2 ngày"),
    ("Trả lời trong vòng 10 ngày", "Trả lời trong vòng hai tuần"),
    ("Chậm nhất là 15 ngày làm việc kể từ ngày nhận", "Trả lời chậm nhất sau 20 ngày làm việc"),
    ("Trong thời hạn 05 ngày làm việc kể từ ngày nhận đủ hồ sơ", "Trong 10 ngày kể từ khi nhận đủ hồ sơ"),
    ("Hoàn thành trong 1 tuần", "Hoàn thành trong thời hạn 01 tháng"),
    ("Trình trong ngày, chậm nhất là trong ngày làm việc tiếp theo", "Trình chậm nhất sau 03 ngày làm việc"),
    ("Answer within one month of receipt", "Answers go out within 60 days of receipt"),
    ("Answer within one month of receipt", "Requests are answered no later than three months after they arrive"),
    ("Reply within ten days", "Reply in three weeks at the latest"),
    ("Reply within 5 working days of receipt", "A fortnight from receipt is the limit for a reply"),
    ("Nộp báo cáo chậm nhất 10 ngày sau khi kết thúc đợt", "Báo cáo nộp 20 ngày sau khi kết thúc đợt"),
    ("Xử lý tối đa 8 giờ làm việc, trong 1 ngày", "Xử lý trong 3 ngày"),
    # Before or at an event, against so long after it.
    (
        "Subcontractors are disclosed to the customer before use",
        "Subcontractors are disclosed within 30 days after the start of use",
    ),
    (
        "The right is explained at the time of the first communication",
        "The right is explained within one month after the first communication",
    ),
    ("Kiểm tra phao trước khi vận hành", "Kiểm tra phao trong 10 ngày kể từ khi vận hành"),
    ("Thông báo cho tàu tại thời điểm cấp phép", "Thông báo cho tàu sau 3 ngày kể từ ngày cấp phép"),
    ("Train keepers prior to appointment", "Keepers are trained within two months of appointment"),
    # Notices.
    ("Gửi tài liệu trước ít nhất 05 ngày làm việc", "Gửi tài liệu trước ít nhất 02 ngày làm việc"),
    ("Papers are sent at least ten days before the meeting", "Papers are sent at least three days before the meeting"),
    # Rhythms.
    ("Hằng năm báo cáo Bộ", "Cứ hai năm báo cáo Bộ"),
    ("Mỗi năm lập một báo cáo", "Cứ ba năm lập một báo cáo"),
    ("Diễn tập ít nhất 02 năm một lần", "Diễn tập 03 năm một lần"),
    ("Cập nhật hằng tháng", "Mỗi quý cập nhật một lần"),
    ("Kiểm kê hằng quý", "Kiểm kê 6 tháng một lần"),
    ("Vệ sinh đèn hằng tuần", "Vệ sinh đèn mỗi tháng một đợt"),
    ("The inventory is updated quarterly", "The inventory is updated every six months"),
    ("The inventory is updated quarterly", "Once a year the inventory is updated"),
    ("Logs are reviewed weekly", "Logs are reviewed monthly"),
    ("The plan is revised annually", "The plan is revised every other year"),
    ("Lamps are tested monthly", "Lamps are tested every other month"),
    ("Drills take place every year", "Drills take place once every three years"),
    # Parts of months and years.
    ("Ban hành kế hoạch chậm nhất ngày 20 tháng 12 hằng năm", "Ban hành kế hoạch trong tuần cuối tháng 12 hằng năm"),
    ("Hoàn thành trước 30/6/2025", "Hoàn thành trong 6 tháng cuối năm 2025"),
    ("Hoàn thành trước 30/6/2025", "Hoàn thành trong H2 2025"),
    ("Publish by 31 December 2021", "Publish in Spring 2022"),
    ("Hoàn thành trong quý II năm 2026", "Hoàn thành cuối quý III năm 2026"),
    ("Hoàn thành trước ngày 31/12/2025", "Hoàn thành vào mùa hè 2026"),
    ("Hoàn thành trước ngày 31/12/2025", "Hoàn thành trong năm học 2025-2026"),
    ("Xong trước ngày 20/01/2026", "Xong trước Tết Nguyên đán 2026"),
    ("Trình trong quý I/2026", "Trình tại kỳ họp giữa năm 2026"),
    ("Publish by mid-February 2020", "Publish in the last week of February 2020"),
]

NOT_LATER = [
    ("Báo cáo ngay Trưởng trạm", "Báo cáo ngay cho Trưởng trạm"),
    ("Báo cáo ngay Trưởng trạm", "Báo cáo Trưởng trạm ngay khi thấy"),
    ("Báo cáo ngay Trưởng trạm", "Báo cáo Trưởng trạm ngay trong ngày"),
    ("Thực hiện ngay từ đầu năm các giải pháp", "Thực hiện các giải pháp trong 30 ngày kể từ ngày ban hành"),
    ("Report immediately", "Report at once"),
    ("Report without undue delay and not later than 72 hours after discovery", "Report within 48 hours of discovery"),
    (
        "Report without undue delay and not later than 72 hours after discovery",
        "Report without undue delay, within 3 days",
    ),
    (
        "Answer without undue delay and in any event within one month of receipt",
        "Answer promptly, three weeks from receipt being the limit",
    ),
    ("Answer within one month of receipt", "Answer within 30 days of receipt"),
    ("Answer within one month of receipt", "Within 20 days of getting a request the office answers"),
    ("Trong thời hạn 45 ngày kể từ ngày nhận hồ sơ", "Chậm nhất 30 ngày kể từ khi nhận hồ sơ"),
    ("Chậm nhất là 15 ngày kể từ ngày kết thúc", "Trong vòng một tuần sau ngày kết thúc"),
    ("Trong 10 ngày làm việc", "Trong hai tuần"),
    ("Trong 15 ngày làm việc kể từ ngày nhận", "Trong 10 ngày làm việc từ khi tiếp nhận"),
    ("Lưu hồ sơ tối thiểu 03 năm kể từ ngày sản xuất", "Lưu hồ sơ đủ 5 năm kể từ ngày sản xuất"),
    (
        "Keep records for at least five years from the date of creation",
        "Records are retained for 7 years from creation",
    ),
    ("Subcontractors are disclosed before use", "Before a subcontractor is used, the customer is told"),
    ("Disclose before use", "Disclose 10 days before use"),
    ("Gửi tài liệu trước ít nhất 03 ngày", "Gửi tài liệu trước 05 ngày"),
    ("Papers are sent at least five days before the meeting", "Papers go out a week before the meeting"),
    ("Hằng năm công bố danh mục", "Mỗi năm một đợt, trước ngày 31/3, đăng danh mục"),
    ("Hằng năm báo cáo", "Sáu tháng một lần báo cáo"),
    ("Diễn tập ít nhất 02 năm một lần", "Trong mỗi chu kỳ 24 tháng diễn tập một lần"),
    ("Định kỳ hằng quý kiểm kê", "Quý nào cũng kiểm kê"),
    ("Hằng năm rà soát", "Năm nào cũng rà soát"),
    ("Updated quarterly", "Updated every month"),
    ("Updated quarterly", "Refreshed four times a year"),
    ("Reviewed annually", "Reviewed yearly"),
    ("Reviewed every two years", "Reviewed every other year"),
    ("Reviewed every two years", "Reviewed every 24 months"),
    ("Ban hành chậm nhất ngày 20 tháng 12 hằng năm", "Ban hành trong 10 ngày đầu tháng 12 hằng năm"),
    ("Ban hành chậm nhất ngày 10 tháng 12 hằng năm", "Ban hành trong tuần đầu tháng 12"),
    ("Find out by February 29, 2020", "Found out by mid-February 2020"),
    ("Hoàn thành trong năm 2025", "Hoàn thành trong 6 tháng cuối năm 2025"),
    ("Publish by December 31, 2022", "Publish in Fall 2022"),
    ("Hoàn thành trước ngày 31/8/2026", "Hoàn thành trong năm học 2025-2026"),
    ("Hoàn thành trong quý III năm 2026", "Hoàn thành tại kỳ họp giữa năm 2026"),
    ("Hoàn thành trong quý III năm 2026", "Hoàn thành vào mùa hè 2026"),
    ("Xong trong quý I/2026", "Xong trước Tết Nguyên đán 2026"),
    ("Trong 03 năm qua các trạm đã báo cáo trong 10 ngày", "Báo cáo trong 7 ngày"),
    ("Cán bộ có ít nhất 3 năm kinh nghiệm", "Cán bộ có 5 năm kinh nghiệm"),
    ("Children at least 16 years old", "Children who have turned 17"),
    ("Trả lời trong 3 ngày làm việc", "Trả lời trong 72 giờ"),
    ("Trả lời trong 24 giờ", "Trả lời trong 1 ngày"),
    ("The review covers the last five years and ends within a month", "The review ends within 20 days"),
    ("Nộp trong 5 ngày; nhận kết quả trong 20 ngày", "Nhận kết quả trong 20 ngày; nộp trong 5 ngày"),
]

CELLS = [
    ("Hằng năm", "02 năm/lần", True),
    ("Hằng năm", "mỗi năm 01 đợt", False),
    ("Quarterly", "Every six months", True),
    ("December 31, 2021", "Fall 2022", True),
    ("December 31, 2021", "Fall 2021", False),
    ("6/2025", "H2 2025", True),
    ("Annually", "Twice a year", False),
    ("Within 60 days", "Within 120 days", True),
    ("Quý II/2026", "mùa hè 2026", True),
    ("Monthly", "Weekly", False),
    ("Weekly", "Every other month", True),
    ("31/12/2025", "6 tháng cuối năm 2025", False),
    ("2025", "năm học 2025-2026", True),
    ("30/6/2026", "năm học 2025-2026", False),
    ("10 ngày", "hai tuần", True),
]


@pytest.mark.parametrize(("superior", "item"), LATER)
def test_a_later_time_is_told(superior: str, item: str) -> None:
    assert later(superior, "", item, "") is not None


@pytest.mark.parametrize(("superior", "item"), NOT_LATER)
def test_an_equal_or_earlier_time_is_none(superior: str, item: str) -> None:
    assert later(superior, "", item, "") is None


@pytest.mark.parametrize(("superior", "item", "is_later"), CELLS)
def test_cells_of_deadlines_are_compared(superior: str, item: str, is_later: bool) -> None:
    assert (later("", superior, "", item) is not None) == is_later


@pytest.mark.parametrize(
    ("text", "days", "role"),
    [
        ("lưu tối thiểu 03 năm", 1096, "least"),
        ("giữ trong 24 tháng", 731, "kept"),
        ("sau 20 ngày làm việc", 28, "term"),
        ("gửi trước 5 ngày", 5, "notice"),
        ("cứ hai năm", 730, "rhythm"),
        ("not later than 72 hours", 3, "term"),
        ("within five working days", 7, "term"),
        ("ten days before the meeting", 10, "notice"),
        ("every 24 months", 731, "rhythm"),
        ("kept for six years", 2192, "kept"),
        ("02 năm một lần", 730, "rhythm"),
    ],
)
def test_a_length_of_time_has_its_role(text: str, days: int, role: str) -> None:
    found = lengths(text)
    assert [(round(one.days), one.role) for one in found] in ([(days, role)], [(days + 1, role)])
