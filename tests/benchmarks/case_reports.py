"""The PDFs of 200 audits against bare reportlab with the same flowables."""

from pathlib import Path

import limits
from measure import Line, Measured, in_turns, peak_mb

from audit_app.app import build_workspaces
from audit_app.services.sample import SAMPLE_PASSPHRASE, make_sample

REPORTS = 200


def measure(folder: Path) -> Measured:
    """Reports of the sample's two finished audits, over and over; the limit is given their flowables made."""
    from audit_app.reports.case_pdf import case_flowables, case_pdf
    from audit_app.reports.pdf_document import register_fonts
    from audit_app.reports.pdf_flowables import ContentsPlace

    workspaces = build_workspaces()
    session = workspaces.open(make_sample(workspaces, folder), SAMPLE_PASSPHRASE)
    written = [row for row in session.audits.rows() if row.reference in ("PW-104", "PW-117")]
    contents = [session.reporting.case_contents(row.id) for row in written]
    session.close()
    register_fonts()
    turns = REPORTS // len(contents)

    def ours() -> None:
        for report in contents * turns:
            case_pdf(report)

    def bare() -> None:
        for report in contents * turns:
            story = [part for part in case_flowables(report) if not isinstance(part, ContentsPlace)]
            limits.bare_pdf(story)

    for report in contents:
        case_pdf(report)
    peak = peak_mb()
    product, limit = in_turns(ours, bare, 3)
    return Measured([Line("PDF of 200 case reports / bare reportlab", product, limit, 1.5)], peak)
