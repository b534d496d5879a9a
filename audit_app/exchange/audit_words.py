"""The words that people write for grades, and for whether findings are supported."""

import re
import unicodedata

from audit_app.core.form import NOT_GRADED, Form
from audit_app.exchange.sheet import Cell, Flaw, shown

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_IGNORED = re.compile(rf"[\s_().{re.escape(DASHES)}]+")
_NOT_GRADED = frozenset(("n/a", "na", "notgraded", "notapplicable"))
# By grade id, whatever a form calls it.
_COMMON = {
    "outstanding": ("Outstanding",),
    "good": ("Good",),
    "requires_improvement": ("RI", "Requires improvement", "Requires improvement to be good"),
    "inadequate": ("Inad", "Inadequate"),
}
_SUPPORTED = {"yes": "yes", "y": "yes", "no": "no", "n": "no"}


def word_key(text: str) -> str:
    """A word without case, spaces, underscores, dashes, brackets and full stops, to compare it by."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text).casefold())


class GradeWords:
    """Reads the grades of one form's scale."""

    def __init__(self, form: Form) -> None:
        grades = form.scale.grades
        self._ids: dict[str, str] = {}
        for grade in grades:
            for word in (grade.id, grade.title, grade.short, *_COMMON.get(grade.id, ())):
                self._ids.setdefault(word_key(word), grade.id)
        self._elsewhere = {
            word_key(word): words[-1]
            for grade_id, words in _COMMON.items()
            for word in words
            if word_key(word) not in self._ids
        }
        words = [g.title if g.short == g.title else f"{g.title} ({g.short})" for g in grades]
        self._choices = f"{', '.join(words)}, or leave it blank"

    def read(self, cell: Cell) -> str | Flaw:
        """A grade id, ``not_graded`` where the cell is blank or says so, or a flaw that names what to use."""
        if cell is None:
            return NOT_GRADED
        if isinstance(cell, Flaw):
            return cell
        text = str(cell)
        key = word_key(text)
        if grade_id := self._ids.get(key):
            return grade_id
        if key in _NOT_GRADED or not text.strip(DASHES + " "):
            return NOT_GRADED
        if known := self._elsewhere.get(key):
            reason = f"this form has no {known}; choose a form that has it, or use {self._choices}"
            return Flaw(shown(text), reason)
        return Flaw(shown(text), f"not a grade of this form: use {self._choices}")


def read_supported(cell: Cell) -> str | Flaw | None:
    """``yes``, ``no``, or None for a blank cell: nobody has read the audit a second time."""
    if cell is None or isinstance(cell, Flaw):
        return cell
    text = str(cell)
    return _SUPPORTED.get(word_key(text)) or Flaw(shown(text), "use yes or no, or leave it blank")
