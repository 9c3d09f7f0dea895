"""HTML pages: what a reader sees, in order."""

import pytest

from kientoan.engines.reader.intake import extract_text


def read(page, charset="utf-8"):
    return extract_text(page.encode(charset), name="a.html")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<html><body><p>Điều 1.\n  Phạm vi</p><p>Điều&nbsp;2</p></body></html>", "Điều 1. Phạm vi\nĐiều 2"),
        ("<html><body>Nghị quyết<br>số 18</body></html>", "Nghị quyết\nsố 18"),
        ("<html><style>p{}</style><p>Kế <b>hoạch</b></p><script>x</script></html>", "Kế hoạch"),
        ("<html><p style='display: none'>ẩn</p><p>hiện ở đây</p></html>", "hiện ở đây"),
        (
            "<html><table><tr><th>TT</th><th>Việc</th></tr>"
            "<tr><td>1</td><td><p>Rà soát</p><p>báo cáo</p></td></tr></table></html>",
            "TT | Việc\n1 | Rà soát báo cáo",
        ),
        (
            "<html><table><tr><td><p>Điều 1</p>"
            "<table><tr><td>a</td><td>ô</td></tr></table></td></tr></table></html>",
            "Điều 1\na | ô",
        ),
    ],
)
def test_pages(html, text):
    assert read(html).text == text


def test_the_named_character_set_is_used():
    page = "<html><meta charset='utf-16'><p>Nghị quyết Hội đồng nhân dân</p></html>"
    assert read(page).text == "Nghị quyết Hội đồng nhân dân"
    assert read(page, "utf-16").encoding == "utf-16"


def test_a_cell_merged_over_rows_keeps_the_columns_of_the_rows_below():
    html = (
        "<table><tr><th>TT</th><th>Chủ trì</th><th>Thời hạn</th></tr>"
        "<tr><td>1</td><td rowspan='2'>Sở Nội vụ</td><td>Tháng 10/2026</td></tr>"
        "<tr><td>2</td><td>Tháng 12/2026</td></tr><tr><td>3</td><td>Sở Y tế</td><td>Quý I</td></tr></table>"
    )
    assert read(html).text.split("\n")[1:] == [
        "1 | Sở Nội vụ | Tháng 10/2026",
        "2 |  | Tháng 12/2026",
        "3 | Sở Y tế | Quý I",
    ]
