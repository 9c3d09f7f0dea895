"""Charts: drawn offline, told in words, gaps where nothing was reported."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kientoan.engines.writers import (
    HeatCell,
    Point,
    Status,
    StatusBar,
    bars,
    heatmap,
    sparkline,
    status_bars,
    trend,
)

POINTS = [Point("01/2026", Decimal("1234.5")), Point("02/2026", None), Point("03/2026", 90, estimated=True)]
STATUSES = [Status("met", "Hoàn thành", "good"), Status("late", "Quá hạn", "bad")]
CHARTS = {
    "trend": trend(POINTS, title="Xu hướng", unit="%", target=85, source="Sở Nội vụ"),
    "bars": bars(POINTS, title="So sánh", unit="hồ sơ", target=1000),
    "heatmap": heatmap([HeatCell("Xã A", "Kinh tế", 5), HeatCell("Xã A", "Xã hội", None)], title="Bản đồ"),
    "status": status_bars(
        [StatusBar("Xã A", {"met": 9, "late": 2}), StatusBar("Xã B", {})],
        statuses=STATUSES,
        title="Trạng thái",
    ),
}


def words(svg):
    return [
        text
        for text in etree.fromstring(svg.encode()).xpath("//*[local-name()='text']//text()")
        if text.strip()
    ]


@pytest.mark.parametrize("name", CHARTS)
def test_each_chart_is_an_svg_that_says_what_it_shows(name):
    chart = CHARTS[name]
    root = etree.fromstring(chart.to_svg().encode())
    assert root.get("role") == "img"
    assert root.get("aria-label") == f"{chart.title}. {chart.description}"
    assert [child.tag.split("}")[1] for child in root[:2]] == ["title", "desc"]
    assert chart.title in words(chart.to_svg())


@pytest.mark.parametrize("name", ["trend", "status"])
def test_each_chart_is_a_png_of_its_size(name):
    assert CHARTS[name].to_png(scale=1).startswith(b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("trend", "01/2026: 1.234,5; 02/2026: chưa báo cáo; 03/2026: 90 (ước) %. Chỉ tiêu: 85 %."),
        ("bars", "01/2026: 1.234,5; 02/2026: chưa báo cáo; 03/2026: 90 (ước) hồ sơ. Chỉ tiêu: 1.000 hồ sơ."),
        ("heatmap", "2 ô. Xã A, Kinh tế: 5; Xã A, Xã hội: chưa báo cáo"),
        ("status", "Xã A: 9 hoàn thành, 2 quá hạn; Xã B: không có."),
    ],
)
def test_the_words_beside_the_picture(name, description):
    assert CHARTS[name].description == description


def test_numbers_are_written_the_vietnamese_way():
    drawn = words(CHARTS["bars"].to_svg())
    assert "1.234,5" in drawn
    assert "1.000" in drawn
    assert "chưa báo cáo" in drawn
    assert "Chỉ tiêu 1.000" in drawn


def test_status_is_told_by_word_and_an_empty_group_is_not_lost():
    drawn = words(CHARTS["status"].to_svg())
    assert {"Hoàn thành", "Quá hạn", "9", "2", "không có"} <= set(drawn)


def test_a_square_without_value_is_a_dash_that_is_explained():
    drawn = words(CHARTS["heatmap"].to_svg())
    assert "–" in drawn
    assert any("chưa báo cáo" in text for text in drawn)


def test_a_trend_breaks_at_a_period_not_reported():
    points = [Point(str(n), None if n == 3 else n) for n in range(1, 7)]
    svg = trend(points, title="Gãy").to_svg()
    line = re.search(r"mark-line[^>]*>(.*?)</g>", svg, re.DOTALL).group(1)
    assert line.count("M") == 2


def test_titles_cannot_break_the_picture():
    assert etree.fromstring(trend(POINTS, title='<b> & "x"').to_svg().encode()) is not None


@pytest.mark.parametrize(
    "charts", [trend([], title="Rỗng"), bars([], title="Rỗng"), heatmap([], title="Rỗng")]
)
def test_no_data_draws_an_empty_chart(charts):
    assert "Rỗng" in words(charts.to_svg())


@pytest.mark.parametrize(
    ("points", "options", "label"),
    [
        ([], {"label": "Đúng hạn"}, "Đúng hạn: chưa có số liệu"),
        ([None, None], {}, "chưa có số liệu"),
        ([1, 2.5, None], {"label": "Tỷ lệ"}, "Tỷ lệ: gần nhất 2,5"),
        ([0], {"label": 'a "b" & c'}, 'a "b" & c: gần nhất 0'),
    ],
)
def test_a_sparkline_is_told_in_words(points, options, label):
    assert etree.fromstring(sparkline(points, **options)).get("aria-label") == label


@pytest.mark.parametrize(
    ("points", "moves"), [([1, 2, 3], 1), ([1, None, 3], 2), ([1, 2, None, 3, 4, None, 5], 3), ([5, 5, 5], 1)]
)
def test_a_sparkline_breaks_where_nothing_was_reported(points, moves):
    path = etree.fromstring(sparkline(points)).xpath("//*[local-name()='path']")[-1].get("d")
    assert path.count("M") == moves


@pytest.mark.parametrize(
    ("bounds", "part"), [({"low": 2}, "stroke-dasharray"), ({"low": 2, "high": 4}, "<rect")]
)
def test_the_target_is_a_line_or_a_band(bounds, part):
    assert part in sparkline([1, 2, 3], **bounds)


@given(st.lists(st.none() | st.floats(-1e9, 1e9) | st.integers(-1000, 1000), max_size=40))
def test_a_sparkline_stays_inside_its_frame(points):
    root = etree.fromstring(sparkline(points, low=-5, high=5))
    for path in root.xpath("//*[local-name()='path']/@d"):
        for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path):
            assert 0 <= float(x) <= 120
            assert 0 <= float(y) <= 28
