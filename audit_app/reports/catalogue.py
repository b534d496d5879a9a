"""The reports there are, by format: each made in memory, as bytes."""

from collections.abc import Callable

from audit_app.reports.contents import CaseReport, SummaryReport

Made = Callable[[SummaryReport], bytes]


def _pdf(report: SummaryReport) -> bytes:
    from audit_app.reports.summary_pdf import summary_pdf

    return summary_pdf(report)


def _xlsx(report: SummaryReport) -> bytes:
    from audit_app.reports.summary_xlsx import summary_xlsx

    return summary_xlsx(report)


def _json(report: SummaryReport) -> bytes:
    from audit_app.reports.summary_json import summary_json

    return summary_json(report.summary).encode()


def _text(report: SummaryReport) -> bytes:
    from audit_app.reports.summary_text import summary_text

    return summary_text(report.summary).encode()


SUMMARY_REPORTS: dict[str, Made] = {"pdf": _pdf, "xlsx": _xlsx, "json": _json, "text": _text}


def case_report(report: CaseReport) -> bytes:
    """One audit as a PDF."""
    from audit_app.reports.case_pdf import case_pdf

    return case_pdf(report)
