"""The pictures of time: wards merged and divided in July 2025, and what was known before."""

import json
import os
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from make_pictures import Photographer

ROOT = Path(__file__).resolve().parents[1]
OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")
CODES = {"a": "31120", "b": "31168"}

# A part of Resolution 1668/NQ-UBTVQH15, with the shares of the area as the public mapping estimates them.
MERGER = {
    "legal_basis": "Nghị quyết số 1668/NQ-UBTVQH15 ngày 16/6/2025 về việc sắp xếp các đơn vị hành chính cấp "
    "xã của thành phố Cần Thơ năm 2025 (trích)",
    "effective_date": "2025-07-01",
    "events": [
        {
            "kind": "split_merge",
            "originals": ["31117", "31120", "31178", "31168", "31177"],
            "results": [
                {
                    "key": key,
                    "name": name,
                    "kind": "ward",
                    "level": "commune",
                    "code": CODES[key],
                    "parent": "92",
                }
                for key, name in (("a", "Phường Cái Khế"), ("b", "Phường Bình Thủy"))
            ],
            "passings": [
                {"from": "31117", "to": "#a"},
                {"from": "31120", "to": "#a"},
                {"from": "31178", "to": "#a", "extent": "partial", "area": 0.2646},
                {"from": "31168", "to": "#b"},
                {"from": "31177", "to": "#b"},
                {"from": "31178", "to": "#b", "extent": "partial", "area": 0.7354},
            ],
        }
    ],
}


def see_time(at: "Photographer") -> None:
    """Lineage, comparison and map of the merger, what was known before it, figures on the new wards."""
    before = f"{datetime.now(OFFICE):%d/%m/%Y %H:%M:%S}"
    time.sleep(2)
    merge_wards(at.folder)
    with at.signed_in("tochuc") as page:
        at.open(page, "/to-chuc/?q=Phường Cái Khế&day=01/07/2025")
        page.locator("th a", has_text="Phường Cái Khế").first.click()
        page.wait_for_selector("#lineage")
        at.both(page, "lineage", part="#lineage")
        at.open(page, "/to-chuc/so-sanh/?start=30/06/2025&end=01/07/2025")
        at.both(page, "compare", height=800)
        at.open(page, "/to-chuc/ban-do/?start=30/06/2025&end=01/07/2025")
        at.both(page, "map", part=".map__pair")
        at.open(page, f"/to-chuc/?known={before}&q=Cái Khế")
        at.both(page, "known", height=480)
    with at.signed_in("theodoi") as page:
        at.open(page, "/chi-tieu/danh-muc/?q=việc làm mới&day=01/07/2025")
        page.locator("table a", has_text="việc làm mới").first.click()
        page.locator("a", has_text="Số liệu theo đơn vị").first.click()
        page.locator(".chip", has_text="Đơn vị từ 01/07/2025").click()
        at.both(page, "recast", height=800)


def merge_wards(folder: Path) -> None:
    """Apply a part of the resolution, and load the outlines of its two new wards, by the command line."""
    decision, outlines = folder / "sap-xep.json", folder / "ranh-gioi.geojson"
    decision.write_text(json.dumps(MERGER, ensure_ascii=False), encoding="utf-8")
    drawn = json.loads((ROOT / "example/cantho/boundaries-2025.geojson").read_text(encoding="utf-8"))
    wanted = set(CODES.values())
    drawn["features"] = [one for one in drawn["features"] if one["properties"]["code"] in wanted]
    outlines.write_text(json.dumps(drawn, ensure_ascii=False), encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"KIENTOAN_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)}
    for words in (
        ["apply-decision", str(decision), "--apply"],
        ["load-boundaries", str(outlines), "--on", "2025-07-01"],
    ):
        command = [sys.executable, "-m", "kientoan", *words]
        subprocess.run(command, env=environment, check=True, capture_output=True)
