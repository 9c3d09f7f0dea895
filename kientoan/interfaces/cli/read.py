"""`kientoan read FILE…`: read documents and print what they say; no database, nothing is stored.

Standard output carries results alone; messages go to standard error. One JSON object a line with `--json`.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from kientoan.engines.reader import Deadline, Reading, read, read_changes, read_citations
from kientoan.engines.reader.intake import UnreadableFile, extract_text, refuse_size

from .days import as_day

KINDS = ("head", "structure", "citations", "deadlines", "tasks", "targets", "changes")
MAX_SHOWN = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("files", nargs="*", metavar="FILE", help="tệp Word, PDF, HTML hoặc văn bản thuần")
    parser.add_argument("--json", action="store_true", help="in JSON, mỗi tệp một dòng")
    parser.add_argument("--out", metavar="DIR", help="ghi <tên tệp>.json vào thư mục này thay vì in ra")
    parser.add_argument("--lines", metavar="FILE", help='tệp JSONL, mỗi dòng một {"text": …}')
    parser.add_argument("--find", metavar="LOẠI,…", help=f"chỉ tìm những loại này: {', '.join(KINDS)}")
    parser.add_argument(
        "--day", type=as_day, metavar="YYYY-MM-DD", help="ngày văn bản, nếu văn bản không ghi"
    )


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Add the command to a parser that has sub-commands."""
    parser: argparse.ArgumentParser = subparsers.add_parser("read", help="đọc văn bản, in những gì tìm thấy")
    add_arguments(parser)
    return parser


def run(options: argparse.Namespace) -> int:
    """Exit code 0 when everything was read, 1 when a file or line was not, 2 for wrong arguments."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    kinds = tuple(kind.strip() for kind in options.find.split(",")) if options.find else KINDS
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        return _refuse(f"Không có loại “{unknown[0]}”. Chọn trong: {', '.join(KINDS)}.")
    if bool(options.files) == bool(options.lines):
        return _refuse("Cho biết tệp cần đọc, hoặc --lines với một tệp JSONL.")
    if options.lines and options.out:
        return _refuse("--out chỉ dùng với tệp; với --lines kết quả in ra màn hình, mỗi dòng một JSON.")
    if options.lines:
        return _run_lines(Path(options.lines), kinds, options.day)
    return _run_files(options, kinds)


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return 2


def _run_files(options: argparse.Namespace, kinds: tuple[str, ...]) -> int:
    folder = Path(options.out) if options.out else None
    if folder is not None:
        if folder.exists() and not folder.is_dir():
            return _refuse(f"“{folder}” là tệp. Hãy cho --out một thư mục.")
        stems = [Path(name).stem for name in options.files]
        twice = sorted({stem for stem in stems if stems.count(stem) > 1})
        if twice:
            return _refuse(
                f"Nhiều tệp cùng tên “{twice[0]}” sẽ ghi đè nhau trong {folder}. Hãy đổi tên hoặc đọc riêng."
            )
        folder.mkdir(parents=True, exist_ok=True)
    failed = False
    for place, name in enumerate(options.files):
        path = Path(name)
        try:
            reading = _read_file(path, options.day)
        except (UnreadableFile, OSError) as error:
            print(f"{path.name}: {_say(error)}", file=sys.stderr)
            failed = True
            continue
        plain = {"id": path.stem} | _chosen(reading, kinds)
        if folder is not None:
            (folder / f"{path.stem}.json").write_text(
                json.dumps(plain, ensure_ascii=False) + "\n", encoding="utf-8"
            )
        elif options.json:
            print(json.dumps(plain, ensure_ascii=False))
        else:
            print(("\n" if place else "") + summarise(path.stem, reading))
    return 1 if failed else 0


def _read_file(path: Path, day: date | None) -> Reading:
    refuse_size(path.stat().st_size)
    extracted = extract_text(path.read_bytes(), name=path.name)
    for warning in extracted.warnings:
        print(f"{path.name}: {warning}", file=sys.stderr)
    return read(extracted.text, day=day)


def _say(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "Không có tệp này. Kiểm tra lại tên và thư mục."
    if isinstance(error, IsADirectoryError):
        return "Đây là thư mục. Hãy chỉ tệp bên trong."
    if isinstance(error, OSError):
        return f"Không mở được tệp ({error.strerror})."
    return str(error)


def _chosen(reading: Reading, kinds: Iterable[str]) -> dict[str, Any]:
    plain = reading.to_json()
    chosen = {key: value for key, value in plain.items() if key == "text" or key in kinds}
    return chosen | _changes(reading.text) if "changes" in kinds else chosen


def _changes(text: str) -> dict[str, Any]:
    return {"changes": [change.to_json() for change in read_changes(text)]}


def _run_lines(path: Path, kinds: tuple[str, ...], day: date | None) -> int:
    failed = False
    try:
        with path.open("rb") as lines:
            for number, record, message in _records(lines):
                if record is None:
                    print(f"{path.name}, dòng {number}: {message}", file=sys.stderr)
                    failed = True
                    continue
                found = _find(record["text"], kinds, day)
                print(json.dumps(record | found, ensure_ascii=False))
    except OSError as error:
        print(f"{path.name}: {_say(error)}", file=sys.stderr)
        return 1
    return 1 if failed else 0


def _records(lines: Iterable[bytes]) -> Iterator[tuple[int, dict[str, Any] | None, str]]:
    """Give (line number, record, why there is none) for each line that is not blank."""
    for number, line in enumerate(lines, start=1):
        try:
            words = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            if not words:
                continue
            record = json.loads(words)
            json.dumps(record, ensure_ascii=False).encode(
                "utf-8"
            )  # half a letter (\\ud800) cannot be printed
        except UnicodeError:
            yield number, None, "Có ký tự không phải UTF-8. Hãy lưu lại bằng UTF-8."
            continue
        except (ValueError, RecursionError):
            yield number, None, "Không phải JSON."
            continue
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            yield number, None, 'Thiếu "text" là chuỗi chữ.'
        else:
            yield number, record, ""


def _find(text: str, kinds: tuple[str, ...], day: date | None) -> dict[str, Any]:
    if kinds == ("citations",):
        empty = read("")
        only = Reading(text, empty.head, (), read_citations(text), (), (), ())
        return {"citations": only.to_json()["citations"]}
    if kinds == ("changes",):
        return _changes(text)
    plain = read(text, day=day).to_json() | (_changes(text) if "changes" in kinds else {})
    return {kind: plain[kind] for kind in kinds}


def summarise(name: str, reading: Reading) -> str:
    """Give a short account for a person: what the document is and what it asks of whom by when."""
    head = reading.head
    title = " ".join(
        part
        for part in (
            head.type,
            f"số {head.number.text}" if head.number else None,
            f"ngày {head.date:%d/%m/%Y}" if head.date else None,
            f"của {head.issuer.text}" if head.issuer else None,
        )
        if part
    )
    lines = [f"{name}: {title or 'không rõ loại và số'}"]
    if head.subject:
        lines.append("  " + " ".join(head.subject.text.split()))
    lines.append(
        f"  {len(reading.provisions)} phần, {len(reading.citations)} viện dẫn, "
        f"{len(reading.tasks)} nhiệm vụ, {len(reading.deadlines)} thời hạn, {len(reading.targets)} chỉ tiêu"
    )
    for task in reading.tasks[:MAX_SHOWN]:
        due = _due(reading.deadlines[task.deadline]) if task.deadline is not None else "chưa rõ thời hạn"
        lines.append(f"  - {'; '.join(task.lead)}: {task.what} [{due}]")
    if len(reading.tasks) > MAX_SHOWN:
        lines.append(f"  … và {len(reading.tasks) - MAX_SHOWN} nhiệm vụ nữa")
    for target in reading.targets[:MAX_SHOWN]:
        lines.append(f"  * {' '.join(reading.text[target.start : target.end].split())}")
    if len(reading.targets) > MAX_SHOWN:
        lines.append(f"  … và {len(reading.targets) - MAX_SHOWN} chỉ tiêu nữa")
    return "\n".join(lines)


def _due(deadline: Deadline) -> str:
    return " ".join(deadline.text.split())
