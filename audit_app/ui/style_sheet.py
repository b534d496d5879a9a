"""The style sheet, written from the colours and the size of text in use: no colour or size is fixed in it."""

from audit_app.paths import resource_folder
from audit_app.ui.colours import Colours

# Every focusable control keeps a 2-pixel edge in reserve, so that the ring of the focus moves nothing.
_SHEET = """
QToolTip { background: $tip; color: $tip_text; border: 1px solid $tip; padding: 4px 6px; }

QLabel[role="title"] { font-size: ${title}pt; font-weight: 600; }
QLabel[role="heading"] { font-size: ${heading}pt; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="quiet"] { color: $quiet; }
QLabel[role="error"] { color: $error; font-weight: 600; }
QLabel[role="figure"] { font-size: ${figure}pt; font-weight: 600; }
QLabel:disabled { color: $faint; }

QFrame[role="card"] { background: $base; border: 1px solid $line; border-radius: 8px; }
QFrame[role="sunken"] { background: $sunken; border: none; }
QFrame[role="notice"] { background: $notice_ground; border: 1px solid $notice_ground;
    border-left: 4px solid $notice_line;
    border-top-right-radius: 4px; border-bottom-right-radius: 4px; }
QFrame[role="warning"] { background: $warning_ground; border: 1px solid $warning_ground;
    border-left: 4px solid $warning_line;
    border-top-right-radius: 4px; border-bottom-right-radius: 4px; }
QFrame[role="danger"] { background: $danger_ground; border: 1px solid $danger_ground;
    border-left: 4px solid $danger_line;
    border-top-right-radius: 4px; border-bottom-right-radius: 4px; }

QPushButton { background: $button; color: $text; border: 1px solid $control_line; border-radius: 6px;
    padding: 5px 14px; min-height: 1.35em; }
QPushButton:hover { background: $button_hover; }
QPushButton:pressed, QPushButton:checked { background: $button_down; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 13px; }
QPushButton:disabled { color: $faint; border-color: $line; background: $window; }
QPushButton::menu-indicator { subcontrol-position: right center; right: 8px; }
QPushButton[role="primary"] { background: $accent; color: $accent_text; border-color: $accent;
    font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:focus { border: 2px solid $text; padding: 4px 13px; }
QPushButton[role="primary"]:disabled { background: $line; color: $faint; border-color: $line; }
QPushButton[role="danger"] { color: $error; border-color: $danger_line; }
QPushButton[role="danger"]:focus { border: 2px solid $accent; }
QPushButton[role="link"], QPushButton[role="flat"] { background: transparent;
    border: 1px solid transparent; }
QPushButton[role="link"] { color: $accent; padding: 4px 2px; text-align: left; }
QPushButton[role="link"]:hover { background: $button_hover; }
QPushButton[role="link"]:focus { border: 2px solid $accent; padding: 3px 1px; }
QPushButton[role="flat"] { padding: 4px 8px; text-align: left; }
QPushButton[role="flat"]:hover, QPushButton[role="flat"]:checked { background: $button_down; }
QPushButton[role="flat"]:focus { border: 2px solid $accent; padding: 3px 7px; }

QPushButton[role="choice"] { background: transparent; border: 1px solid transparent; text-align: left;
    padding: 7px 10px; }
QPushButton[role="choice"]:hover { background: $button_down; }
QPushButton[role="choice"]:checked { background: $selection; color: $selection_text; }
QPushButton[role="choice"]:focus { border: 2px solid $accent; padding: 6px 9px; }

QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 5px; }
QToolButton:hover { background: $button_hover; }
QToolButton:pressed, QToolButton:checked { background: $button_down; }
QToolButton:focus { border: 2px solid $accent; padding: 4px; }
QToolButton:disabled { color: $faint; }

QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QDateEdit, QSpinBox { background: $base; color: $text;
    border: 1px solid $control_line; border-radius: 6px; selection-background-color: $selection;
    selection-color: $selection_text; }
QLineEdit, QComboBox, QDateEdit, QSpinBox { padding: 5px 8px; min-height: 1.35em; }
QTextEdit, QPlainTextEdit { padding: 4px 6px; }
QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QSpinBox:focus { border: 2px solid $accent;
    padding: 4px 7px; }
QTextEdit:focus, QPlainTextEdit:focus { border: 2px solid $accent; padding: 3px 5px; }
QLineEdit:disabled, QTextEdit:disabled, QComboBox:disabled, QDateEdit:disabled { background: $window;
    color: $faint;
    border-color: $line; }
QLineEdit:read-only, QTextEdit:read-only { background: $window; border-color: $line; }
QLineEdit:read-only:focus, QTextEdit:read-only:focus { border: 2px solid $accent; }
QLineEdit[wrong="true"] { border-color: $error; }
QComboBox QAbstractItemView { border: 1px solid $control_line; padding: 4px; outline: 0; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$icons/chevron.svg"); width: 12px; height: 12px; }

QCheckBox, QRadioButton { spacing: 8px; padding: 3px; border: 2px solid transparent; border-radius: 6px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }

QAbstractItemView { background: $base; alternate-background-color: $alternate; border: 1px solid $line;
    border-radius: 6px; selection-background-color: $selection; selection-color: $selection_text; }
QAbstractItemView:focus { border: 2px solid $accent; }
QHeaderView { background: $base; border: none; }
QHeaderView::section { background: $base; color: $quiet; border: none; border-bottom: 1px solid $line;
    padding: 6px 8px; font-weight: 600; }
QTableCornerButton::section { background: $base; border: none; }

QListView[role="navigation"] { background: transparent; border: 2px solid transparent;
    border-radius: 8px; outline: 0; }
QListView[role="navigation"]:focus { border-color: $accent; }
QListView[role="navigation"]::item { padding: 8px 10px; margin: 1px 2px; border-radius: 6px; color: $text; }
QListView[role="navigation"]::item:hover { background: $button_down; }
QListView[role="navigation"]::item:selected { background: $selection; color: $selection_text; }

QGroupBox { border: none; margin-top: 1.6em; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: 0; padding: 0; }

QTabBar::tab { padding: 7px 14px; border: 2px solid transparent; border-bottom: 2px solid transparent;
    color: $quiet; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar:focus::tab:selected { border-color: $accent; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $control_line; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $quiet; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QProgressBar { background: $line; border: none; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QMenuBar { background: $sunken; color: $text; padding: 2px 4px; }
QMenuBar::item { background: transparent; padding: 4px 10px; border-radius: 4px; }
QMenuBar::item:selected { background: $selection; color: $selection_text; }
QMenu { background: $base; color: $text; border: 1px solid $control_line; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 24px; border-radius: 4px; }
QMenu::item:selected { background: $selection; color: $selection_text; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
"""


def style_sheet(colours: Colours, points: float) -> str:
    """The style sheet for these colours and this size of text in points."""
    sizes = {"title": points * 1.6, "heading": points * 1.15, "figure": points * 2.0}
    sheet = _SHEET.replace("$icons", (resource_folder() / "icons").as_posix())
    for name, points_of in sizes.items():
        sheet = sheet.replace(f"${{{name}}}", f"{points_of:.2f}")
    # The longest names first: $accent is how $accent_text begins.
    for name in sorted(Colours.__dataclass_fields__, key=len, reverse=True):
        sheet = sheet.replace(f"${name}", getattr(colours, name))
    return sheet
