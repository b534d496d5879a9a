"""What snapshots there are, what is in each, and putting one in the place of the workspace."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from audit_app.core.errors import AppError
from audit_app.core.snapshot import Snapshot, SnapshotView
from audit_app.core.snapshot_words import sentences
from audit_app.ui.background import Background, Progress
from audit_app.ui.context import Context
from audit_app.ui.labelled import announce, help_label, name
from audit_app.ui.messages import WORKSPACE
from audit_app.ui.models.prepared import Prepared
from audit_app.ui.models.rows_model import RowsModel
from audit_app.ui.models.snapshot_columns import snapshot_columns
from audit_app.ui.roles import TextRole, set_text_role
from audit_app.ui.snapshots import jobs
from audit_app.ui.snapshots.restore_dialog import RestoreDialog
from audit_app.ui.snapshots.rule_box import RuleBox
from audit_app.ui.theme import Theme
from audit_app.ui.widgets.dialog_size import open_at

_SIZE = (900, 560)
_ABOUT = (
    "They are made by themselves soon after the workspace is opened and before an import, whenever "
    "something was changed. Each is all of it, encrypted under the same passphrase. They lie beside the "
    "file, so keep a copy on another drive as well."
)
_LOOKING = "Looking into the snapshots…"
_NONE = "There are no snapshots yet."

Look = Callable[[Progress], tuple[SnapshotView, ...]]


@dataclass(frozen=True, slots=True, repr=False)
class Wanted:
    """The snapshot to restore, and the passphrase that was typed for it; blank where none was asked for."""

    snapshot: Snapshot
    passphrase: str


class SnapshotsDialog(QDialog):
    """``wanted`` is set when a snapshot is to be restored; ``context`` is given while a workspace is open."""

    def __init__(
        self,
        workspace: str,
        look: Look,
        background: Background,
        theme: Theme,
        context: Context | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._background = background
        self._context = context
        self._views: tuple[SnapshotView, ...] = ()
        self.wanted: Wanted | None = None
        self.setWindowTitle(f"Snapshots of “{workspace}”")
        self._model: RowsModel[SnapshotView] = RowsModel(snapshot_columns(), theme, self)
        self.table = QTableView()
        self.about = QLabel(_LOOKING)
        self._restore = QPushButton("&Restore…")
        self._copy = QPushButton("&Save a copy elsewhere…")
        self._close = QPushButton("Close")
        self._set_up_table(theme.scaled(1))
        self._lay_out()
        for button, slot in (
            (self._restore, self._on_restore),
            (self._copy, self._on_copy),
            (self._close, self.reject),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(slot)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self._show_selected()
        open_at(self, theme, *_SIZE)
        background.run(look, self._on_looked, self._on_refused, quiet=True)

    @classmethod
    def of_session(cls, context: Context, parent: QWidget | None = None) -> "SnapshotsDialog":
        """The snapshots of the open workspace."""
        session = context.session
        look = partial(jobs.look, session.backups)
        stem = session.workspace.path.stem
        return cls(stem, look, context.background, context.theme, context, parent)

    def ask(self) -> Wanted | None:
        """Show it; what is to be restored, or None."""
        self.exec()
        wanted = self.wanted
        self.deleteLater()
        return wanted

    # -- Making ------------------------------------------------------------------------------------

    def _set_up_table(self, zoom: int) -> None:
        table = self.table
        table.setModel(self._model)
        name(table, "Snapshots, the latest first")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 10 * zoom)
        letter = table.fontMetrics().averageCharWidth()
        for section, column in enumerate(self._model.columns):
            table.setColumnWidth(section, column.chars * letter)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setHighlightSections(False)

    def _lay_out(self) -> None:
        self.about.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self._copy)
        row.addStretch()
        row.addWidget(self._restore)
        row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(set_text_role(QLabel(self.windowTitle()), TextRole.HEADING))
        column.addWidget(help_label(_ABOUT))
        column.addWidget(self.table, 1)
        column.addWidget(self.about)
        if self._context is not None:
            column.addWidget(RuleBox(self._context))
        column.addLayout(row)
        self._copy.setVisible(self._context is not None)

    # -- What there is -----------------------------------------------------------------------------

    def _on_looked(self, views: tuple[SnapshotView, ...]) -> None:
        self._views = views
        self._model.show(Prepared(self._model.columns, views, _id_of), range(len(views)))
        if views:
            self.table.selectRow(0)
            self.table.setFocus()
        else:
            self._say(_NONE)
        self._show_selected()

    def _on_refused(self, error: AppError) -> None:
        self._say(error.sentence)

    def _say(self, sentence: str) -> None:
        self.about.setText(sentence)
        announce(self.about, sentence)

    def _selected(self) -> SnapshotView | None:
        index = self.table.currentIndex()
        return self._views[index.row()] if index.isValid() and index.row() < len(self._views) else None

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, _index: QModelIndex, _before: QModelIndex) -> None:
        self._show_selected()

    def _show_selected(self) -> None:
        view = self._selected()
        if view is not None:
            self.about.setText(" ".join(sentences(view)))
        self._restore.setEnabled(view is not None and view.contents is not None)

    # -- What a person does ------------------------------------------------------------------------

    @Slot()
    def _on_restore(self) -> None:
        view = self._selected()
        if view is None:
            return
        typed = RestoreDialog.ask(self._workspace, view, self._context, self)
        if typed is not None and self.isVisible():  # it is not when the window locked itself meanwhile
            self.wanted = Wanted(view.snapshot, typed)
            self.accept()

    @Slot()
    def _on_copy(self) -> None:
        context = self._context
        if context is None:
            return
        suggested = f"{self._workspace} (copy){WORKSPACE.endings[0]}"
        path = context.messages.choose_save(self, "Save a copy", suggested, WORKSPACE)
        if path is None:
            return
        self._copy.setEnabled(False)
        self._say("Writing the copy…")
        job = partial(jobs.copy_to, context.session.backups, path)
        self._background.run(job, self._on_copied, self._on_copied_not, title="Writing a copy")

    def _on_copied(self, path: Path) -> None:
        self._copy.setEnabled(True)
        self._say(f"The copy is in “{path.name}”. The same passphrase opens it.")

    def _on_copied_not(self, error: AppError) -> None:
        self._copy.setEnabled(True)
        self._say(error.sentence)


def _id_of(view: SnapshotView) -> str:
    return str(view.snapshot.path)
