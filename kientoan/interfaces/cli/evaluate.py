"""`kientoan evaluate`: how well the reader reads, measured by what the office confirmed or by files.

Standard output carries the result alone; messages go to standard error. With `--annotations` no database is
needed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kientoan.engines.evaluation import Annotation, BadAnnotations, Counts, Scores, load_annotations, score
from kientoan.engines.reader import read

if TYPE_CHECKING:
    from kientoan.engines.evaluation import Disagreement

NAMES = {"citation": "viện dẫn", "deadline": "thời hạn", "target": "chỉ tiêu", "task": "nhiệm vụ"}
SORTS = {"missed": "sót", "wrong": "thừa hoặc sai"}
MAX_SHOWN = 60
PROBLEMS = {
    "no_folder": "Không có thư mục này. Kiểm tra lại tên.",
    "no_files": "Thư mục không có tệp .jsonl nào.",
    "no_text": "Thiếu tệp .txt cùng tên chứa nội dung văn bản.",
    "not_utf8": "Tệp không phải UTF-8. Hãy lưu lại bằng UTF-8.",
    "not_json": "Không phải JSON.",
    "no_kind": 'Thiếu "kind" (citation, deadline, target, task).',
    "no_span": '"start" và "end" phải là số nguyên, start nhỏ hơn end.',
    "outside": "Đoạn nằm ngoài nội dung văn bản: tệp .txt đã bị sửa?",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--document", type=int, metavar="ID", help="chỉ văn bản có mã này trong sổ")
    source.add_argument(
        "--annotations", type=Path, metavar="DIR", help="thư mục chú giải đã xuất, không cần CSDL"
    )
    parser.add_argument("--json", action="store_true", help="in JSON")


def run(options: argparse.Namespace) -> int:
    """Exit code 0; 1 when nothing can be measured."""
    try:
        found = list(_readings(options))
    except BadAnnotations as error:
        place = f"{error.file}, dòng {error.line}" if error.line else error.file
        print(f"{place}: {PROBLEMS[error.problem]}", file=sys.stderr)
        return 1
    if not found:
        print("Chưa có gì được xác nhận trong văn bản nào. Mở văn bản, bấm Đọc và xác nhận.", file=sys.stderr)
        return 1
    scores = score(found)
    print(json.dumps(scores.to_json(), ensure_ascii=False) if options.json else summarise(scores))
    return 0


def _readings(options: argparse.Namespace) -> Iterator[tuple[Annotation, Mapping[str, Any]]]:
    annotations = (
        load_annotations(options.annotations) if options.annotations else _of_register(options.document)
    )
    for annotation in annotations:
        said = (annotation.about or {}).get("date")
        day = date.fromisoformat(said) if said else None
        yield annotation, read(annotation.text, day=day).to_json()


def _of_register(document: int | None) -> Iterator[Annotation]:
    from kientoan.domains.documents.annotations import annotated_documents, annotation_of
    from kientoan.domains.documents.models import Document

    wanted = Document.objects.all() if document is None else Document.objects.filter(pk=document)
    for row in annotated_documents(wanted).iterator(chunk_size=50):
        yield annotation_of(row)


def summarise(scores: Scores) -> str:
    """Give the account for a person: a table of kinds, of rules, of certainty, and where they differ."""
    lines = [f"{scores.documents} văn bản", ""]
    lines += _table("Loại", [(NAMES[kind], counts) for kind, counts in scores.kinds.items()], whole=True)
    rules = [
        (f"{NAMES[kind]} · {rule or '–'}", counts) for (kind, rule), counts in sorted(scores.rules.items())
    ]
    lines += ["", *_table("Quy tắc", rules)]
    bands = [
        (f"{NAMES[kind]} · {band or '–'} %", counts) for (kind, band), counts in sorted(scores.bands.items())
    ]
    lines += ["", *_table("Độ chắc", bands), "", f"{len(scores.disagreements)} chỗ khác nhau"]
    lines += [_line(item) for item in scores.disagreements[:MAX_SHOWN]]
    if len(scores.disagreements) > MAX_SHOWN:
        lines.append(f"… và {len(scores.disagreements) - MAX_SHOWN} chỗ nữa (xem đủ với --json)")
    return "\n".join(lines)


def _table(title: str, rows: Sequence[tuple[str, Counts]], *, whole: bool = False) -> list[str]:
    head = f"{title:34s} {'đúng':>6s} {'đọc ra':>7s} {'chưa xem':>9s} {'đúng/đọc':>9s}"
    lines = [head + (f" {'cần có':>7s} {'đúng/cần':>9s} {'F1':>9s}" if whole else "")]
    for name, counts in rows:
        line = f"{name:34s} {counts.right:6d} {counts.found:7d} {counts.unseen:9d} {_share(counts.precision)}"
        if whole:
            line += f" {counts.meant:7d} {_share(counts.recall)} {_share(counts.f1)}"
        lines.append(line)
    return lines


def _share(value: float | None) -> str:
    return f"{'–':>9s}" if value is None else f"{value * 100:.2f} %".replace(".", ",").rjust(9)


def _line(item: Disagreement) -> str:
    def one_line(words: str) -> str:
        return " ".join(words.split())

    rule = f" [{item.rule}]" if item.rule else ""
    where = f"{item.document}, {NAMES[item.kind]} {SORTS[item.sort]}{rule}, {item.start}–{item.end}"
    return f"- {where}: …{one_line(item.before)} ⟦{one_line(item.words)[:160]}⟧ {one_line(item.after)}…"
