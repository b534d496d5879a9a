"""Summaries of real workspaces: the oracle's within any filter, and the audits behind each number."""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import oracle
import pytest
import session_builders as build
from hypothesis import given
from hypothesis import strategies as st
from session_builders import DOMAINS, MIXED_SHEET, PASSPHRASE, REAL_SHEET, sheet_row, take_in, write_sheet

from audit_app.core.errors import DoesNotReconcile, NotAllowed, NotFound
from audit_app.core.form import NOT_GRADED
from audit_app.core.summary import NO_COHORT_ID, Filters
from audit_app.services.programmes import ProgrammeDraft
from audit_app.services.session import Session

COHORTS = ("Last 10 into care", "8–11 months", "No cohort", "")
TEAMS = ("North", "NORTH ", "South  East", "")
SERVICES = ("Children in care", "children IN care", "Zoë’s", "")
DAYS = ("", "2019-10-01", "15/10/2019", "2019-10-31")
GRADES = ("Good", "RI", "Inad", "Outstanding", "-", "n/a", "")
AUDITORS = ("Ana Ruiz", "ana  ruiz", "Ben Okafor", "")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """One workspace for all tests of this file; each imports into programmes of its own."""
    folder = tmp_path_factory.mktemp("summaries")
    made = build.workspaces(folder).create(folder / "work.caseaudit", PASSPHRASE, "Sam Lead")
    yield made
    made.close()


@pytest.fixture(scope="module")
def titles() -> Iterator[int]:
    """Numbers for titles of programmes."""
    return count(1)


@dataclass(frozen=True)
class Case:
    """Rows that were imported, the programme they are in, and how the oracle sees it."""

    rows: Sequence[Mapping[str, str]]
    programme_id: str
    seen: oracle.Programme


def imported(session: Session, title: str, rows: Sequence[Mapping[str, str]], folder: Path) -> Case:
    """These rows in a new programme on the four-point form."""
    take_in(session, write_sheet(folder / "sheet.csv", rows), title, "six-domains-4")
    programme = session.programmes.by_title(title)
    seen = oracle.Programme(
        title, "six-domains-4", programme.form.version, oracle.FOUR_POINT, rule=oracle.four_point_rule
    )
    return Case(rows, programme.id, seen)


def same_audit(row: Mapping[str, str]) -> tuple[object, ...]:
    """What makes two rows one audit."""
    return oracle.plain(row["case_reference"]), oracle.plain(row["auditor"]), oracle.day_in(row["audit_date"])


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, str]]:
    """A sheet of up to 25 audits that are not the same."""
    grade = st.sampled_from(GRADES)
    row = st.fixed_dictionaries(
        {
            "case_reference": st.sampled_from(("C-1", "c-1", "C-2", "C-3", "Ç-4")),
            "cohort": st.sampled_from(COHORTS),
            "service": st.sampled_from(SERVICES),
            "team": st.sampled_from(TEAMS),
            "worker": st.sampled_from(("Worker 1", "")),
            "auditor": st.sampled_from(AUDITORS),
            "audit_date": st.sampled_from(DAYS),
            **dict.fromkeys((*DOMAINS, "overall"), grade),
            "findings_supported": st.sampled_from(("yes", "N", "")),
        }
    )
    return draw(st.lists(row, min_size=1, max_size=25, unique_by=same_audit))


def wanted_from(draw: Any, found: Sequence[Mapping[str, str]]) -> oracle.Wanted:
    """Filters that name what these rows have, however it is written."""

    def one_of(column: str, *more: str) -> Any:
        there = sorted({row[column].strip() for row in found} - {""})
        spelled = [how(value) for value in there for how in (str, str.upper, str.title)]
        return st.sampled_from([None, None, *spelled, *more])

    days = st.sampled_from([None, None, date(2019, 10, 1), date(2019, 10, 15), date(2019, 10, 30)])
    return oracle.Wanted(
        draw(one_of("cohort", "No cohort", "no  COHORT")),
        draw(one_of("team")),
        draw(one_of("service")),
        draw(days),
        draw(days),
    )


def filters_of(wanted: oracle.Wanted) -> Filters:
    """The same filters as the product has them."""
    return Filters(wanted.cohort, wanted.team, wanted.service, wanted.from_date, wanted.to_date)


def as_json(session: Session, case: Case, filters: Filters | None = None) -> dict[str, Any]:
    """The product's summary as its JSON says it."""
    summary = session.summaries.summary(case.programme_id, filters or Filters())
    found: dict[str, Any] = json.loads(session.reporting.summary_in_words(summary, "json"))
    return found


@given(data=st.data())
def test_any_sheet_gives_what_the_oracle_gives_within_any_filter(
    session: Session, titles: Iterator[int], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    case = imported(session, f"Round {next(titles)}", data.draw(rows()), tmp_path_factory.getbasetemp())
    assert as_json(session, case) == oracle.expected_summary(case.rows, case.seen)
    wanted = wanted_from(data.draw, case.rows)
    assert as_json(session, case, filters_of(wanted)) == oracle.expected_summary(case.rows, case.seen, wanted)


@given(data=st.data())
def test_the_audits_behind_every_number_are_those_of_the_sheet(
    session: Session, titles: Iterator[int], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    case = imported(session, f"Round {next(titles)}", data.draw(rows()), tmp_path_factory.getbasetemp())
    wanted = wanted_from(data.draw, case.rows)
    ids = {
        (oracle.plain(row.reference), oracle.plain(row.auditor), row.audit_date): row.id
        for row in session.audits.rows()
        if row.programme_id == case.programme_id
    }
    kept = [row for row in case.rows if oracle.passes(row, wanted) and oracle.yes_or_no(row) is not False]
    summary = session.summaries.summary(case.programme_id, filters_of(wanted))
    for shown in (*summary.domains, summary.overall, *summary.cohorts):
        title = "" if shown.id == NO_COHORT_ID else shown.title
        in_row = [row for row in kept if shown not in summary.cohorts or same(row["cohort"], title)]
        graded_as = shown.id if shown in summary.domains else "overall"
        for grades in (*((grade,) for grade in (*shown.grades, NOT_GRADED)), tuple(shown.grades), None):
            expected = {
                ids[same_audit(row)]
                for row in in_row
                if grades is None or (oracle.grade_of_record(row, graded_as) or NOT_GRADED) in grades
            }
            found = session.summaries.behind(case.programme_id, filters_of(wanted), shown.id, grades)
            assert len(found) == len(set(found))
            assert set(found) == expected
        for grade_id, number in shown.grades.items():
            behind = session.summaries.behind(case.programme_id, filters_of(wanted), shown.id, (grade_id,))
            assert len(behind) == number


def same(one: str, other: str) -> bool:
    """Whether two titles are the same."""
    return oracle.plain(one) == oracle.plain(other)


def test_ten_thousand_audits_are_counted_right(
    session: Session, titles: Iterator[int], tmp_path: Path
) -> None:
    chance = random.Random(2019)
    many = [
        sheet_row(
            f"C-{number % 9_000:04}",
            cohort=chance.choice(COHORTS),
            team=chance.choice(TEAMS),
            auditor=f"Auditor {number // 9_000}",
            audit_date=(date(2019, 1, 1) + timedelta(number % 365)).isoformat(),
            findings_supported=chance.choice(("yes", "no", "")),
            **{name: chance.choice(GRADES) for name in (*DOMAINS, "overall")},
        )
        for number in range(10_000)
    ]
    case = imported(session, f"Round {next(titles)}", many, tmp_path)
    assert as_json(session, case) == oracle.expected_summary(many, case.seen)
    wanted = oracle.Wanted(team="north", from_date=date(2019, 3, 1), to_date=date(2019, 3, 31))
    found = as_json(session, case, filters_of(wanted))
    assert found == oracle.expected_summary(many, case.seen, wanted)
    assert 0 < found["audits"]["submitted"] < 1_000


# Filters


@pytest.fixture(scope="module")
def mixed(session: Session) -> str:
    """The mixed sheet's programme."""
    take_in(session, MIXED_SHEET, "Mixed audits", "six-domains-4")
    return session.programmes.by_title("Mixed audits").id


def test_dates_in_filters_are_inclusive(session: Session, mixed: str) -> None:
    def submitted(first: date | None, last: date | None) -> int:
        filters = Filters(from_date=first, to_date=last)
        return session.summaries.summary(mixed, filters).counts.submitted

    day = date(2019, 11, 14)
    assert submitted(day, day) == 2
    assert submitted(day + timedelta(1), day + timedelta(1)) == 1
    # Two audits have no date: they are in no stretch of time.
    assert submitted(None, day) + submitted(day + timedelta(1), None) == 29 - 2
    assert submitted(day, day - timedelta(1)) == 0


def test_a_team_is_found_however_it_is_written(session: Session, mixed: str) -> None:
    found = [
        session.summaries.summary(mixed, Filters(team=team)).counts for team in ("Pathways", " pATHways ")
    ]
    assert found[0] == found[1]
    assert found[0].submitted == 6


@pytest.mark.parametrize(
    ("filters", "says"),
    [
        (
            Filters(cohort="Nowhere"),
            "The programme has no cohort “Nowhere”. It has “Leaving care”, “Pre-birth” and “Short breaks”.",
        ),
        (
            Filters(team="East"),
            "The programme has no team “East”. It has “North”, “Pathways”, “South” and “West”.",
        ),
        (
            Filters(service="Adoption"),
            "The programme has no service “Adoption”. "
            "It has “Care leavers”, “Disabled children” and “Safeguarding”.",
        ),
    ],
)
def test_a_filter_that_names_nothing_there_is_refused_with_what_is(
    session: Session, mixed: str, filters: Filters, says: str
) -> None:
    with pytest.raises(NotFound) as refusal:
        session.summaries.summary(mixed, filters)
    assert str(refusal.value) == says


def test_the_choices_are_what_the_audits_have(session: Session, mixed: str) -> None:
    choices = session.summaries.choices(mixed)
    assert choices.cohorts == ("Leaving care", "Pre-birth", "Short breaks", "No cohort")
    assert choices.teams == ("North", "Pathways", "South", "West")
    assert choices.services == ("Care leavers", "Disabled children", "Safeguarding")
    for filters in (
        *(Filters(cohort=cohort) for cohort in choices.cohorts),
        *(Filters(team=team) for team in choices.teams),
        *(Filters(service=service) for service in choices.services),
    ):
        assert session.summaries.summary(mixed, filters).counts.submitted


def test_one_spelling_of_each_team_is_offered(
    session: Session, titles: Iterator[int], tmp_path: Path
) -> None:
    spelled = [sheet_row("A", team="North"), sheet_row("B", team="NORTH"), sheet_row("C", team="")]
    case = imported(session, f"Round {next(titles)}", spelled, tmp_path)
    assert len(session.summaries.choices(case.programme_id).teams) == 1
    assert as_json(session, case, Filters(team="north"))["audits"]["submitted"] == 2


def test_a_programme_must_be_named_where_there_are_several(session: Session, mixed: str) -> None:
    with pytest.raises(NotAllowed, match="“Mixed audits”"):
        session.summaries.by_title(None, Filters())
    assert session.summaries.by_title("mixed  AUDITS", Filters()).programme.id == mixed


def test_a_row_that_is_no_longer_there_is_refused(session: Session, mixed: str) -> None:
    with pytest.raises(NotFound, match="no longer part of the summary"):
        session.summaries.behind(mixed, Filters(), "a cohort that was removed")


# What a workspace of one person meets first


def test_an_empty_programme_and_one_audit(session: Session, titles: Iterator[int], tmp_path: Path) -> None:
    programme, _ = session.programmes.create(ProgrammeDraft(f"Round {next(titles)}"))
    summary = session.summaries.summary(programme.id, Filters())
    assert (summary.title, summary.counts.counted) == ("0 audited cases", 0)
    take_in(session, write_sheet(tmp_path / "one.csv", [sheet_row(voice="-")]), programme.title)
    summary = session.summaries.summary(programme.id, Filters())
    assert (summary.title, summary.counts.counted) == ("1 audited case", 1)
    voice = summary.domains[3]
    assert (voice.graded, voice.not_graded, voice.success.percent) == (0, 1, None)


def test_safety_is_answered_by_audits_made_here_and_not_by_a_sheet(session: Session, mixed: str) -> None:
    counts = session.summaries.summary(mixed, Filters()).counts
    assert (counts.submitted, counts.safety_answered, counts.unsafe) == (29, 0, 0)


def test_a_summary_that_does_not_add_up_is_not_made(
    session: Session, titles: Iterator[int], tmp_path: Path
) -> None:
    title = f"Round {next(titles)}"
    take_in(session, REAL_SHEET, title)
    programme_id = session.programmes.by_title(title).id
    before = session.summaries.summary(programme_id, Filters())
    lost = session.summaries.behind(programme_id, Filters(), "voice")[0]
    with session.workspace.write() as db:
        db.execute(
            "DELETE FROM judgement WHERE domain = 'voice' AND audit = (SELECT key FROM audit WHERE id = ?)",
            [lost],
        )
    with pytest.raises(DoesNotReconcile, match="Voice covers 7 audits of Last 10 into care"):
        session.summaries.summary(programme_id, Filters())
    # Not even a summary that was made before the loss is written with the audits that are there now.
    path = tmp_path / "summary.xlsx"
    with pytest.raises(DoesNotReconcile):
        session.reporting.write_summary(before, "xlsx", path, "internal")
    assert not path.exists()
