"""What the cells of a sheet of audits mean, by the rules for audits from a spreadsheet."""

import csv
from datetime import date
from pathlib import Path

import pytest
from sheet_files import (
    DATA,
    HEADINGS,
    ROW,
    audits_of,
    changed,
    places_of,
    refusal_of,
    write_csv,
    write_xlsx,
)

from audit_app.core.identity import audit_key
from audit_app.exchange.audit_sheet import AuditRow

DOMAINS = ("recording", "assessment", "planning", "voice", "outcomes", "oversight")
THREE, FOUR, DIP = "six-domains-3", "six-domains-4", "dip-sample"
TITLES = ("Case recording", "Assessments", "Planning", "Voice", "Outcomes", "Management oversight")


def one_value(folder: Path, column: str, value: str, form_id: str = THREE) -> AuditRow:
    """The audit in a file of one, with one value changed."""
    audits = audits_of(write_csv(folder / "a.csv", HEADINGS, changed(**{column: value})), form_id)
    assert len(audits.rows) == 1
    return audits.rows[0]


def reason(folder: Path, column: str, value: str, form_id: str = THREE) -> str:
    """Why a value is refused in a column."""
    path = write_csv(folder / "a.csv", HEADINGS, changed(**{column: value}))
    refusal = refusal_of(path, form_id=form_id)
    assert places_of(refusal) == [(2, column)]
    return refusal.problems[0].reason


def test_the_published_file_is_read_whole() -> None:
    audits = audits_of(DATA / "bcp_2019_q2_audits.csv")
    assert (audits.ignored_columns, audits.missing_columns, audits.notes) == ((), (), ())
    assert [row.row for row in audits.rows] == list(range(2, 16))
    assert audits.rows[8] == AuditRow(
        row=10,
        case_reference="CIC-09",
        cohort="Last 10 into care",
        service="Children in care",
        team="CIC 1",
        worker="Worker 3",
        auditor="Auditor 2",
        audit_date=date(2019, 10, 15),
        grades={
            **dict.fromkeys(("recording", "planning", "voice", "oversight"), "good"),
            **dict.fromkeys(("assessment", "outcomes"), "requires_improvement"),
        },
        overall="requires_improvement",
        findings_supported="no",
    )
    assert sum(row.findings_supported == "yes" for row in audits.rows) == 12


def test_the_mixed_file_is_read_on_four_grades_and_refused_on_three() -> None:
    with (DATA / "mixed_audits.csv").open(encoding="utf-8-sig", newline="") as stream:
        references = [row[0] for row in list(csv.reader(stream, delimiter=";"))[1:] if any(row)]
    assert [row.case_reference for row in audits_of(DATA / "mixed_audits.csv", FOUR).rows] == references
    refusal = refusal_of(DATA / "mixed_audits.csv")
    assert all("this form has no Outstanding" in problem.reason for problem in refusal.problems)


# -- Columns ----


@pytest.mark.parametrize(
    "headings",
    [
        HEADINGS,
        (
            *("Case reference", "Cohort", "Service", "Team", "Worker", "Auditor", "Date of audit"),
            *(*TITLES, "Overall", "Findings supported"),
        ),
        (
            *("CASE-REFERENCE:", " cohort ", "Ser vice", "TEAM", "worker", "auditor", "Audit date"),
            *(*map(str.upper, TITLES), "Overall grade", "findings supported?"),
        ),
        (
            *("CaseReference", "cohort", "service", "team", "worker", "auditor", "Audit_Date"),
            *(*(title.replace(" ", "\u00a0\n") for title in TITLES), "OVER ALL", "Findings–supported"),
        ),
    ],
)
def test_columns_are_known_by_id_or_title_whatever_their_case_and_spaces(
    tmp_path: Path, headings: tuple[str, ...]
) -> None:
    audits = audits_of(write_csv(tmp_path / "a.csv", headings, ROW))
    assert audits.rows == audits_of(write_csv(tmp_path / "b.csv", HEADINGS, ROW)).rows
    assert (audits.ignored_columns, audits.missing_columns) == ((), ())


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", HEADINGS[::-1], ROW[::-1])
    assert audits_of(path).rows == audits_of(write_csv(tmp_path / "b.csv", HEADINGS, ROW)).rows


def test_unknown_columns_are_listed_and_ignored_and_missing_ones_are_named(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "a.csv", ("Age", "voice", "Case reference", "Notes"), ("5", "Good", "1", "=x")
    )
    audits = audits_of(path)
    assert audits.ignored_columns == ("Age", "Notes")
    assert audits.missing_columns == (
        *("Cohort", "Service", "Team", "Worker", "Auditor", "Date of audit"),
        *("Case recording", "Assessments", "Planning", "Outcomes", "Management oversight"),
        *("Overall", "Findings supported"),
    )
    grades = {**dict.fromkeys(DOMAINS, "not_graded"), "voice": "good"}
    assert audits.rows == (AuditRow(2, "1", "", "", "", "", "", None, grades, "not_graded", None),)


@pytest.mark.parametrize(
    ("headings", "says"),
    [
        (("voice", "team"), "no column for “Case reference”"),
        (("case_reference", "overall"), "no column for a domain such as “Case recording”"),
        (("Audits of quarter 2", ""), "“Case reference” and a domain"),
    ],
)
def test_a_needed_column_that_is_missing_is_named_with_the_row_of_headings(
    tmp_path: Path, headings: tuple[str, ...], says: str
) -> None:
    path = write_csv(tmp_path / "a.csv", (), headings, HEADINGS, ROW)
    sentence = refusal_of(path).sentence
    assert says in sentence
    assert "Row 2 is read as the headings" in sentence


@pytest.mark.parametrize(
    ("first", "second"),
    [("voice", "Voice "), ("audit_date", "Date of audit"), ("Audit date", "Date of audit")],
)
def test_the_same_column_twice_is_refused(tmp_path: Path, first: str, second: str) -> None:
    path = write_csv(tmp_path / "a.csv", ("case_reference", "planning", first, second), ("1", "Good", "", ""))
    assert places_of(refusal_of(path)) == [(1, "column D")]


def test_headings_without_rows_are_refused(tmp_path: Path) -> None:
    assert "no rows below" in refusal_of(write_csv(tmp_path / "a.csv", HEADINGS, [""] * 15)).sentence


# -- Grades ----

GOOD = ("Good", "good", " GOOD ", "good.")
RI = ("RI", "ri", "R.I.", "Requires improvement", "requires_improvement", "REQUIRES  IMPROVEMENT")
RI_LONG = ("Requires improvement (to be good)", "Requires improvement to be good", "Requires-improvement")
INADEQUATE = ("Inad", "inad.", "Inadequate", "INADEQUATE")
NOT_GRADED = (
    "",
    " ",
    "-",
    "–",
    "—",
    "--",
    "− ",
    "N/A",
    "n/a",
    "NA",
    "n.a.",
    "N / A",
    "Not graded",
    "not_graded",
)


@pytest.mark.parametrize("column", ["voice", "overall"])
@pytest.mark.parametrize(
    ("words", "grade"),
    [
        (GOOD, "good"),
        (RI + RI_LONG, "requires_improvement"),
        (INADEQUATE, "inadequate"),
        (NOT_GRADED, "not_graded"),
    ],
)
def test_every_word_for_a_grade_is_read(
    tmp_path: Path, column: str, words: tuple[str, ...], grade: str
) -> None:
    for word in words:
        audit = one_value(tmp_path, column, word)
        assert (audit.grades["voice"] if column == "voice" else audit.overall) == grade, word


def test_outstanding_is_read_where_the_form_has_it(tmp_path: Path) -> None:
    assert one_value(tmp_path, "voice", "OUTSTANDING", FOUR).grades["voice"] == "outstanding"
    assert one_value(tmp_path, "overall", "outstanding", FOUR).overall == "outstanding"


def test_outstanding_elsewhere_says_which_words_there_are_and_that_another_form_has_it(
    tmp_path: Path,
) -> None:
    said = reason(tmp_path, "voice", "Outstanding")
    assert said == (
        "this form has no Outstanding; choose a form that has it, or use "
        "Good, Requires improvement (RI), Inadequate (Inad), or leave it blank"
    )


@pytest.mark.parametrize(
    "word", ["Godo", "1", "Good/RI", "Good?", "Adequate", "TRUE", "yes", "#VALUE!", "2019-10-07"]
)
def test_any_other_word_is_refused(tmp_path: Path, word: str) -> None:
    assert reason(tmp_path, "voice", word)


# -- Supported, dates and texts ----


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("yes", "yes"),
        ("Y", "yes"),
        ("YES", "yes"),
        ("no", "no"),
        ("N", "no"),
        ("No", "no"),
        ("", None),
        (" ", None),
    ],
)
def test_findings_are_supported_or_not_or_nobody_said(
    tmp_path: Path, word: str, expected: str | None
) -> None:
    assert one_value(tmp_path, "findings_supported", word).findings_supported == expected


@pytest.mark.parametrize("word", ["maybe", "1", "TRUE", "n/a", "ja"])
def test_any_other_word_for_supported_is_refused(tmp_path: Path, word: str) -> None:
    assert "yes or no" in reason(tmp_path, "findings_supported", word)


def test_dates_are_read_day_first_and_blank_stays_blank(tmp_path: Path) -> None:
    assert one_value(tmp_path, "audit_date", "03/04/2019").audit_date == date(2019, 4, 3)
    assert one_value(tmp_path, "audit_date", "").audit_date is None
    assert "no such day" in reason(tmp_path, "audit_date", "30/02/2019")
    assert "from 1990 to 2100" in reason(tmp_path, "audit_date", "1019-10-31")


def test_texts_are_one_line_with_single_spaces(tmp_path: Path) -> None:
    assert one_value(tmp_path, "team", " North\n  East\tteam ").team == "North East team"


@pytest.mark.parametrize("column", ["case_reference", "cohort", "service", "team", "worker", "auditor"])
def test_texts_of_more_than_200_characters_are_refused(tmp_path: Path, column: str) -> None:
    one_value(tmp_path, column, "x" * 200)
    assert "longer than 200" in reason(tmp_path, column, "x" * 201)


@pytest.mark.parametrize("column", [0, 1, 5])
def test_a_date_where_text_belongs_is_refused(tmp_path: Path, column: int) -> None:
    """Excel makes 8 November of 8-11."""
    row: list[object] = [*ROW]
    row[column] = date(2019, 11, 8)
    refusal = refusal_of(write_xlsx(tmp_path / "a.xlsx", HEADINGS, row))
    assert places_of(refusal) == [(2, HEADINGS[column])]
    assert "a date where text belongs" in refusal.problems[0].reason


@pytest.mark.parametrize("reference", ["1.23457E+12", "4E+15", "1,5e+20"])
def test_a_reference_that_the_spreadsheet_shortened_is_refused(tmp_path: Path, reference: str) -> None:
    assert "shortened" in reason(tmp_path, "case_reference", reference)


def test_a_blank_reference_is_refused(tmp_path: Path) -> None:
    assert "blank" in reason(tmp_path, "case_reference", " ")


# -- All or nothing ----


def test_every_problem_is_listed_by_row_and_column(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "a.csv",
        HEADINGS,
        changed(case_reference="", findings_supported="perhaps"),
        ROW,
        changed(case_reference="CIC-02", audit_date="31/31/2019", voice="Godo", team="a\u202eb"),
    )
    refusal = refusal_of(path)
    assert places_of(refusal) == [
        (2, "case_reference"),
        (2, "findings_supported"),
        (4, "team"),
        (4, "audit_date"),
        (4, "voice"),
    ]
    assert refusal.sentence.splitlines()[0] == (
        "“a.csv” has 5 things that can't be read. Nothing was imported. "
        "Mend what is listed, save it, and import it again."
    )
    assert "Row 4, voice “Godo”: not a grade of this form: use Good, " in str(refusal)


def test_of_very_many_problems_the_first_are_listed_and_all_are_counted(tmp_path: Path) -> None:
    rows = [changed(case_reference=f"C{at}", voice="x", planning="y", team="t\u202e") for at in range(1_000)]
    refusal = refusal_of(write_csv(tmp_path / "a.csv", HEADINGS, *rows))
    assert "has 3,000 things that can't be read" in refusal.sentence
    assert "The first 500 are listed." in refusal.sentence
    assert len(refusal.problems) == 500
    assert places_of(refusal)[:4] == [(2, "team"), (2, "planning"), (2, "voice"), (3, "team")]


def test_the_same_audit_twice_names_both_rows(tmp_path: Path) -> None:
    twice = changed(case_reference=" cic-01 ", auditor="AUDITOR  1", audit_date="07/10/2019", voice="RI")
    path = write_csv(tmp_path / "a.csv", HEADINGS, ROW, changed(case_reference="CIC-02"), twice)
    refusal = refusal_of(path)
    assert places_of(refusal) == [(4, "case_reference")]
    assert "row 2 is the same audit" in refusal.problems[0].reason


def test_blank_auditor_and_date_equal_blank(tmp_path: Path) -> None:
    row = changed(auditor="", audit_date="")
    refusal = refusal_of(write_csv(tmp_path / "a.csv", HEADINGS, row, ROW, row))
    assert places_of(refusal) == [(4, "case_reference")]


@pytest.mark.parametrize(
    "other", [{"auditor": "Auditor 2"}, {"audit_date": "2019-10-08"}, {"audit_date": ""}]
)
def test_another_auditor_or_another_day_is_another_audit(tmp_path: Path, other: dict[str, str]) -> None:
    audits = audits_of(write_csv(tmp_path / "a.csv", HEADINGS, ROW, changed(**other)))
    keys = {audit_key("P", row.case_reference, row.auditor, row.audit_date) for row in audits.rows}
    assert len(keys) == len(audits.rows) == 2


def test_a_form_of_grades_alone_reads_the_same_columns(tmp_path: Path) -> None:
    assert (
        audits_of(write_csv(tmp_path / "a.csv", HEADINGS, ROW), DIP).rows[0].overall == "requires_improvement"
    )
