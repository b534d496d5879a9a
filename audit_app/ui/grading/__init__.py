"""The parts of the screen on which a case is graded."""

from audit_app.ui.lasting_none import keep_none

keep_none()  # before anything is painted for two hours
