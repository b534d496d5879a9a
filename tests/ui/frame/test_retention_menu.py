"""Retention from the File menu: it opens, and a lock in the middle of deleting loses nothing."""

import time
from datetime import UTC, datetime

from frame_desk import PASSPHRASE, Desk
from PySide6.QtCore import QTimer

from audit_app.services.programmes import ProgrammeDraft
from audit_app.ui.dialogs.retention_dialog import RetentionDialog


def make_due(desk: Desk) -> None:
    """A programme kept for a month, with an audit that nobody has touched for years."""
    programme, _ = desk.session.programmes.create(ProgrammeDraft("Old", retention_months=1))
    audit_id, _ = desk.session.audits.start("LA 1", programme.id)
    long_ago = datetime(2020, 1, 1, tzinfo=UTC).isoformat(timespec="milliseconds")
    with desk.session.workspace.write() as db:
        db.execute("UPDATE audit SET changed_at = ? WHERE id = ?", [long_ago, audit_id])


def test_the_file_menu_leads_to_it(desk: Desk) -> None:
    desk.open()
    make_due(desk)
    seen: list[str] = []

    def look() -> None:
        dialog = desk.dialog()
        assert isinstance(dialog, RetentionDialog)
        seen.append(dialog.said.text())
        desk.click("Close", dialog)

    QTimer.singleShot(200, look)
    desk.window.commands.actions.retention.trigger()
    assert seen == ["1 audit is due for deletion."]


def test_a_lock_in_the_middle_of_deleting_waits_and_loses_nothing(desk: Desk) -> None:
    desk.open()
    make_due(desk)
    path = desk.session.workspace.path

    def delete_and_lock() -> None:
        dialog = desk.dialog()
        assert isinstance(dialog, RetentionDialog)
        QTimer.singleShot(200, confirm)
        desk.click("Delete for good…", dialog)
        time.sleep(0.1)  # the worker takes it up: what has not begun is given up, not waited for
        desk.window.lock()

    def confirm() -> None:
        asked = desk.dialog()
        assert asked is not None
        desk.click("Delete for good", asked)

    QTimer.singleShot(200, delete_and_lock)
    desk.window.commands.actions.retention.trigger()
    desk.wait(lambda: desk.window.context is None)
    session = desk.service.open(path, PASSPHRASE)
    assert session.audits.rows() == ()
    assert [each.audits for each in session.retention.deletions()] == [1]
    session.close()
