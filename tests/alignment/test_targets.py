"""A figure that asks for less than the superior's, however the two are written; equal and stricter ones are let be."""

from __future__ import annotations

import pytest

from soichieu.alignment.ratios import figures
from soichieu.alignment.targets import weaker_target

WEAKER = [
    # Fractions and so many of so many.
    ("Ít nhất 70% hộ dân được cấp nước sạch", "Ít nhất 2/3 số hộ dân được cấp nước sạch"),
    ("Tối thiểu 95% trạm đèn có nhật ký điện tử", "Cứ 10 trạm đèn thì 9 trạm có nhật ký điện tử"),
    ("Trên 80% hồ sơ nộp trực tuyến", "Cứ mười hồ sơ thì có ít nhất bảy hồ sơ nộp trực tuyến"),
    ("90% viên chức đạt chuẩn ngoại ngữ", "Bốn phần năm viên chức đạt chuẩn ngoại ngữ"),
    ("Tỷ lệ hộ nghèo được hỗ trợ (%): 98", "Hỗ trợ 9 trên 10 hộ nghèo"),
    ("Ít nhất 40% thành viên Hội đồng là nữ", "Hội đồng có 9 thành viên, trong đó 3 thành viên là nữ"),
    ("Ít nhất một nửa số tổ viên biết bơi", "Ít nhất một phần ba số tổ viên biết bơi"),
    ("Trên 60% giao dịch qua ngân hàng", "Một nửa số giao dịch qua ngân hàng"),
    ("Bảo đảm 3/4 số phao có đèn", "Bảo đảm 2/3 số phao có đèn"),
    ("Tối thiểu 95% học sinh được khám mắt", "9/10 học sinh được khám mắt"),
    ("At least 95% of staff complete the course", "Nine in ten staff complete the course"),
    ("At least 80% of keepers are trained", "Three quarters of the keepers are trained"),
    ("At least 70% of lamps are renewed", "At least two thirds of the lamps are renewed"),
    ("Two thirds of the members shall be present", "Half of the members shall be present"),
    ("At least one third of the board are women", "A quarter of the board are women"),
    ("At least 90% of calls are answered", "Four out of every five calls are answered"),
    ("At least 50% of the crew can swim", "Of the 12 crew, who number 12, two in five of the crew can swim"),
    ("Tỉ lệ doanh nghiệp công nghệ số (Số doanh nghiệp/1.000 dân): 2", "Cứ 1.000 dân có một doanh nghiệp công nghệ số"),
    # At most for at least, and the reverse bound.
    ("Chi tối thiểu 20% ngân sách cho đào tạo", "Chi tối đa bằng 20% ngân sách cho đào tạo"),
    ("Bố trí ít nhất 15% kinh phí cho bảo trì", "Bố trí không vượt quá 15% kinh phí cho bảo trì"),
    ("Spend at least 10% of the budget on training", "Spend no more than 10% of the budget on training"),
    ("Tỷ lệ hồ sơ quá hạn không quá 2%", "Tỷ lệ hồ sơ quá hạn dưới 5%"),
    ("Keep downtime at most 1%", "Keep downtime below 3%"),
    # A share of what the superior wants all of.
    ("Cấp tài khoản số cho mỗi người dân", "Cấp tài khoản số cho 60% người dân trong xã"),
    ("Mọi trạm đèn có người trực", "80% trạm đèn có người trực, đủ cho mọi ca"),
    ("Tất cả các xã có điểm truy cập", "Ba phần tư số xã có điểm truy cập"),
    ("Từng cơ quan công khai thủ tục", "90% cơ quan công khai thủ tục"),
    ("Notify the owner of any binding requests for data", "Notify the owner of 95% of binding requests for data"),
    ("Tell each recipient of the data of the change", "Tell 80% of the recipients of the data of the change"),
    ("Every station keeps all of its logs on paper", "Half of the stations keep all of their logs on paper"),
    ("Literacy among all staff in all aspects of the work", "Literacy among 85% of staff in all aspects of the work"),
    # Several figures, by their nouns.
    (
        "Bảo đảm 100% chi phí chiếu phim ở hải đảo; tối thiểu 50% chi phí ở vùng nông thôn",
        "Vùng nông thôn được bảo đảm 40% chi phí chiếu phim; hải đảo được bảo đảm 100% chi phí",
    ),
    (
        "Hồ sơ trực tuyến đạt 80%; thanh toán không tiền mặt đạt 70%",
        "Thanh toán không tiền mặt đạt 75%; hồ sơ trực tuyến đạt 75%",
    ),
    # Least durations and ages.
    ("Lưu hồ sơ tối thiểu 03 năm kể từ ngày mua bán", "Hồ sơ được cất 24 tháng kể từ ngày mua bán rồi hủy"),
    ("Nhật ký được lưu ít nhất 12 tháng", "Nhật ký được giữ nửa năm"),
    ("Bảo hành thiết bị không dưới 24 tháng", "Bảo hành thiết bị 12 tháng"),
    ("Mỗi nhân viên học tối thiểu 40 giờ mỗi năm", "Mỗi nhân viên học 32 giờ"),
    ("Keep the logs for at least five years", "Logs are kept for three years"),
    ("Records shall be retained for six years from the date of creation", "Records are stored for four years"),
    ("Back-ups are preserved for a minimum of 90 days", "Back-ups are preserved for 30 days"),
    ("Consent shall be lawful where the child is at least 16 years old", "Pupils may consent from age 14 on"),
    ("Người lái ca nô phải đủ 18 tuổi", "Người từ 16 tuổi trở lên được lái ca nô"),
    ("Only persons aged 21 or over may dive", "Persons of at least 18 years of age may dive"),
    # Counts.
    ("Cử ít nhất hai người trực", "Cử một người trực, chỉ 1 người"),
    ("Lắp tối thiểu 12 phao báo hiệu", "Lắp 10 phao báo hiệu"),
    ("Carry out at least 3 drills", "Carry out at most 3 drills"),
]

NOT_WEAKER = [
    ("Tối thiểu 75% hộ dân dùng nước sạch", "Cứ 4 hộ dân thì có ít nhất 3 hộ dùng nước sạch"),
    ("Giao dịch không tiền mặt đạt 80%", "Bốn phần năm số giao dịch trở lên không dùng tiền mặt"),
    ("Ít nhất 25% lãnh đạo là nữ", "Bảo đảm từ một phần tư lãnh đạo trở lên là nữ"),
    ("Ít nhất một phần ba thành viên là nhà giáo", "Hội đồng 15 người, trong đó 5 người là nhà giáo"),
    ("Ít nhất một phần ba thành viên là nhà giáo", "33,4% thành viên là nhà giáo"),
    ("Trên 40% doanh nghiệp đổi mới", "Cứ 100 doanh nghiệp thì có ít nhất 45 doanh nghiệp đổi mới"),
    ("Chi tối thiểu 20% tổng chi", "Chi không dưới một phần năm tổng chi"),
    ("At least 90% of staff are trained", "Nine out of ten staff are trained"),
    ("At least two thirds of the votes", "At least 67% of the votes"),
    ("Half of the lamps are renewed", "Every other lamp of all lamps is renewed: 50%"),
    ("At least three quarters of members attend", "No fewer than 75% of members attend"),
    ("Answer a request under Articles 15 to 22", "A request under Articles 15 to 17 is answered"),
    ("The right in paragraphs 1 and 2 is explained", "The right in paragraph 1 is explained"),
    ("Theo quy định tại khoản 1 và 2 Điều 28", "Theo khoản 1, 2 và 3 Điều 12"),
    ("Controls under Section 164.312(a)(1) are tested", "The controls in sections 3 and 4 are tested"),
    ("Thực hiện mục 3, 5 Phụ lục 2", "Thực hiện mục 1 Phụ lục 1"),
    ("Hoàn thành trước ngày 2/9", "Hoàn thành trước 1/9"),
    ("Hoàn thành 30/6 hằng năm", "Hoàn thành ngày 1/6 hằng năm"),
    ("Trong 15 ngày kể từ ngày nhận hồ sơ", "Trong 10 ngày kể từ ngày nhận hồ sơ"),
    ("Lưu hồ sơ ít nhất 3 năm", "Lưu hồ sơ 60 tháng"),
    ("Lưu hồ sơ tối thiểu 36 tháng", "Giữ hồ sơ trong thời gian ít nhất ba năm"),
    ("Keep records for at least five years", "Records are retained for a minimum of sixty months, that is five years"),
    ("Keep records for at least five years", "Records are kept for 7 years"),
    ("Diễn tập ít nhất 02 năm một lần", "Diễn tập mỗi năm một lần"),
    ("Tiêm cho người từ 60 tuổi trở lên", "Tiêm cho người từ 50 tuổi trở lên"),
    ("Vaccinate persons aged 65 and over", "Vaccinate persons aged 60 and over"),
    ("Mỗi người dân có tài khoản số", "100% người dân có tài khoản số"),
    ("Mọi hồ sơ được xử lý qua mạng", "Mọi hồ sơ được xử lý qua mạng, giảm 20% thời gian xử lý"),
    ("Every agency has an open data plan", "All agencies have an open data plan; 50% of agencies by June"),
    (
        "Bảo đảm 100% chi phí ở hải đảo; tối thiểu 50% chi phí ở vùng nông thôn",
        "Chi trả trọn vẹn ở hải đảo; riêng nông thôn chi từ một nửa trở lên",
    ),
    (
        "Hồ sơ trực tuyến đạt 80%; thanh toán không tiền mặt đạt 70%",
        "Thanh toán không tiền mặt đạt 70%, hồ sơ trực tuyến đạt 80%",
    ),
    ("Đạt ít nhất 80% không dùng tiền mặt", "Giao dịch bằng tiền mặt tối đa 20%"),
    ("Giảm ít nhất 30% thủ tục", "Cắt một phần ba thủ tục"),
    ("Xếp hạng trong Top 10", "Đứng thứ 7"),
    ("Ít nhất 50% hộ dân", "Quá nửa số hộ dân"),
    ("Bố trí ít nhất một nhân sự phụ trách", "Cử hai kỹ sư trông coi"),
    ("Keep downtime at most 2%", "Downtime stays below 1%"),
    ("In the first quarter of 2026 all lamps are tested", "All lamps are tested"),
    ("A third party audits all stations", "All stations are audited by a third party"),
    ("Half-yearly reports on all stations", "Reports on all stations twice a year"),
    ("Tăng cường kiểm tra 24/7 tại mọi trạm", "Trực 24/7 tại mọi trạm"),
    ("Cấp giấy phép cho mỗi tàu trong 5 ngày", "Cấp giấy phép cho từng tàu trong 3 ngày"),
    ("Người lái ca nô phải đủ 18 tuổi", "Người lái ca nô phải từ 20 tuổi trở lên"),
    ("Persons at least 16 years old may enrol", "Only those who have turned 16 may enrol"),
]


@pytest.mark.parametrize(("superior", "item"), WEAKER)
def test_a_figure_that_asks_for_less_is_told(superior: str, item: str) -> None:
    assert weaker_target(superior, "", item, "") is not None


@pytest.mark.parametrize(("superior", "item"), NOT_WEAKER)
def test_an_equal_or_stricter_figure_is_none(superior: str, item: str) -> None:
    assert weaker_target(superior, "", item, "") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("đạt 2/3 dân số", 66.67), ("ba phần tư số hộ", 75), ("9/10 hộ", 90), ("cứ 8 người thì 6 người", 75),
        ("three quarters of the staff", 75), ("two in five lamps", 40), ("half of the crew", 50), ("quá nửa số xã", 50),
        ("7 trên 10 người dân", 70), ("3 trong số 12 thành viên", 25), ("mười hai người, trong đó 3 người", 25),
    ],
)  # fmt: skip
def test_a_fraction_is_read_as_a_share(text: str, value: float) -> None:
    shares = [one for one in figures(text) if one.kind == "share"]
    assert [round(one.value, 2) for one in shares] == [value]
    assert text[slice(*shares[0].span)] == shares[0].text
