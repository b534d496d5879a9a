"""What is kept until when: what is due, what is on hold and why, and deleting for good what is due."""

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from audit_app.core.changes import Changes
from audit_app.core.errors import AppError
from audit_app.core.retention import Due, due_summary
from audit_app.core.words import joined, number, plural
from audit_app.services.retention import DELETED, Purged
from audit_app.ui.background import Progress
from audit_app.ui.context import Context
from audit_app.ui.dialogs.hold_dialog import HoldDialog
from audit_app.ui.labelled import announce, help_label
from audit_app.ui.models.prepared import Prepared
from audit_app.ui.models.retention_columns import RetentionRow, retention_columns, retention_rows
from audit_app.ui.roles import ButtonRole, TextRole, set_button_role, set_text_role
from audit_app.ui.widgets.table_pane import TablePane
from audit_app.ui.widgets.table_words import TableWords

_SIZE = (860, 600)
_MOST_NAMED = 10
_WORDS = TableWords(
    id="retention",
    title="What is kept until when",
    one="audit",
    several="audits",
    sort="due",
    empty_heading="Nothing has a period",
    empty_sentence="Audits are kept until somebody deletes them. A programme can say for how long: edit it "
    "under Programmes.",
    filter_prompt="Case, programme, due…",
)


class RetentionDialog(QDialog):
    """Lists every audit whose programme has a period, the longest due first."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._due: tuple[Due, ...] = ()
        self._at_work = False
        self.setWindowTitle("Retention")
        self.table: TablePane[RetentionRow] = TablePane(
            _WORDS, retention_columns(), context.background, context.preferences, context.theme
        )
        self.said = QLabel()
        self.about = QLabel()
        self._hold_case = QPushButton("Hold the c&ase…")
        self._hold_programme = QPushButton("Hold the &programme…")
        self._release = QPushButton("&Release")
        self._delete = QPushButton("&Delete for good…")
        self._close = QPushButton("Close")
        self._lay_out()
        for button, slot in (
            (self._hold_case, self._on_hold_case),
            (self._hold_programme, self._on_hold_programme),
            (self._release, self._on_release),
            (self._delete, self._on_delete),
            (self._close, self.accept),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(slot)
        self.table.selection_changed.connect(self._show_selected)
        self.table.arranged.connect(self._show_selected)
        self.load()
        self.resize(context.theme.scaled(_SIZE[0]), context.theme.scaled(_SIZE[1]))
        self.resize(self.size().boundedTo(self.screen().availableSize() * 0.9))

    def _lay_out(self) -> None:
        set_button_role(self._delete, ButtonRole.DANGER)
        for label in (self.said, self.about):
            label.setWordWrap(True)
        row = QHBoxLayout()
        for button in (self._hold_case, self._hold_programme, self._release):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self._delete)
        row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(set_text_role(QLabel("Retention"), TextRole.HEADING))
        column.addWidget(self.said)
        column.addWidget(
            help_label("Nothing is deleted by itself. Each programme says how long its audits are kept.")
        )
        column.addWidget(self.table, 1)
        column.addWidget(self.about)
        column.addLayout(row)

    @classmethod
    def show_for(cls, context: Context, parent: QWidget) -> None:
        """Show it until it is closed."""
        dialog = cls(context, parent)
        dialog.exec()
        if not dialog.is_at_work:
            dialog.deleteLater()

    @property
    def is_at_work(self) -> bool:
        """Whether it waits to hear that what it deletes is gone; closed meanwhile, it stays until then."""
        return self._at_work

    # -- What it shows ---------------------------------------------------------------------------------

    def load(self) -> None:
        """List everything as it is now."""
        session = self._context.session
        programmes = {programme.id: programme for programme in session.programmes.all()}
        rows = retention_rows(session.retention.every(), date.today(), programmes)
        self._due = tuple(row.due for row in rows if row.is_due)
        self.said.setText(due_summary(self._due))
        self.table.show_prepared(Prepared(retention_columns(), rows, _id_of))
        self._show_selected()

    @Slot()
    def _show_selected(self) -> None:
        row, free = self._row(), not self._at_work
        self.about.setText(row.sentence if row else "")
        self._hold_case.setEnabled(free and row is not None)
        self._hold_programme.setEnabled(free and row is not None)
        self._release.setEnabled(free and row is not None and not row.due.goes)
        self._delete.setEnabled(free and any(each.goes for each in self._due))

    def _row(self) -> RetentionRow | None:
        rows = self.table.selected_rows()
        return rows[0] if len(rows) == 1 else None

    # -- Holds -----------------------------------------------------------------------------------------

    @Slot()
    def _on_hold_case(self) -> None:
        row = self._row()
        reason = HoldDialog.ask(f"the case {row.due.audit.reference}", self) if row else None
        if row is None or reason is None:
            return
        try:
            _, changes = self._context.session.retention.hold_case(row.due.audit.id, reason)
        except AppError as error:
            self._context.messages.error(self, error)
            return
        self._changed(changes)

    @Slot()
    def _on_hold_programme(self) -> None:
        row = self._row()
        reason = HoldDialog.ask(f"“{row.programme.title}”", self) if row else None
        if row is None or reason is None:
            return
        try:
            _, changes = self._context.session.retention.hold_programme(row.programme.id, reason)
        except AppError as error:
            self._context.messages.error(self, error)
            return
        self._changed(changes)

    @Slot()
    def _on_release(self) -> None:
        row = self._row()
        if row is None:
            return
        reference, holds = row.due.audit.reference, row.due.holds
        whole = [hold for hold in holds if hold.programme_id]
        what = f"“{row.programme.title}” and {reference}" if whole else reference
        question = f"{row.sentence} Without a hold, what is due can be deleted for good."
        if not self._context.messages.ask(self, f"Release {what}?", question, "&Release"):
            return
        try:
            for hold in holds:
                self._changed(self._context.session.retention.release(hold.id))
        except AppError as error:
            self._context.messages.error(self, error)

    def _changed(self, changes: Changes) -> None:
        self._context.bus.publish(changes)
        self.load()

    # -- Deleting --------------------------------------------------------------------------------------

    @Slot()
    def _on_delete(self) -> None:
        going = tuple(each for each in self._due if each.goes)
        names = sorted({each.audit.reference for each in going})
        named = names[:_MOST_NAMED]
        if len(names) > _MOST_NAMED:
            named.append(f"{number(len(names) - _MOST_NAMED)} more")
        question = (
            f"{plural(len(going), 'audit')} of {joined(named)}. Their text, answers and names are removed "
            "from the workspace and its snapshots, and nobody can bring them back. Counts of the grades are "
            "kept, without references. Reports and copies that you wrote elsewhere stay where they are."
        )
        if not self._context.messages.ask(
            self, "Delete for good?", question, "&Delete for good", danger=True
        ):
            return
        retention = self._context.session.retention

        def job(progress: Progress) -> Purged:
            return retention.purge(going, progress.check)

        self._at_work = True
        self.said.setText("Deleting for good… This can be closed meanwhile.")
        self._show_selected()
        self._context.background.run(job, self._on_deleted, self._on_failed, title="Deleting for good")

    @Slot(object)
    def _on_deleted(self, purged: Purged) -> None:
        self._at_work = False
        self._changed(purged.changes)
        self._go_if_closed()
        self.said.setText(f"{purged.sentence} {due_summary(self._due)}")
        announce(self.said, purged.sentence)

    @Slot(object)
    def _on_failed(self, error: AppError) -> None:
        self._at_work = False
        # Also where the audits are gone and only traces are left.
        self._changed(DELETED)
        self._go_if_closed()
        self._context.messages.error(self if self.isVisible() else self.parentWidget(), error)

    def _go_if_closed(self) -> None:
        if not self.isVisible():
            self.deleteLater()


def _id_of(row: RetentionRow) -> str:
    return row.due.audit.id
