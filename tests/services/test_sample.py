"""The sample workspace shows the whole program: a published table, written audits, work waiting on Home."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import session_builders as build
from app_folders import AppFolders

from audit_app.core.errors import CannotWrite
from audit_app.core.summary import Filters
from audit_app.services.sample import (
    BASELINE_TITLE,
    SAMPLE_PASSPHRASE,
    make_demo,
    make_sample,
    self_check,
)
from audit_app.services.session import Session
from audit_app.storage import history


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The sample, open."""
    folder = tmp_path_factory.mktemp("sample")
    workspaces = build.workspaces(folder / "program")
    made = workspaces.open(make_sample(workspaces, folder), SAMPLE_PASSPHRASE)
    yield made
    made.close()


def test_the_baseline_is_the_published_table(session: Session) -> None:
    summary = session.summaries.by_title(BASELINE_TITLE, Filters())
    assert summary.title == "12 cases where audit findings can be supported"
    assert [list(row.grades.values()) for row in (*summary.domains, summary.overall)] == [
        *([8, 4, 0], [9, 2, 1], [9, 2, 1], [11, 1, 0], [9, 2, 1], [8, 3, 1], [8, 2, 2]),
    ]


def test_home_has_something_to_continue_something_late_and_a_child_not_safe(session: Session) -> None:
    view = session.home.now()
    assert not view.is_new
    assert [row.reference for row in view.unsafe_open] == ["PW-122"]
    assert {row.reference for row in view.drafts} == {"PW-122", "PW-130"}
    assert view.overdue == 1


def test_the_written_audits_are_whole_and_read_as_a_person_wrote_them(session: Session) -> None:
    written = [row for row in session.audits.rows() if row.reference.startswith("PW-")]
    assert [row.state.value for row in written] == ["submitted", "submitted", "draft", "draft"]
    assert [row.overridden for row in written] == [False, True, False, False]
    for row in written[:2]:
        audit = session.audits.get(row.id)
        form = session.audits.form_of(audit)
        for domain in form.domains:
            judgement = audit.judgement(domain)
            assert len(judgement.evidence) > 100
            assert all(standard.answer for standard in judgement.standards)
        assert audit.actions()
    (programme,) = {row.programme_id for row in written}
    summary = session.summaries.summary(programme, Filters())
    counts = summary.counts
    assert (counts.submitted, counts.unfinished, counts.overridden, counts.safety_answered) == (2, 2, 1, 2)


def test_its_words_are_found_and_its_history_is_whole(session: Session) -> None:
    assert [hit.reference for hit in session.search.find("boxing club")] == ["PW-117"] * 2
    assert history.verify(session.workspace.db) is None


def test_it_is_made_once(app_folders: AppFolders) -> None:
    workspaces = build.workspaces(app_folders.data)
    path = make_sample(workspaces, app_folders.documents)
    before = path.read_bytes()
    assert make_sample(workspaces, app_folders.documents) == path
    assert path.read_bytes() == before


def test_one_that_could_not_be_finished_is_not_left_behind(
    app_folders: AppFolders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resources = tmp_path / "bundle" / "resources"
    shutil.copytree(build.ROOT / "resources", resources)
    written = resources / "sample" / "written_audits.toml"
    whole = written.read_text("utf-8")
    written.write_text(whole.replace('"good"', '"splendid"'), "utf-8")
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "bundle"), raising=False)
    workspaces = build.workspaces(app_folders.data)
    with pytest.raises(Exception, match="choose one of the answers"):
        make_sample(workspaces, app_folders.documents)
    assert not (app_folders.documents / "sample.caseaudit").exists()
    written.write_text(whole, "utf-8")
    assert make_sample(workspaces, app_folders.documents).exists()


def test_a_folder_that_cannot_be_made_is_told(app_folders: AppFolders) -> None:
    taken = app_folders.documents / "taken"
    taken.write_text("")
    with pytest.raises(CannotWrite, match="Choose another folder"):
        make_sample(build.workspaces(app_folders.data), taken / "sample")


def test_the_demonstration_writes_its_reports_again_each_time(app_folders: AppFolders) -> None:
    workspaces = build.workspaces(app_folders.data)
    made = make_demo(workspaces, app_folders.documents)
    assert [words for words, _ in made.files] == ["Workspace", "PDF", "Excel", "JSON"]
    starts = [path.read_bytes()[:4] for _, path in made.files[1:]]
    assert starts == [b"%PDF", b"PK\x03\x04", b"{\n  "]
    for _, path in made.files[1:]:
        path.unlink()
    assert make_demo(workspaces, app_folders.documents) == made
    assert all(path.exists() for _, path in made.files)


def test_the_self_check_says_what_it_did_and_remembers_nothing(app_folders: AppFolders) -> None:
    said = list(self_check())
    assert said[-1] == "What was worked out from the answers agrees with them."
    assert [line.split(":")[0] for line in said[:4]] == [
        *("Workspace made", "PDF made", "Excel made", "JSON made"),
    ]
    assert list(app_folders.data.iterdir()) == []
