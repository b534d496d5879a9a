"""Programmes: what makes one, what may change, and what stands in the way."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from workspace_builders import fill_in, new_session

from audit_app.core.errors import NotAllowed, NotFound
from audit_app.core.programme import ProgrammeType
from audit_app.services.programmes import CohortDraft, ProgrammeCounts, ProgrammeDraft
from audit_app.services.session import Session
from audit_app.storage import history


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An open workspace."""
    with new_session(tmp_path) as found:
        yield found


def cohorts(*titles: str) -> tuple[CohortDraft, ...]:
    """New cohorts."""
    return tuple(CohortDraft(None, title) for title in titles)


def test_a_programme_is_read_back_as_it_was_made(session: Session) -> None:
    draft = ProgrammeDraft(
        " Q2 ",
        ProgrammeType.THEMATIC,
        "Neglect",
        date(2026, 4, 1),
        date(2026, 6, 30),
        "six-domains-4",
        cohorts("B", "A"),
    )
    made, _ = session.programmes.create(draft)
    found = session.programmes.get(made.id)
    assert found == made == session.programmes.by_title("q2")
    assert (found.title, found.type, found.theme) == ("Q2", ProgrammeType.THEMATIC, "Neglect")
    assert (found.period_from, found.period_to) == (date(2026, 4, 1), date(2026, 6, 30))
    assert [cohort.title for cohort in found.cohorts] == ["B", "A"]
    form = session.programmes.form(found)
    assert (form.id, form.ref) == ("six-domains-4", found.form)


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (ProgrammeDraft("  "), "Give the programme a title"),
        (ProgrammeDraft("x" * 201), "at most 200"),
        (ProgrammeDraft("ＢＡＳＥＬＩＮＥ"), "“Baseline” already"),
        (
            ProgrammeDraft("P", period_from=date(2026, 2, 1), period_to=date(2026, 1, 1)),
            "ends before it begins",
        ),
        (ProgrammeDraft("P", cohorts=cohorts("A", " ")), "Give every cohort a title"),
        (ProgrammeDraft("P", cohorts=cohorts("Last  10", "last 10")), "two cohorts called"),
        (ProgrammeDraft("P", cohorts=cohorts("no cohort")), "“No cohort”"),
    ],
)
def test_a_draft_that_cannot_stand_is_refused_with_what_to_mend(
    session: Session, draft: ProgrammeDraft, sentence: str
) -> None:
    session.programmes.create(ProgrammeDraft("Baseline"))
    with pytest.raises(NotAllowed, match=sentence):
        session.programmes.create(draft)
    assert len(session.programmes.all()) == 1


def test_an_unknown_form_is_refused(session: Session) -> None:
    with pytest.raises(NotFound):
        session.programmes.create(ProgrammeDraft("P", form_id="nine-domains"))


def test_without_a_title_the_only_programme_is_meant(session: Session) -> None:
    with pytest.raises(NotFound, match="no programme in this workspace yet"):
        session.programmes.by_title(None)
    one, _ = session.programmes.create(ProgrammeDraft("One"))
    assert session.programmes.by_title(None) == one
    session.programmes.create(ProgrammeDraft("Two"))
    with pytest.raises(NotAllowed, match="“One” and “Two”"):
        session.programmes.by_title(None)
    with pytest.raises(NotFound, match="“One” and “Two”"):
        session.programmes.by_title("Three")


def test_cohorts_can_be_renamed_swapped_added_and_removed(session: Session) -> None:
    made, _ = session.programmes.create(ProgrammeDraft("P", cohorts=cohorts("A", "B", "C")))
    a, b, _ = made.cohorts
    drafts = (CohortDraft(b.id, "A"), CohortDraft(a.id, "B"), CohortDraft(None, "C"))
    session.programmes.update(made.id, ProgrammeDraft("P", cohorts=drafts))
    found = session.programmes.get(made.id)
    assert [cohort.title for cohort in found.cohorts] == ["A", "B", "C"]
    assert [cohort.id for cohort in found.cohorts[:2]] == [b.id, a.id]


def test_a_cohort_with_audits_is_renamed_but_not_removed(session: Session) -> None:
    made, _ = session.programmes.create(ProgrammeDraft("P", cohorts=cohorts("A", "B")))
    audit, _ = session.audits.start("LA 1", made.id)
    session.grading.set(audit, "case.cohort", made.cohorts[0].id)
    kept = CohortDraft(made.cohorts[1].id, "B")
    with pytest.raises(NotAllowed, match="“A” has audits"):
        session.programmes.update(made.id, ProgrammeDraft("P", cohorts=(kept,)))
    session.programmes.update(made.id, ProgrammeDraft("P", cohorts=(CohortDraft(made.cohorts[0].id, "A1"),)))
    assert session.audits.rows()[0].cohort == "A1"


def test_the_form_changes_only_while_there_are_no_audits(session: Session) -> None:
    made, _ = session.programmes.create(ProgrammeDraft("P"))
    session.programmes.update(made.id, ProgrammeDraft("P", form_id="dip-sample"))
    assert session.programmes.get(made.id).form.id == "dip-sample"
    session.audits.start("LA 1", made.id)
    with pytest.raises(NotAllowed, match="its form cannot be changed"):
        session.programmes.update(made.id, ProgrammeDraft("P", form_id="six-domains-3"))
    session.programmes.update(made.id, ProgrammeDraft("P2", form_id="dip-sample"))
    assert session.audits.rows()[0].programme == "P2"


def test_saving_an_unchanged_programme_changes_nothing(session: Session) -> None:
    made, _ = session.programmes.create(ProgrammeDraft("P", cohorts=cohorts("A")))
    before = history.head(session.workspace.db)
    same = ProgrammeDraft("P", cohorts=(CohortDraft(made.cohorts[0].id, "A"),))
    assert not session.programmes.update(made.id, same)
    assert history.head(session.workspace.db) == before


def test_only_a_programme_without_audits_is_deleted(session: Session) -> None:
    made, _ = session.programmes.create(ProgrammeDraft("P", cohorts=cohorts("A")))
    audit, _ = session.audits.start("LA 1", made.id)
    assert session.programmes.counts(made.id) == ProgrammeCounts(1, 0)
    fill_in(session, audit)
    session.grading.submit(audit)
    assert session.programmes.counts(made.id) == ProgrammeCounts(0, 1)
    with pytest.raises(NotAllowed, match="has audits"):
        session.programmes.delete(made.id)
    session.grading.take_back(audit)
    session.audits.delete_draft(audit)
    session.programmes.delete(made.id)
    with pytest.raises(NotFound):
        session.programmes.get(made.id)


def test_what_a_person_calls_things_is_sealed_in_the_history(session: Session) -> None:
    made, _ = session.programmes.create(ProgrammeDraft("Title one", theme="Theme", cohorts=cohorts("Ten")))
    session.programmes.update(made.id, ProgrammeDraft("Title two", cohorts=()))
    lines = history.of_subject(session.workspace.db, made.id)
    assert [line.kind for line in lines] == ["programme_created", "programme_changed"]
    assert not any(word in str(line.detail) for line in lines for word in ("Title", "Theme", "Ten"))
    assert {text.text for text in lines[0].texts} == {"Title one", "Theme", "Ten"}
    assert {text.text for text in lines[1].texts} == {"Title two", ""}
