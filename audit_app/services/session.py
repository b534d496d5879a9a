"""An open workspace with every service that works on it, built once and in order."""

from dataclasses import dataclass

from audit_app.forms.catalogue import FormCatalogue
from audit_app.services.audits import Audits
from audit_app.services.backups import Backups
from audit_app.services.forms_kept import FormsKept
from audit_app.services.grading import Grading
from audit_app.services.history import HistoryService
from audit_app.services.home import Home
from audit_app.services.importing import Importing
from audit_app.services.keys import Keys
from audit_app.services.programmes import Programmes
from audit_app.services.reporting import Reporting
from audit_app.services.retention import Retention
from audit_app.services.search import Search
from audit_app.services.summaries import Summaries
from audit_app.storage.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Session:
    """What a window or a command works with until it closes or locks the workspace."""

    workspace: Workspace
    forms: FormCatalogue
    programmes: Programmes
    audits: Audits
    grading: Grading
    summaries: Summaries
    importing: Importing
    reporting: Reporting
    search: Search
    home: Home
    history: HistoryService
    retention: Retention
    keys: Keys
    backups: Backups

    def close(self) -> None:
        """Give what was typed its line in the history and close; every edit is in the file already."""
        try:
            self.grading.settle_all()
        finally:
            self.workspace.close()


def open_session(workspace: Workspace, catalogue: FormCatalogue) -> Session:
    """Build every service over a workspace that is open."""
    forms = FormsKept(workspace, catalogue)
    programmes = Programmes(workspace, catalogue, forms)
    grading = Grading(workspace, forms, programmes)
    audits = Audits(workspace, forms, programmes, grading)
    summaries = Summaries(workspace, programmes)
    backups = Backups(workspace)
    return Session(
        workspace=workspace,
        forms=catalogue,
        programmes=programmes,
        audits=audits,
        grading=grading,
        summaries=summaries,
        importing=Importing(workspace, catalogue, forms, programmes, backups),
        reporting=Reporting(workspace, programmes, audits, summaries),
        search=Search(workspace, forms),
        home=Home(workspace),
        history=HistoryService(workspace, forms),
        retention=Retention(workspace, forms, programmes, grading, backups),
        keys=Keys(workspace),
        backups=backups,
    )
