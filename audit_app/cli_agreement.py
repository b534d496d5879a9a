"""The commands for figures on their own: agreement of grades collected elsewhere, margins, two groups."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audit_app.cli_output import say

if TYPE_CHECKING:
    from audit_app.exchange.ratings_sheet import ScaleWords

_FILE = click.argument("file", type=click.Path(path_type=Path))
_FORMAT = click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", show_default=True
)


class _Scale(click.ParamType["ScaleWords"]):
    """Grade ids with commas between, lowest first."""

    name = "grades"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> "ScaleWords":
        """The scale written, or a usage error that says how to write one."""
        from audit_app.exchange.ratings_sheet import ScaleWords

        if isinstance(value, ScaleWords):
            return value
        try:
            return ScaleWords([grade.strip() for grade in str(value).split(",")])
        except ValueError:
            return self.fail(
                f"“{value}” is not a scale; write two or more different grades, lowest first, as "
                "inadequate,requires_improvement,good",
                param,
                ctx,
            )


_SCALE = click.option(
    "--scale",
    "words",
    type=_Scale(),
    required=True,
    help="Every grade of the scale, lowest first, used or not: inadequate,requires_improvement,good",
)


@click.command(short_help="Measure how far graders agree.")
@_FILE
@_SCALE
@_FORMAT
@click.option("--seed", type=int, default=1, show_default=True, help="Repeats the margin of alpha exactly.")
def agreement(file: Path, words: "ScaleWords", output: str, seed: int) -> None:
    """Measure how far graders agree. In FILE, the first column is the case, each other one a grader."""
    from audit_app.core.agreement import alpha_margins, measure_agreement
    from audit_app.exchange.ratings_sheet import read_ratings
    from audit_app.reports.agreement_json import agreement_json
    from audit_app.reports.agreement_text import agreement_text

    ratings = read_ratings(file, words)
    found, margins = measure_agreement(ratings), alpha_margins(ratings.counts(), seed=seed)
    write = agreement_json if output == "json" else agreement_text
    say(write(found, margins), nl=False)


@click.command(short_help="Show how sure a share is.")
@click.argument("count", metavar="X", type=click.IntRange(min=0))
@click.argument("n", metavar="N", type=click.IntRange(min=0))
@_FORMAT
def interval(count: int, n: int, output: str) -> None:
    """Show how sure a share of X out of N is: three 95% margins."""
    from audit_app.core.intervals import clopper_pearson, jeffreys, wilson
    from audit_app.reports.agreement_json import intervals_json
    from audit_app.reports.agreement_text import intervals_text

    if count > n:
        raise click.UsageError(f"{count} of {n} is not a share: X can be at most N.")
    found = {
        "wilson": wilson(count, n),
        "clopper_pearson": clopper_pearson(count, n),
        "jeffreys": jeffreys(count, n),
    }
    say(intervals_json(found) if output == "json" else intervals_text(count, n, found), nl=False)


@click.command(short_help="Compare the grades of two groups.")
@_FILE
@_SCALE
@_FORMAT
def compare(file: Path, words: "ScaleWords", output: str) -> None:
    """Compare the grades of two groups, such as quarters or teams. FILE has the columns group and grade.

    The shares compared are those of good or better, or of the highest grade where the scale has no good;
    the difference is the first group's less the second's, in the file's order.
    """
    from audit_app.core.agreement import compare as compare_groups
    from audit_app.core.agreement import shape_test
    from audit_app.exchange.ratings_sheet import read_groups
    from audit_app.reports.agreement_json import comparison_json
    from audit_app.reports.agreement_text import comparison_text

    success = "good" if "good" in words.scale else words.scale[-1]
    found = compare_groups(words.scale, read_groups(file, words), success)
    if output == "json":
        say(comparison_json(found), nl=False)
    else:
        say(comparison_text(found, shape_test(list(found.groups.values()))), nl=False)
