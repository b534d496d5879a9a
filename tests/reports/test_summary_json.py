"""The summary as JSON has exactly the agreed keys in their order, and what the published answer has."""

import csv
import json
import runpy
from datetime import date
from pathlib import Path

import core_builders as build
import oracle
from core_builders import GOOD, INADEQUATE, OUTSTANDING, RI, Graded

from audit_app.core.summary import AuditCounts, Filters, Summary, Tally, summarise
from audit_app.reports.summary_json import summary_dict, summary_json

DATA = Path(__file__).resolve().parent.parent / "data"


def published() -> Summary:
    """The published table, with the file's spelling of its cohorts."""
    cohorts = ("Last 10 into care", "8-11 months into care")
    return build.summary(build.real_table(), cohorts=cohorts, not_supported=2)


def test_the_published_answer_is_held_on_every_key_it_has() -> None:
    expected = json.loads((DATA / "bcp_2019_q2_expected_summary.json").read_text(encoding="utf-8"))
    found = json.loads(summary_json(published()))
    # The published answer leaves out what it says nothing of: the rest must be equal.
    assert (found["title"], found["strongest"], found["concerns"]) == (
        expected["title"],
        expected["strongest"],
        expected["concerns"],
    )
    assert expected["audits"].items() <= found["audits"].items()
    assert expected["overall"].items() <= found["overall"].items()
    for key in ("domains", "cohorts"):
        assert len(found[key]) == len(expected[key])
        assert all(want.items() <= have.items() for want, have in zip(expected[key], found[key], strict=True))


def test_keys_come_in_the_agreed_order() -> None:
    found = json.loads(summary_json(published()))
    assert list(found) == [
        *("title", "programme", "form", "filters", "audits", "domains", "overall", "cohorts"),
        *("strongest", "concerns", "overridden", "unsafe", "moderated"),
    ]
    assert list(found["form"]) == ["id", "version"]
    assert list(found["filters"]) == ["cohort", "team", "service", "from", "to"]
    assert list(found["audits"]) == ["submitted", "supported", "not_supported", "not_yet_read", "unfinished"]
    assert all(list(row) == ["id", "title", "grades", "graded", "not_graded"] for row in found["domains"])
    assert list(found["overall"]) == ["grades", "graded", "not_graded"]
    assert all(list(row) == ["title", "grades", "graded", "not_graded"] for row in found["cohorts"])


def test_grades_list_the_whole_scale_best_first_with_zeros() -> None:
    found = summary_dict(build.summary([Graded({"voice": GOOD})], scale=build.FOUR))
    row = found["domains"][3]  # type: ignore[index]
    assert list(row["grades"].items()) == [(OUTSTANDING, 0), (GOOD, 1), (RI, 0), (INADEQUATE, 0)]


def test_filters_are_null_when_unused_and_dates_are_iso() -> None:
    assert set(summary_dict(build.summary())["filters"].values()) == {None}  # type: ignore[attr-defined]
    filters = Filters("Leaving care", "North", "Safeguarding", date(2024, 2, 29), date(2024, 3, 1))
    found = summary_dict(build.summary(cohorts=("Leaving care",), filters=filters))
    assert found["filters"] == {
        "cohort": "Leaving care",
        "team": "North",
        "service": "Safeguarding",
        "from": "2024-02-29",
        "to": "2024-03-01",
    }


def test_letters_stay_letters_and_the_text_ends_in_a_line_break() -> None:
    counts = AuditCounts(1, 1, cases=1)
    held = [Tally("c1", row, GOOD, 1) for row in build.ROWS]
    text = summary_json(summarise(build.programme("Plant Ŵyn 8–11"), build.form(), Filters(), counts, held))
    assert "Plant Ŵyn 8–11" in text
    assert text.endswith("}\n")


def test_the_mixed_sheet_and_its_answer_are_as_their_script_makes_them() -> None:
    made = runpy.run_path(str(DATA / "make_mixed_audits.py"))
    with (DATA / "mixed_audits.csv").open(encoding="utf-8-sig", newline="") as sheet:
        lines = list(csv.reader(sheet, delimiter=";"))
    rows = made["rows"]()
    assert lines[1:] == [list(row.values()) for row in rows]
    expected = json.loads((DATA / "mixed_audits_expected.json").read_text(encoding="utf-8"))
    assert oracle.expected_summary(rows, made["PROGRAMME"]) == expected


def test_the_mixed_sheet_has_everything_the_published_one_lacks() -> None:
    expected = json.loads((DATA / "mixed_audits_expected.json").read_text(encoding="utf-8"))
    assert expected["title"] == "26 audits of 24 cases"
    assert all(expected["audits"][name] for name in ("supported", "not_supported", "not_yet_read"))
    assert expected["overridden"] > 1
    assert expected["cohorts"][-1]["title"] == "No cohort"
    assert all(row["not_graded"] for row in expected["domains"])
    assert all(row["grades"][OUTSTANDING] for row in expected["domains"])
    assert expected["domains"][0]["grades"][INADEQUATE] == 0


def test_the_oracle_counts_rows_marked_unsafe_as_a_spreadsheet_numbers_them() -> None:
    made = runpy.run_path(str(DATA / "make_mixed_audits.py"))
    found = oracle.expected_summary(made["rows"](), made["PROGRAMME"], unsafe_rows={2, 7, 99})
    assert found["unsafe"] == 2
    # Row 7 is left out as not supported, and still a child who is not safe.
    assert found["audits"]["not_supported"] == 3
