"""The questionnaires as this workspace keeps them: an audit is always shown on the version it was made on."""

from audit_app.core.errors import DamagedWorkspace, NotFound
from audit_app.core.fields import Field, all_fields
from audit_app.core.form import Form, FormRef
from audit_app.forms.catalogue import FormCatalogue
from audit_app.forms.loader import load_form
from audit_app.storage import form_store
from audit_app.storage.connection import Database
from audit_app.storage.workspace import Workspace


class FormsKept:
    """Forms and their fields by exact reference, each read once."""

    def __init__(self, workspace: Workspace, catalogue: FormCatalogue) -> None:
        self._workspace = workspace
        self._catalogue = catalogue
        self._forms: dict[FormRef, Form] = {}
        self._fields: dict[FormRef, dict[str, Field]] = {}

    def form(self, ref: FormRef) -> Form:
        """The form an audit or a programme was made on. Raises DamagedWorkspace where its text is gone."""
        if ref not in self._forms:
            self._forms[ref] = self._read(ref)
        return self._forms[ref]

    def fields(self, ref: FormRef) -> dict[str, Field]:
        """All its fields by key."""
        if ref not in self._fields:
            self._fields[ref] = all_fields(self.form(ref))
        return self._fields[ref]

    def keep(self, db: Database, form: Form) -> int:
        """Keep a form's text in the workspace, in the transaction that first uses it; returns its row's
        number.
        """
        try:
            text = self._catalogue.text(form)
        except NotFound:
            kept = form_store.text_of(db, form.ref)
            if kept is None:
                raise
            text = kept
        return form_store.keep(db, form.ref, text)

    def _read(self, ref: FormRef) -> Form:
        try:
            current = self._catalogue.by_id(ref.id)
        except NotFound:
            current = None
        if current is not None and current.ref == ref:
            return current
        with self._workspace.read() as db:
            text = form_store.text_of(db, ref)
        if text is None:
            raise DamagedWorkspace(
                f"The workspace lacks the text of the form “{ref.id}”, version {ref.version}."
            )
        return load_form(text, f"{ref.id}, version {ref.version}")
