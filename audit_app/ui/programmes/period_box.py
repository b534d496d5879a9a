"""How long a programme's audits are kept, chosen from the usual periods."""

from PySide6.QtWidgets import QComboBox, QWidget

from audit_app.core.retention import period_words

NO_PERIOD = "As long as nobody says"
_MONTHS = (6, *(12 * years for years in (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 18, 20, 21, 25, 30, 50, 75)))
_NONE = 0  # a combo box holds no None


class PeriodBox(QComboBox):
    """Offers the usual periods, and one that is kept already though it is not among them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.show_months(None)

    @property
    def months(self) -> int | None:
        """The period, None for none."""
        return int(self.currentData()) or None

    def show_months(self, months: int | None) -> None:
        """Choose a period."""
        self.clear()
        self.addItem(NO_PERIOD, _NONE)
        for each in sorted({*_MONTHS, *([months] if months else [])}):
            self.addItem(period_words(each), each)
        self.setCurrentIndex(self.findData(months or _NONE))
