"""An audit's history in plain words: when, who, what, from and to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from audit_app.core.audit import Audit
from audit_app.core.fields import Field
from audit_app.services.forms_kept import FormsKept
from audit_app.services.search import label_of
from audit_app.storage import audit_store, history, person_store, programme_store
from audit_app.storage.audit_store import COHORT
from audit_app.storage.history import Line
from audit_app.storage.workspace import Workspace

ERASED = "(text erased)"
_EVENTS = {
    "started": "Started the audit",
    "submitted": "Submitted the audit",
    "taken_back": "Took the audit back to change it",
    "deleted": "Deleted the draft",
    "restored": "Brought the deleted draft back",
    "imported": "Imported from a spreadsheet",
    "exported": "Wrote a report of the audit to a file",
}
_CHANGES = {
    "undone": "undone",
    "redone": "done again",
    "recovered": "kept from before the program stopped",
    "import_changed": "changed by an import",
}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened; ``before`` and ``after`` are in the words the screen shows, blank for no
    answer.
    """

    at: datetime
    who: str
    sentence: str
    before: str = ""
    after: str = ""


class HistoryService:
    """Reads the record of changes; only the other services write it."""

    def __init__(self, workspace: Workspace, forms: FormsKept) -> None:
        self._workspace = workspace
        self._forms = forms

    def of_audit(self, audit_id: str) -> tuple[HistoryLine, ...]:
        """Everything that happened to an audit, oldest first. Raises NotFound."""
        with self._workspace.read() as db:
            audit = audit_store.get(db, audit_id)
            names = person_store.names(db)
            programme = programme_store.get(db, audit.programme_id)
            lines = history.of_subject(db, audit_id)
        cohorts = {cohort.id: cohort.title for cohort in programme.cohorts} if programme else {}
        words = _Words(self._forms, audit, cohorts)
        return tuple(
            said for line in lines for said in words.of_line(line, names.get(line.person, "Somebody unknown"))
        )


class _Words:
    """Turns one audit's lines into words, in order: a text's earlier version stands in an earlier line."""

    def __init__(self, forms: FormsKept, audit: Audit, cohorts: Mapping[str, str]) -> None:
        self._forms = forms
        self._ref = audit.form
        self._fields = forms.fields(audit.form)
        self._cohorts = cohorts
        self._texts: dict[str, str] = {}

    def of_line(self, line: Line, who: str) -> Iterator[HistoryLine]:
        event = _EVENTS.get(line.kind)
        changes = [self._change(line, change) for change in line.detail.get("changes", ())]
        if event is None and not changes:
            event = line.kind.replace("_", " ").capitalize()
        if event is not None:
            reason = next((after for key, _, after in changes if key == "reason"), "")
            yield HistoryLine(line.at, who, event, after=reason)
            return
        for key, before, after in changes:
            yield HistoryLine(
                line.at, who, f"{self._label(key)}: {_verb(line.kind, before, after)}", before, after
            )

    def _change(self, line: Line, change: Mapping[str, str]) -> tuple[str, str, str]:
        key = change["field"]
        field = self._fields.get(key)
        if key == "reason" or (field is not None and field.kind.is_free_text):
            return self._text_change(line, key, change)
        return key, self._value(field, key, change["from"]), self._value(field, key, change["to"])

    def _text_change(self, line: Line, key: str, change: Mapping[str, str]) -> tuple[str, str, str]:
        kept = {text.side: text.text for text in line.texts if text.field == key}
        before = kept.get("from", self._texts.get(key, ERASED if change["from"] else ""))
        after = kept.get("to", ERASED if change["to"] else "")
        self._texts[key] = after
        return key, before, after

    def _value(self, field: Field | None, key: str, value: str) -> str:
        if not value or field is None:
            return {"yes": "Yes", "no": "No"}.get(value, value)
        if key == COHORT:
            return self._cohorts.get(value, "(a cohort since removed)")
        return field.option_title(value)

    def _label(self, key: str) -> str:
        if key == "supported":
            return "Findings supported"
        field = self._fields.get(key)
        return key if field is None else label_of(self._forms, self._ref, field)


def _verb(kind: str, before: str, after: str) -> str:
    if kind in _CHANGES:
        return _CHANGES[kind]
    if not before:
        return "filled in"
    return "changed" if after else "cleared"
