"""What is said of the children's safety tells an audit that says *safe* from one that was never asked."""

import core_builders as build
import pytest
from core_builders import GOOD, Graded, everywhere

from audit_app.core.sentences import unsafe_sentence


@pytest.mark.parametrize(
    ("submitted", "answered", "unsafe", "says"),
    [
        (0, 0, 0, ""),
        (1, 0, 0, "The submitted audit does not record whether the child was safe."),
        (1, 1, 0, "The submitted audit says that the child was safe."),
        (1, 1, 1, "The submitted audit says that the child was not safe."),
        (14, 0, 0, "Whether the child was safe is not recorded in any of the 14 submitted audits."),
        (14, 1, 0, "1 submitted audit says that the child was safe; 13 more do not record it."),
        (14, 1, 1, "1 submitted audit says that the child was not safe; 13 more do not record it."),
        (
            *(14, 12, 0),
            "None of the 12 submitted audits says that the child was not safe; 2 more do not record it.",
        ),
        (14, 13, 1, "1 of 13 submitted audits says that the child was not safe; 1 more does not record it."),
        (12, 12, 0, "None of the 12 submitted audits says that the child was not safe."),
        (12, 12, 1, "1 of 12 submitted audits says that the child was not safe."),
        (12_000, 12_000, 1_200, "1,200 of 12,000 submitted audits say that the child was not safe."),
    ],
)
def test_safety(submitted: int, answered: int, unsafe: int, says: str) -> None:
    audits = [Graded(everywhere(GOOD))] * submitted
    assert unsafe_sentence(build.summary(audits, safety_answered=answered, unsafe=unsafe)) == says
