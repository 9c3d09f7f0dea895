"""Every duty in the example's documents is read with its body, its deadline and its place."""

from __future__ import annotations

import pytest

from kientoan.engines import reader

from .test_documents import FILES, expected, provision_text, reading_of


def limits(reading: reader.Reading, task: reader.Task) -> tuple[str, ...]:
    """Operator, day, period of a task's deadline, and its recurrence; empty where there is none."""
    if task.deadline is None:
        return "", "", "", task.recurrence or ""
    item = reading.deadlines[task.deadline]
    day = item.date.isoformat() if item.date else ""
    return item.operator, day, item.period or "", item.recurrence or task.recurrence or ""


@pytest.mark.parametrize("key", FILES)
def test_every_task_is_read_and_no_other(key: str) -> None:
    reading = reading_of(key)
    wanted = [row["starts"] for row in expected("tasks.csv", key)]
    found = [reading.text[task.start : task.end] for task in reading.tasks]
    assert [words[: len(start)] for words, start in zip(found, wanted, strict=False)] == wanted
    assert len(found) == len(wanted)


@pytest.mark.parametrize("key", FILES)
def test_lead_and_cooperating_bodies_are_those_of_the_text(key: str) -> None:
    for task, row in zip(reading_of(key).tasks, expected("tasks.csv", key), strict=True):
        assert ";".join(task.lead) == row["lead"], row["starts"]
        assert ";".join(task.cooperate) == row["cooperate"], row["starts"]


@pytest.mark.parametrize("key", FILES)
def test_deadlines_are_kept_with_operator_and_recurrence(key: str) -> None:
    reading = reading_of(key)
    for task, row in zip(reading.tasks, expected("tasks.csv", key), strict=True):
        operator, day, period, recurrence = limits(reading, task)
        assert (day, period, recurrence) == (row["date"], row["period"], row["recurrence"]), row["starts"]
        if row["operator"]:
            assert operator == row["operator"], row["starts"]


@pytest.mark.parametrize("key", FILES)
def test_each_task_lies_in_its_provision(key: str) -> None:
    reading = reading_of(key)
    for task, row in zip(reading.tasks, expected("tasks.csv", key), strict=True):
        if row["eid"].startswith(("title", "para", "annex")):
            start, end = provision_text(reading, row["eid"])
            assert start <= task.start < task.end <= end, row["starts"]
