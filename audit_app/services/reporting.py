"""Reports: gathers what each is given, has it made in memory, and writes it whole or not at all."""

from datetime import date
from pathlib import Path

from audit_app.core.audit import suggested_overall
from audit_app.core.errors import NotAllowed, NotFound
from audit_app.core.sentences import heading
from audit_app.core.summary import Summary, check_reconciles
from audit_app.core.words import joined
from audit_app.reports.catalogue import SUMMARY_REPORTS, case_report
from audit_app.reports.contents import CaseReport, Profile, SummaryReport
from audit_app.reports.safe_file import write_beside_then_replace
from audit_app.services.audits import Audits
from audit_app.services.programmes import Programmes
from audit_app.services.summaries import Summaries
from audit_app.storage import history
from audit_app.storage.history import NewLine
from audit_app.storage.workspace import Workspace

_BESIDE = ("-wal", "-shm", "-journal", ".lock")  # what SQLite and the lock keep next to a workspace


class Reporting:
    """The reports of this workspace."""

    def __init__(
        self, workspace: Workspace, programmes: Programmes, audits: Audits, summaries: Summaries
    ) -> None:
        self._workspace = workspace
        self._programmes = programmes
        self._audits = audits
        self._summaries = summaries

    def write_summary(self, summary: Summary, output: str, path: Path, profile: str = "board") -> None:
        """Write a summary as ``pdf``, ``xlsx``, ``json`` or ``text``; the board's profile names nobody.

        Raises DoesNotReconcile before anything is written, and CannotWrite with the old file kept.
        """
        self._check_target(path)
        data = self._made(self.summary_contents(summary, profile), output)
        write_beside_then_replace(path, data)
        self._note(summary.programme.id, {"report": "summary", "format": output, "profile": profile})

    def summary_in_words(self, summary: Summary, output: str) -> str:
        """A summary as ``text`` or ``json``, to be shown: no line in the history."""
        return self._made(self.summary_contents(summary, Profile.BOARD), output).decode()

    def summary_contents(self, summary: Summary, profile: str) -> SummaryReport:
        """All that a report of a summary is given; the board's is not given a single audit."""
        check_reconciles(summary)
        wanted = Profile(profile)
        lines = self._summaries.lines(summary) if wanted is Profile.INTERNAL else ()
        return SummaryReport(summary, wanted, date.today(), self._workspace.owner.name, lines)

    def write_case(self, audit_id: str, path: Path) -> None:
        """Write one audit as a PDF to talk through with the worker. Raises CannotWrite."""
        self._check_target(path)
        write_beside_then_replace(path, case_report(self.case_contents(audit_id)))
        self._note(audit_id, {"report": "case", "format": "pdf"})

    def case_contents(self, audit_id: str) -> CaseReport:
        """All that the report of one audit is given."""
        audit = self._audits.get(audit_id)
        form = self._audits.form_of(audit)
        programme = self._programmes.get(audit.programme_id)
        suggested = suggested_overall(form, audit.answers)
        return CaseReport(audit, form, programme, suggested, date.today(), self._workspace.owner.name)

    def chart_svg(self, summary: Summary) -> str:
        """The summary's chart as SVG for the screen, in the fonts of ``chart_fonts``."""
        from audit_app.reports.chart_svg import drawing_svg
        from audit_app.reports.charts import summary_drawing

        return drawing_svg(summary_drawing(summary), heading(summary))

    def chart_fonts(self) -> tuple[Path, ...]:
        """The font files that the chart needs on the screen."""
        from audit_app.reports.pdf_fonts import font_files

        return font_files()

    def _made(self, report: SummaryReport, output: str) -> bytes:
        if output not in SUMMARY_REPORTS:
            raise NotFound(
                f"There is no report called “{output}”. There are {joined(list(SUMMARY_REPORTS))}."
            )
        return SUMMARY_REPORTS[output](report)

    def _check_target(self, path: Path) -> None:
        """Raise NotAllowed where a report would take the place of a workspace, or of what lies beside it."""
        own = self._workspace.path
        beside = [own, *(own.with_name(own.name + ending) for ending in _BESIDE)]
        over_ours = path.exists() and any(other.exists() and path.samefile(other) for other in beside)
        if over_ours or path.suffix.casefold() == ".caseaudit":
            raise NotAllowed(
                f"“{path.name}” was not written: a report may not take the place of a workspace. "
                "Choose another name."
            )

    def _note(self, subject: str, detail: dict[str, str]) -> None:
        """Writing a file is in the history; not its name, which a person may have typed a child's into."""
        if self._workspace.read_only:
            return
        with self._workspace.write() as db:
            history.append(db, self._workspace.owner.id, NewLine("exported", subject, detail))
        self._workspace.bear_witness()
