"""Summaries of a programme: the figures, the choices that narrow them, and the audits behind a number."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from audit_app.core.audit_line import AuditLine
from audit_app.core.errors import NotFound
from audit_app.core.identity import natural_key
from audit_app.core.programme import Programme
from audit_app.core.summary import NO_COHORT, NO_COHORT_ID, OVERALL, Filters, Summary, summarise
from audit_app.core.words import joined
from audit_app.services.programmes import Programmes
from audit_app.storage import summary_store
from audit_app.storage.connection import Database
from audit_app.storage.summary_store import Scope
from audit_app.storage.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What a programme's summary can be narrowed to, by title; ``No cohort`` is a choice beside cohorts."""

    cohorts: tuple[str, ...]
    teams: tuple[str, ...]
    services: tuple[str, ...]


class Summaries:
    """The summaries of the programmes in this workspace."""

    def __init__(self, workspace: Workspace, programmes: Programmes) -> None:
        self._workspace = workspace
        self._programmes = programmes

    def summary(self, programme_id: str, filters: Filters) -> Summary:
        """The summary of a programme's audits within the filters.

        Raises NotFound where a filter names what the programme does not have, and DoesNotReconcile.
        """
        return self._summary(self._programmes.get(programme_id), filters)

    def by_title(self, title: str | None, filters: Filters) -> Summary:
        """The summary of the programme so called, or of the only one."""
        return self._summary(self._programmes.by_title(title), filters)

    def _summary(self, programme: Programme, filters: Filters) -> Summary:
        form = self._programmes.form(programme)
        with self._workspace.read() as db:  # all counts see one state, whatever is written meanwhile
            scope = _scope(db, programme, filters)
            counts = summary_store.counts(db, scope)
            tallies = summary_store.tallies(db, scope)
        return summarise(programme, form, filters, counts, tallies)

    def choices(self, programme_id: str) -> FilterChoices:
        """The cohorts, teams and services that the programme's audits have."""
        programme, db = self._programmes.get(programme_id), self._workspace.db
        cohorts = [cohort.title for cohort in programme.cohorts]
        return FilterChoices(
            _first_of_each((*cohorts, NO_COHORT) if cohorts else ()),
            _first_of_each(summary_store.teams(db, programme_id)),
            _first_of_each(summary_store.services(db, programme_id)),
        )

    def behind(
        self, programme_id: str, filters: Filters, row_id: str, grades: tuple[str, ...] | None = None
    ) -> tuple[str, ...]:
        """The ids of the counted audits behind a number, by date of audit.

        ``row_id`` is a domain id, ``overall`` or a cohort's id; ``grades`` are grade ids or ``not_graded``,
        None for all.
        """
        programme = self._programmes.get(programme_id)
        rows = {OVERALL, *(domain.id for domain in self._programmes.form(programme).domains)}
        cohorts = {NO_COHORT_ID, *(cohort.id for cohort in programme.cohorts)}
        if row_id not in rows | cohorts:
            raise NotFound("That row is no longer part of the summary. Make the summary again.")
        with self._workspace.read() as db:
            scope = _scope(db, programme, filters)
            if row_id in cohorts:
                scope, row_id = _within_cohort(scope, row_id), OVERALL
            return summary_store.behind(db, scope, row_id, grades)

    def lines(self, summary: Summary) -> tuple[AuditLine, ...]:
        """Every submitted audit within a summary's programme and filters, by date, with its text."""
        domains = [domain.id for domain in summary.form.domains]
        with self._workspace.read() as db:
            scope = _scope(db, summary.programme, summary.filters)
            return summary_store.lines(db, scope, domains)


def _scope(db: Database, programme: Programme, filters: Filters) -> Scope:
    """The filters in the words as they are stored. Raises NotFound where one names what is not there."""
    cohorts, in_no_cohort = _cohorts(programme, filters.cohort)
    return Scope(
        programme.id,
        cohorts,
        in_no_cohort,
        _alike("team", filters.team, summary_store.teams(db, programme.id)),
        _alike("service", filters.service, summary_store.services(db, programme.id)),
        filters.from_date,
        filters.to_date,
    )


def _within_cohort(scope: Scope, cohort_id: str) -> Scope:
    """What is left of a scope in one row of its cohorts."""
    if cohort_id == NO_COHORT_ID:
        return replace(scope, cohorts=(), in_no_cohort=scope.cohorts is None or scope.in_no_cohort)
    kept = scope.cohorts is None or cohort_id in scope.cohorts
    return replace(scope, cohorts=(cohort_id,) if kept else (), in_no_cohort=False)


def _cohorts(programme: Programme, title: str | None) -> tuple[tuple[str, ...] | None, bool]:
    if title is None:
        return None, False
    wanted = natural_key(title)
    ids = tuple(cohort.id for cohort in programme.cohorts if natural_key(cohort.title) == wanted)
    in_no_cohort = wanted == natural_key(NO_COHORT)
    if not ids and not in_no_cohort:
        raise _unknown("cohort", title, [cohort.title for cohort in programme.cohorts])
    return ids, in_no_cohort


def _alike(what: str, wanted: str | None, there: tuple[str, ...]) -> tuple[str, ...] | None:
    """Every spelling of what is wanted that the audits have."""
    if wanted is None:
        return None
    found = tuple(value for value in there if natural_key(value) == natural_key(wanted))
    if not found:
        raise _unknown(what, wanted, there)
    return found


def _unknown(what: str, wanted: str, there: Iterable[str]) -> NotFound:
    known = [f"“{title}”" for title in there]
    those = f"It has {joined(known)}." if known else f"Its audits name no {what}."
    return NotFound(f"The programme has no {what} “{wanted}”. {those}")


def _first_of_each(values: tuple[str, ...]) -> tuple[str, ...]:
    """One spelling of each: the first."""
    return tuple({natural_key(value): value for value in reversed(values)}.values())[::-1]
