"""A sheet goes in by the command line and comes out as text, JSON, PDF and xlsx with the same numbers."""

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import oracle
import pypdf
import pytest
import session_builders as build
from app_folders import AppFolders
from command_line import PASSPHRASE, done
from session_builders import DATA, DOMAINS, MIXED_SHEET, REAL_SHEET

from audit_app.core.summary import Filters
from audit_app.services.programmes import ProgrammeDraft
from audit_app.services.session import Session

PUBLISHED = json.loads((DATA / "bcp_2019_q2_expected_summary.json").read_text("utf-8"))
MIXED = oracle.Programme("Mixed audits", "six-domains-4", 1, oracle.FOUR_POINT, rule=oracle.four_point_rule)
# What a sheet cannot carry: audits made in the program, by its owner, in the programme of the sheet.
MORE = (
    {"case_reference": "OWN-1", "overall": "RI", "voice": "Inad", "safe_now": "no"},
    {"case_reference": "OWN-2", "cohort": "Pre-birth", "overall": "Good", "safe_now": "yes"},
    {"case_reference": "MX-001", "cohort": "Leaving care", "planning": "-", "overall": "", "safe_now": "no"},
    {"case_reference": "OWN-3", "cohort": "Short breaks", "state": "draft", "safe_now": "no"},
    {"case_reference": "OWN-4", "state": "draft"},
)
# As later parts of the program will write it: by row of the sheet, the agreed grades.
MODERATED = {
    2: {"agreed_recording": "Good", "agreed_overall": "Good"},
    8: {"agreed_voice": "RI"},
    30: {},
}


@dataclass(frozen=True)
class Figures:
    """A row of a table as read back: its title, a count for each grade, graded and not graded."""

    title: str
    counts: tuple[str, ...]


@dataclass(frozen=True)
class Outputs:
    """One summary in every form."""

    json: dict[str, Any]
    text: str
    pdf: str
    xlsx: openpyxl.Workbook


def outputs(folders: AppFolders, workspace: Path, *filters: str) -> Outputs:
    """The summary as the command line gives it."""
    for kind in ("pdf", "xlsx", "json", "text"):
        out = folders.documents / f"summary.{kind}"
        done(folders.data, "summary", workspace, "--format", kind, "--out", out, *filters)
    shown = done(folders.data, "summary", workspace, "--format", "json", *filters)
    text = done(folders.data, "summary", workspace, *filters)
    # What is shown and what is written are the same.
    assert shown == (folders.documents / "summary.json").read_text("utf-8")
    assert text == (folders.documents / "summary.text").read_text("utf-8")
    return read_back(folders.documents)


def read_back(folder: Path) -> Outputs:
    """A summary's four files, read by others than who wrote them."""
    pages = pypdf.PdfReader(folder / "summary.pdf").pages
    return Outputs(
        json.loads((folder / "summary.json").read_text("utf-8")),
        (folder / "summary.text").read_text("utf-8"),
        " ".join(" ".join(page.extract_text() for page in pages).split()),
        openpyxl.load_workbook(folder / "summary.xlsx"),
    )


def rows_of(summary: Mapping[str, Any]) -> list[Figures]:
    """The rows of the table that a summary's JSON makes, a dash for what nobody graded."""
    named = [(row["title"], row) for row in summary["domains"]]
    named.append(("Overall", summary["overall"]))
    for row in summary["cohorts"]:
        title = row["title"].replace("No cohort", "no cohort")
        named.append((f"Overall – {title}", row))
    return [
        Figures(
            title,
            (
                *(f"{number:,}" if row["graded"] else "–" for number in row["grades"].values()),
                *(f"{row['graded']:,}", f"{row['not_graded']:,}"),
            ),
        )
        for title, row in named
    ]


def in_text(text: str, rows: Sequence[Figures]) -> list[tuple[str, ...]]:
    """The counts in the text's table, row by row; a second line of a row holds shares and has a sign."""
    table = text.split("-" * 20, 1)[1]
    cell = r"(\d[\d,]*|–)"
    pattern = re.compile(r"^\S.*?" + rf" {{2,}}{cell}" * len(rows[0].counts) + r"\s", re.MULTILINE)
    return [found.groups() for found in pattern.finditer(table)]


def in_pdf(text: str, row: Figures) -> tuple[str, ...]:
    """The counts that follow a row's title in the PDF's table."""
    cell = r" (\d[\d,]*|–)"
    found = re.search(re.escape(row.title) + cell * len(row.counts), text[text.index("95% interval") :])
    assert found, f"{row.title} is not in the PDF: {text}"
    return found.groups()


def in_xlsx(workbook: openpyxl.Workbook) -> list[Figures]:
    """The rows of the table on the first sheet."""
    sheet = workbook.worksheets[0]
    assert sheet.title == "Summary"
    cells = [row for row in sheet.iter_rows(values_only=True) if row[0] is not None]
    start = next(at for at, row in enumerate(cells) if row[0] == "Area")
    width = cells[start].index("Not graded") + 1
    found = []
    for row in cells[start + 1 :]:
        if row[1] is None:
            break
        found.append(
            Figures(row[0], tuple(f"{cell:,}" if isinstance(cell, int) else cell for cell in row[1:width]))
        )
    return found


def check_same_numbers(found: Outputs) -> None:
    """Text, PDF and xlsx hold the numbers of the JSON."""
    rows = rows_of(found.json)
    assert in_xlsx(found.xlsx) == rows
    assert in_text(found.text, rows) == [row.counts for row in rows]
    assert {row.title: in_pdf(found.pdf, row) for row in rows} == {row.title: row.counts for row in rows}
    sheets = [cell for sheet in found.xlsx for row in sheet.iter_rows(values_only=True) for cell in row]
    for words in (found.text, found.pdf, "\n".join(str(cell) for cell in sheets)):
        assert with_thousands(found.json["title"]) in " ".join(words.split())
        assert found.json["programme"] in words


def with_thousands(text: str) -> str:
    """Numbers as outputs for people write them."""
    return re.sub(r"\d+", lambda number: f"{int(number[0]):,}", text)


def holds(expected: Any, found: Any) -> bool:
    """Whether everything expected is there; keys beside them may be."""
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(
            key in found and holds(value, found[key]) for key, value in expected.items()
        )
    if isinstance(expected, list):
        return (
            isinstance(found, list)
            and len(expected) == len(found)
            and all(holds(*pair) for pair in zip(expected, found, strict=True))
        )
    return bool(expected == found and type(expected) is type(found))


def test_the_comparison_finds_a_difference() -> None:
    wrong = json.loads(json.dumps(PUBLISHED))
    wrong["domains"][3]["grades"]["good"] = 10
    assert holds(PUBLISHED, {**PUBLISHED, "more": 1})
    assert not holds(PUBLISHED, wrong)
    assert not holds(PUBLISHED, {key: value for key, value in PUBLISHED.items() if key != "strongest"})


def test_the_published_table_comes_out_of_the_published_sheet(app_folders: AppFolders) -> None:
    workspace = app_folders.documents / "audits.caseaudit"
    done(app_folders.data, "new", workspace, "--owner", "Sam Lead")
    said = done(app_folders.data, "import-audits", workspace, REAL_SHEET, "--programme", "Q2 2019")
    assert "14 audits will be added to “Q2 2019”." in said
    found = outputs(app_folders, workspace)
    assert holds(PUBLISHED, found.json)
    assert found.json["programme"] == "Q2 2019"
    check_same_numbers(found)
    conclusions = (
        "Strongest area: Voice (11 of 12 Good).",
        "Areas of concern: Case recording and Management oversight (8 of 12 Good each).",
    )
    cells = [cell for row in found.xlsx.worksheets[0].iter_rows(values_only=True) for cell in row]
    for sentence in conclusions:
        assert sentence in found.text
        assert sentence in found.pdf
        assert sentence in cells
    # For the board by default: nobody is named.
    assert found.xlsx.sheetnames == ["Summary", "By cohort", "Notes"]
    everything = found.pdf + repr([list(sheet.iter_rows(values_only=True)) for sheet in found.xlsx])
    assert not re.findall(r"CIC-\d\d|Worker \d|Auditor \d", everything)


def test_without_a_title_the_only_programme_is_meant(app_folders: AppFolders) -> None:
    workspace = app_folders.documents / "audits.caseaudit"
    done(app_folders.data, "new", workspace, "--owner", "Sam Lead")
    done(app_folders.data, "import-audits", workspace, REAL_SHEET)
    shown = done(app_folders.data, "summary", workspace, "--format", "json")
    assert holds(PUBLISHED, json.loads(shown))


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[AppFolders, Path]:
    """A workspace that holds the mixed sheet, and its folders."""
    folder = tmp_path_factory.mktemp("mixed")
    folders = AppFolders(data=folder / "data", documents=folder)
    workspace = folder / "audits.caseaudit"
    done(folders.data, "new", workspace, "--owner", "Sam Lead")
    arguments = ("--programme", "Mixed audits", "--form", "six-domains-4")
    done(folders.data, "import-audits", workspace, MIXED_SHEET, *arguments)
    return folders, workspace


@pytest.fixture(scope="module")
def more(mixed: tuple[AppFolders, Path]) -> list[dict[str, str]]:
    """Audits that a sheet cannot carry are there as well; every row as the oracle is to see it."""
    return add_what_a_sheet_cannot_carry(*mixed)


def test_the_mixed_sheet_agrees_with_the_oracle(mixed: tuple[AppFolders, Path]) -> None:
    found = outputs(*mixed)
    assert found.json == oracle.expected_summary(sheet_rows(), MIXED)
    assert found.json == json.loads((DATA / "mixed_audits_expected.json").read_text("utf-8"))
    check_same_numbers(found)


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ((), oracle.Wanted()),
        (("--cohort", "no cohort"), oracle.Wanted(cohort="no cohort")),
        (
            ("--team", "SOUTH", "--from", "15/11/2019"),
            oracle.Wanted(team="SOUTH", from_date=date(2019, 11, 15)),
        ),
    ],
)
def test_what_no_sheet_carries_agrees_with_the_oracle_too(
    mixed: tuple[AppFolders, Path],
    more: list[dict[str, str]],
    filters: tuple[str, ...],
    wanted: oracle.Wanted,
) -> None:
    found = outputs(*mixed, *filters)
    assert found.json == oracle.expected_summary(more, MIXED, wanted)
    check_same_numbers(found)
    if not filters:
        counts = {name: found.json[name] for name in ("overridden", "unsafe", "moderated")}
        assert counts == {"overridden": 6, "unsafe": 2, "moderated": 3}
        assert found.json["audits"]["unfinished"] == 2


# None, one, many


def numbered(how_many: int) -> list[dict[str, str]]:
    """So many audits of as many cases, in three cohorts, every grade in turn and nobody grading outcomes."""
    grades = ("Good", "RI", "Good", "Inad", "Good", "-")
    return [
        build.sheet_row(
            f"C-{number:05}",
            cohort=f"Cohort {number % 3 + 1}",
            outcomes="",
            voice=grades[number % 6],
            overall=grades[number % 5],
        )
        for number in range(how_many)
    ]


@pytest.mark.parametrize(
    ("how_many", "says"),
    [
        (
            0,
            ("There are no counted audits, so no conclusion is drawn.", "No audits have been submitted yet."),
        ),
        (
            1,
            (
                "All five graded domains have the same share (1 of 1 Good each), "
                "so none stands out as strongest or of concern.",
                "1 audit was submitted and it is counted.",
                "Outcomes was not graded in any counted audit.",
                "This is one audit: it describes one case and cannot show a pattern.",
            ),
        ),
        (
            10_000,
            (
                "Area of concern: Voice (5,000 of 8,334 Good).",
                "10,000 audits were submitted and all are counted.",
                "Outcomes was not graded in any counted audit. Not graded: Voice in 1,666 audits.",
            ),
        ),
    ],
)
def test_none_one_and_many_are_right_and_read_well(
    app_folders: AppFolders, how_many: int, says: tuple[str, ...]
) -> None:
    folder, rows = app_folders.documents, numbered(how_many)
    session = build.workspaces(app_folders.data).create(folder / "w.caseaudit", PASSPHRASE, "Sam Lead")
    try:
        if rows:
            build.take_in(session, build.write_sheet(folder / "sheet.csv", rows), "Round")
        else:
            session.programmes.create(ProgrammeDraft("Round"))
        summary = session.summaries.by_title("Round", Filters())
        for kind in ("pdf", "xlsx", "json", "text"):
            session.reporting.write_summary(summary, kind, folder / f"summary.{kind}", "board")
            session.reporting.write_summary(summary, kind, folder / f"internal.{kind}", "internal")
    finally:
        session.close()
    found = read_back(folder)
    assert found.json == oracle.expected_summary(rows, oracle.Programme("Round", "six-domains-3"))
    check_same_numbers(found)
    for words in (found.text, found.pdf):
        assert [sentence for sentence in says if sentence not in " ".join(words.split())] == []


def sheet_rows() -> list[dict[str, str]]:
    """The rows of the mixed sheet by column id."""
    names = {title.casefold().replace(" ", "_"): domain for domain, title in oracle.TITLES.items()}
    with MIXED_SHEET.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return [{named(heading, names): cell for heading, cell in row.items()} for row in rows]


def named(heading: str, names: Mapping[str, str]) -> str:
    """The id of the column so headed."""
    plain = "_".join(heading.casefold().split())
    return names.get(plain, plain)


def add_what_a_sheet_cannot_carry(folders: AppFolders, workspace: Path) -> list[dict[str, str]]:
    """Audits made in the program and moderated ones; all rows as the oracle is to see them."""
    rows = sheet_rows()
    session = build.workspaces(folders.data).open(workspace, PASSPHRASE)
    try:
        programme = session.programmes.by_title("Mixed audits")
        ids = [row.id for row in session.audits.rows()]
        for row in MORE:
            rows.append(made_here(session, programme.id, row))
        for number, agreed in MODERATED.items():
            moderate(session, ids[number - 2], agreed)
            rows[number - 2] |= {**agreed, "state": "moderated"}
    finally:
        session.close()
    return rows


def made_here(session: Session, programme_id: str, row: Mapping[str, str]) -> dict[str, str]:
    """An audit graded in the program, and its row; Good where the row says nothing."""
    audit_id, _ = session.audits.start(row["case_reference"], programme_id)
    cohorts = {cohort.title: cohort.id for cohort in session.programmes.get(programme_id).cohorts}
    if "cohort" in row:
        session.grading.set(audit_id, "case.cohort", cohorts[row["cohort"]])
    full = {"cohort": "", "auditor": "Sam Lead", "findings_supported": ""} | dict(row)
    if row.get("state") == "draft":
        if "safe_now" in row:
            session.grading.set(audit_id, "safe.now", row["safe_now"])
    else:
        full = dict.fromkeys(DOMAINS, "Good") | full
        for domain in DOMAINS:
            session.grading.set(audit_id, f"{domain}.grade", oracle.grade_in(full[domain]) or "not_graded")
        overall = oracle.grade_in(full["overall"]) or "not_graded"
        session.grading.set_many(audit_id, {"overall.grade": overall, "safe.now": row["safe_now"]})
        build.fill_missing(session, audit_id)
        session.grading.submit(audit_id)
    audit = session.audits.get(audit_id)
    kept = {name: audit.value(f"case.{name}") for name in ("team", "service")}  # as the case is known already
    return full | kept | {"audit_date": audit.value("audit.date")}


def moderate(session: Session, audit_id: str, agreed: Mapping[str, str]) -> None:
    """Write agreed grades as moderation will."""
    with session.workspace.write() as db:
        (key,) = db.execute("SELECT key FROM audit WHERE id = ?", [audit_id]).fetchone()
        db.execute("UPDATE audit SET state = 'moderated' WHERE key = ?", [key])
        for name, cell in agreed.items():
            row, grade = name.removeprefix("agreed_"), oracle.grade_in(cell)
            if row == "overall":
                db.execute("UPDATE audit SET overall_agreed = ? WHERE key = ?", [grade, key])
            else:
                values = [grade, key, row]
                db.execute("UPDATE judgement SET agreed = ? WHERE audit = ? AND domain = ?", values)
