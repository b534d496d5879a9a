"""Search over everything that is written in this workspace: references, teams, workers and every note."""

from dataclasses import dataclass

from audit_app.core.audit import AuditState
from audit_app.core.fields import Field
from audit_app.core.folding import snippet, words_of
from audit_app.core.form import FormRef
from audit_app.services.forms_kept import FormsKept
from audit_app.storage import search_store
from audit_app.storage.search_store import Found
from audit_app.storage.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where the words were found; ``field_key`` is blank for the case reference itself."""

    audit_id: str
    reference: str
    programme: str
    field_key: str
    field_label: str
    snippet: str
    state: AuditState


class Search:
    """Finds words wherever they begin, whatever their case and accents."""

    def __init__(self, workspace: Workspace, forms: FormsKept) -> None:
        self._workspace = workspace
        self._forms = forms

    def find(self, text: str, limit: int = 200) -> tuple[Hit, ...]:
        """Where all these words stand together: case references first, then names, then notes, best first."""
        words = words_of(text)
        if not words:
            return ()
        found: list[Found] = []
        with self._workspace.read() as db:
            for look in (search_store.in_references, search_store.in_lines, search_store.in_notes):
                found += look(db, words, limit - len(found))
        return tuple(self._hit(one, words) for one in found[:limit])

    def _hit(self, found: Found, words: tuple[str, ...]) -> Hit:
        is_reference = found.field == search_store.REFERENCE
        return Hit(
            found.audit_id,
            found.reference,
            found.programme,
            "" if is_reference else found.field,
            "Case reference" if is_reference else self._label(found.form, found.field),
            snippet(found.text, words),
            found.state,
        )

    def _label(self, ref: FormRef, key: str) -> str:
        field = self._forms.fields(ref).get(key)
        return key if field is None else label_of(self._forms, ref, field)


def label_of(forms: FormsKept, ref: FormRef, field: Field) -> str:
    """A field's words where its step is not on the screen: with the title of its domain."""
    titles = {domain.id: domain.title for domain in forms.form(ref).domains}
    title = titles.get(field.step)
    if title is None or field.label.startswith(title):
        return field.label
    return f"{title}: {field.label}"
