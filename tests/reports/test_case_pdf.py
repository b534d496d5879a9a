"""One audit as a PDF: all that was written, in order, however long, and nothing made up where nothing was."""

from dataclasses import replace

import core_builders as build
import pytest
from core_builders import GOOD, INADEQUATE, RI
from pdf_reading import Pdf
from report_builders import answers, case

from audit_app.core.audit import AuditState
from audit_app.core.fields import all_fields
from audit_app.core.form import Asks, CaseQuestion, Option, Requires
from audit_app.reports.case_pdf import case_pdf

FORM = build.form(
    asks=Asks(("evidence", "strengths", "development"), ("worker", "child", "parent", "carer"), actions=True),
    requires=Requires(),
)


def read(given: dict[str, str], **others: str) -> Pdf:
    return Pdf(case_pdf(case(given, FORM, **others)))


def test_every_text_that_was_written_is_in_it() -> None:
    given = answers(FORM, "marker")
    given["safe.now"] = "no"
    given["recording.grade"] = given["overall.grade"] = "not_graded"
    words = read(given).root.words
    texts = {key: value for key, value in given.items() if value.startswith("marker")}
    conditional = {key for key in texts if key.endswith("not_graded_reason") or key == "overall.reason"}
    assert [key for key, text in texts.items() if text not in words and key not in conditional] == []
    assert "marker recording.not_graded_reason" in words
    assert "marker overall.not_graded_reason" in words


def test_grades_stand_at_a_glance_and_at_each_domain() -> None:
    given = {
        "recording.grade": RI,
        "voice.grade": INADEQUATE,
        "overall.grade": GOOD,
        "overall.reason": "because",
    }
    pdf = read(given)
    glance = {row[0]: row[1:] for row in pdf.table_under("Area", "", "Grade")}
    assert glance["Case recording"][1] == "Requires improvement"
    assert glance["Voice"][1] == "Inadequate"
    assert glance["Planning"][1] == "Not graded yet"
    assert glance["Overall"][1:] == ["Good", "Inadequate is suggested by the form's rule"]
    assert "because" in pdf.root.words
    assert [title for title in pdf.headings if title in ("Case recording", "Voice")] == [
        "Case recording",
        "Voice",
    ]


def test_standards_have_their_answers_and_dates() -> None:
    given = {
        "planning.standard.current": "partly_met",
        "planning.standard.visits": "not_applicable",
        "planning.standard_date.visits": "2019-10-14",
    }
    pdf = read(given)
    rows = [row for rows in pdf.tables if rows[0][0] == "Standard" for row in rows[1:]]
    assert ["Planning is current", "Partly met", ""] in rows
    assert ["Planning shows visits", "Not applicable", "14 October 2019"] in rows
    assert ["Voice is current", "–", ""] in rows
    glance = {row[0]: row[-1] for row in pdf.table_under("Area", "", "Grade")}
    assert glance["Planning"] == "1 partly met, 1 not applicable"


def test_a_child_who_is_not_safe_is_said_with_who_was_told() -> None:
    told = {
        "safe.now": "no",
        "safe.told": "Head of service",
        "safe.told_on": "2019-10-14",
        "safe.told_at": "15:40",
        "safe.told_how": "by telephone",
        "safe.concern": "Seen alone with an adult",
    }
    pdf = read(told)
    assert "No. Told: Head of service (14 October 2019, 15:40, by telephone)." in pdf.root.words
    assert "The child is not safe now" in pdf.headings
    assert "No. It is not yet written who was told." in read({"safe.now": "no"}).root.words
    assert "The child is not safe now" not in read({"safe.now": "yes"}).headings


def test_actions_are_a_table_that_says_when_and_who() -> None:
    given = {
        "action.1.what": "Bring the chronology up to date",
        "action.1.owner": "Worker 2",
        "action.1.due": "2019-11-15",
        "action.1.rag": "amber",
        "action.4.what": "Complete the genogram",
    }
    rows = read(given).table_under("", "What must change")
    assert rows[0][1:] == [
        *("Bring the chronology up to date", "", "Worker 2", "15 November 2019"),
        "Amber – an issue but manageable",
    ]
    assert [row[0] for row in rows] == ["1", "2"]
    assert "There are no actions." in read({}).root.words


def test_the_title_block_holds_the_case_and_what_the_form_asks_of_it() -> None:
    questions = (
        CaseQuestion("status", "Legal status", "choice", options=(Option("s20", "Section 20"),)),
        CaseQuestion("into_care", "Date into care", "date"),
        CaseQuestion("age", "Age"),
    )
    form = replace(build.form(), case_questions=questions)
    given = {
        "case.cohort": "c2",
        "case.worker": "Worker 2",
        "case.status": "s20",
        "case.into_care": "2019-01-02",
        "audit.date": "2019-10-14",
        "audit.period_from": "2019-04-01",
        "audit.period_to": "2019-09-30",
    }
    words = Pdf(case_pdf(case(given, form))).root.words
    for said in (
        *("CIC-07", "Quarter 2", "Auditor 3", "14 October 2019", "1 April 2019 to 30 September 2019"),
        *("8–11 months into care", "Worker 2", "Section 20", "2 January 2019", "Submitted"),
    ):
        assert said in words
    assert "Age" not in words.split()


def test_an_audit_with_nothing_in_it_is_a_report_that_says_so() -> None:
    pdf = read({})
    words = pdf.root.words
    assert "Not graded yet" in words
    assert "Nothing written." in words
    assert "Not answered yet." in words
    assert "Nothing is suggested, as no domain is graded" in words


def test_a_form_that_asks_less_makes_a_shorter_report() -> None:
    pdf = Pdf(case_pdf(case({}, build.form(asks=Asks()))))
    assert "Feedback" not in pdf.headings
    assert "Actions" not in pdf.headings
    assert "Evidence" not in pdf.headings


def test_long_texts_flow_over_pages_whole() -> None:
    sentences = [f"Sentence {number} of a long account." for number in range(900)]
    long = "\n".join(" ".join(sentences[at : at + 30]) for at in range(0, 900, 30))
    given = {
        "recording.evidence": long,
        "action.1.what": long,
        "action.1.measure": "x" * 5_000,
        "child.asked": "yes",
        "child.said": long,
        "overall.grade": INADEQUATE,
        "recording.grade": RI,
        "overall.reason": long,
    }
    pdf = read(given)
    assert pdf.pages > 8
    words = pdf.root.words
    # In four places; in the table of actions a page may end within a sentence, beside another column.
    for word in ("Sentence", "450", "899", "account."):
        assert words.split().count(word) == 4 * sum(word in sentence.split() for sentence in sentences)
    assert words.count("x") >= 5_000


@pytest.mark.parametrize("text", ["<b>&</b> </para> <", "محمد 👩‍👧", "a\x00b\x07\u2028c", "y" * 3_000])
def test_any_text_can_be_in_any_field(text: str) -> None:
    fields = all_fields(FORM)
    given = {key: text if fields[key].kind.is_free_text else value for key, value in answers(FORM).items()}
    pdf = read({**given, "action.1.what": text, "action.1.owner": text}, reference=text)
    assert pdf.pages >= 3


def test_it_has_contents_bookmarks_a_title_and_its_own_fonts() -> None:
    pdf = read(answers(FORM))
    assert pdf.pages > 4
    assert "Contents" in pdf.root.words
    assert pdf.reader.metadata is not None
    assert pdf.reader.metadata.title == "Case audit: CIC-07"
    assert pdf.reader.root_object["/Lang"] == "en-GB"
    assert all(pdf.fonts.values())
    assert "CIC-07 · confidential: about one child" in pdf.reader.pages[0].extract_text()
    assert [entry.title for entry in pdf.reader.outline[1] if not isinstance(entry, list)][:2] == [
        "At a glance",
        "Case recording",
    ]


def test_a_draft_says_that_it_is_one() -> None:
    report = case({}, FORM)
    draft = replace(report, audit=replace(report.audit, state=AuditState.DRAFT))
    assert "Draft: not submitted yet" in Pdf(case_pdf(draft)).root.words
