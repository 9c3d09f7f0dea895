"""Some provinces of the nation: which units of the lists are theirs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from .differences import Step
from .source import BadSource, Entry, Source


@dataclass(frozen=True)
class Scope:
    """The provinces to load, by the codes they had before 1 July 2025, and their names then."""

    provinces: frozenset[str]
    names: tuple[str, ...]

    def narrowed(self, step: Step) -> Step:
        """The step with the units of these provinces alone."""
        before, after = self._within(step.before), self._within(step.after)
        return replace(step, before=before, after=after, anew=step.anew & (set(before) | set(after)))

    def _within(self, entries: Mapping[str, Entry]) -> dict[str, Entry]:
        return {
            code: entry for code, entry in entries.items() if self._province(entries, entry) in self.provinces
        }

    @staticmethod
    def _province(entries: Mapping[str, Entry], entry: Entry) -> str:
        while entry.level != "province" and entry.parent in entries:
            entry = entries[entry.parent]
        return entry.code if entry.level == "province" else ""

    def basis(self, text: str) -> str:
        """Of a day's resolutions those that name one of the provinces; all, when none does."""
        named = [part.strip() for part in text.split(";") if any(name in part for name in self.names)]
        return "; ".join(named) or text


def scope_of(source: Source, words: str) -> Scope:
    """The provinces written as "92,93,94". Raises `BadSource` with the codes that the list does not have."""
    hint = (
        "units_pre2025.csv",
        "Hãy ghi mã tỉnh trước ngày 01/07/2025, cách nhau bằng dấu phẩy, ví dụ 92,93,94.",
    )
    return scope_among(source.before, words, *hint)


def scope_among(entries: Mapping[str, Entry], words: str, where: str, remedy: str) -> Scope:
    """The provinces written as "92,93" among the entries of the list `where`. Raises `BadSource`."""
    codes = [word.strip() for word in words.split(",") if word.strip()]
    known = {code: entry for code, entry in entries.items() if entry.level == "province"}
    unknown = [code for code in codes if code not in known]
    if unknown or not codes:
        raise BadSource(f"--provinces: {where} không có tỉnh mã {', '.join(unknown) or '(trống)'}. {remedy}")
    names = tuple(known[code].name.removeprefix("Tỉnh ").removeprefix("Thành phố ") for code in codes)
    return Scope(frozenset(codes), names)
