"""Agreement, intervals and comparisons as JSON, for other programs: keys and their order are fixed."""

import json
from collections.abc import Mapping

from audit_app.core.agreement import (
    Agreement,
    AlphaMargins,
    Comparison,
    Direction,
    Figure,
    RankTest,
    Undefined,
)
from audit_app.core.intervals import Interval

_NO_CASES = Undefined("no_data", "There are no cases.")


def agreement_json(found: Agreement, margins: AlphaMargins | Undefined) -> str:
    """Every figure at full precision, whatever may be shown of it; alpha's limits are the resampled ones."""
    ordinal, nominal = (None, None) if isinstance(margins, Undefined) else (margins.ordinal, margins.nominal)
    return _text(
        {
            "cases": found.cases,
            "graders": found.graders,
            "grades": dict(found.grades),
            "missing": found.missing,
            "percent_agreement": _figure(found.percent_agreement),
            "within_one": _figure(found.within_one),
            "ac1": _figure(found.ac1),
            "ac2_linear": _figure(found.ac2_linear),
            "alpha_ordinal": _figure(found.alpha_ordinal) | _limits(ordinal),
            "alpha_nominal": _figure(found.alpha_nominal) | _limits(nominal),
            "fleiss_kappa": _figure(found.fleiss_kappa),
            "cohen_kappa": _figure(found.cohen_kappa),
            "cohen_kappa_linear": _figure(found.cohen_kappa_linear),
            "brennan_prediger": _figure(found.brennan_prediger),
            "stuart_maxwell": _figure(found.stuart_maxwell),
            "bowker": _figure(found.bowker),
            "direction": _figure(found.direction),
        }
    )


def intervals_json(intervals: Mapping[str, Interval | None]) -> str:
    """Each interval by its name, from low to high."""
    return _text(
        {
            name: _undefined(_NO_CASES) if interval is None else _limits(interval)
            for name, interval in intervals.items()
        }
    )


def comparison_json(found: Comparison) -> str:
    """Two groups' grades, the rank test's mid-p, and the difference of their shares."""
    scale_counts = {
        name: dict(zip(found.scale, counts, strict=True)) for name, counts in found.groups.items()
    }
    return _text(
        {
            "groups": scale_counts,
            "rank_test": _figure(found.rank_test),
            "difference": _figure(found.difference),
        }
    )


def _figure(found: Figure | Direction | RankTest | Undefined) -> dict[str, object]:
    if isinstance(found, Undefined):
        return _undefined(found)
    if isinstance(found, Direction):
        return {"up": found.up, "down": found.down, "p": found.p}
    if isinstance(found, RankTest):
        return {"value": found.value, "p": found.p}
    named = {name: getattr(found, name) for name in ("value", "se", "low", "high", "p", "df")}
    return {name: value for name, value in named.items() if value is not None}


def _undefined(found: Undefined) -> dict[str, object]:
    return {"undefined": found.code, "why": found.sentence}


def _limits(interval: Interval | None) -> dict[str, object]:
    return {} if interval is None else {"low": interval.low, "high": interval.high}


def _text(found: Mapping[str, object]) -> str:
    """Indented, and never with NaN or Infinity, which JSON does not have."""
    return json.dumps(found, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
