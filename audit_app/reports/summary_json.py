"""The summary as JSON, for other programs: the keys, their order and their meaning are fixed."""

import json
from datetime import date

from audit_app.core.summary import Filters, Row, Summary


def summary_json(summary: Summary) -> str:
    """The summary as indented JSON text that ends in a line break; to be written as UTF-8."""
    return json.dumps(summary_dict(summary), ensure_ascii=False, indent=2) + "\n"


def summary_dict(summary: Summary) -> dict[str, object]:
    """The summary as plain values; keys added later come after ``moderated``."""
    counts = summary.counts
    return {
        "title": summary.title,
        "programme": summary.programme.title,
        "form": {"id": summary.form.id, "version": summary.form.version},
        "filters": _filters(summary.filters),
        "audits": {
            "submitted": counts.submitted,
            "supported": counts.supported,
            "not_supported": counts.not_supported,
            "not_yet_read": counts.not_yet_read,
            "unfinished": counts.unfinished,
        },
        "domains": [{"id": row.id, "title": row.title, **_counts(row)} for row in summary.domains],
        "overall": _counts(summary.overall),
        "cohorts": [{"title": row.title, **_counts(row)} for row in summary.cohorts],
        "strongest": list(summary.strongest),
        "concerns": list(summary.concerns),
        "overridden": counts.overridden,
        "unsafe": counts.unsafe,
        "moderated": counts.moderated,
    }


def _filters(filters: Filters) -> dict[str, str | None]:
    return {
        "cohort": filters.cohort,
        "team": filters.team,
        "service": filters.service,
        "from": _iso(filters.from_date),
        "to": _iso(filters.to_date),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _counts(row: Row) -> dict[str, object]:
    return {"grades": dict(row.grades), "graded": row.graded, "not_graded": row.not_graded}
