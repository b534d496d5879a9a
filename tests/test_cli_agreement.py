"""Agreement, margins and group differences from the command line: figures, refusals and what is loaded."""

import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from subprocess import run as run_process
from typing import Any

import openpyxl
import pytest
from app_folders import AppFolders
from command_line import ROOT, done, environment, refused, run

from audit_app.core.agreement import Ratings, alpha_margins

SCALE = "inadequate,requires_improvement,good"
EXAMPLES = json.loads((Path(__file__).parent / "data" / "agreement_examples.json").read_text("utf-8"))
IDS = {"Inadequate": "inadequate", "Requires improvement": "requires_improvement", "Good": "good", None: ""}
KEYS = [
    *("cases", "graders", "grades", "missing", "percent_agreement", "within_one", "ac1", "ac2_linear"),
    *("alpha_ordinal", "alpha_nominal", "fleiss_kappa", "cohen_kappa", "cohen_kappa_linear"),
    *("brennan_prediger", "stuart_maxwell", "bowker", "direction"),
]
NAMES = {
    "adjacent_agreement": "within_one",
    "fleiss_identity": "fleiss_kappa",
    "bp_identity": "brennan_prediger",
    "cohen_kappa_identity": "cohen_kappa",
    "direction_up_down_p": "direction",
}


def ratings_file(
    folders: AppFolders, rows: Sequence[Sequence[str | None]], name: str = "ratings.csv"
) -> Path:
    """A CSV file with a case in each row and a column for each grader."""
    path = folders.documents / name
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["case", *(f"Grader {at}" for at in range(1, len(rows[0]) + 1))])
        writer.writerows([f"C{at}", *row] for at, row in enumerate(rows, 1))
    return path


def written(folders: AppFolders, text: str, name: str = "ratings.csv") -> Path:
    path = folders.documents / name
    path.write_text(text, encoding="utf-8")
    return path


def agreement_of(folders: AppFolders, path: Path, scale: str = SCALE, **options: object) -> dict[str, Any]:
    given = [part for name, value in options.items() for part in (f"--{name}", value)]
    found = json.loads(done(folders.data, "agreement", path, "--scale", scale, "--format", "json", *given))
    assert list(found) == KEYS
    return dict(found)


PAIRED = [
    *[["good", "good"]] * 9,
    *[["good", "requires_improvement"]] * 6,
    *[["requires_improvement", "requires_improvement"]] * 7,
    *[["inadequate", "requires_improvement"]] * 2,
    *[["inadequate", "inadequate"]] * 3,
    ["good", None],
]


# -- agreement ----


@pytest.mark.parametrize("edge", EXAMPLES["edge_cases"], ids=lambda edge: edge["id"])
def test_an_edge_case_as_json(app_folders: AppFolders, edge: dict[str, Any]) -> None:
    rows = [[IDS[grade] for grade in row] for row in edge["ratings"]]
    found = agreement_of(app_folders, ratings_file(app_folders, rows))
    assert found["cases"] == len(rows)
    assert list(found["grades"]) == SCALE.split(",")
    assert sum(found["grades"].values()) == sum(grade != "" for row in rows for grade in row)
    graders = sum(any(column) for column in zip(*rows, strict=True))
    assert found["graders"] == graders
    assert found["missing"] == len(rows) * graders - sum(found["grades"].values())
    for name, expected in edge["expected"].items():
        if name == "bp_linear":
            continue  # only the formula has it
        figure = found[NAMES.get(name, name)]
        if isinstance(expected, dict):
            assert figure["undefined"] == expected["code"]
            assert figure["why"]
        elif name == "direction_up_down_p":
            assert [figure["up"], figure["down"], figure["p"]] == pytest.approx(expected, abs=5e-7)
        elif isinstance(expected, list):
            assert [figure["value"], figure["df"], figure["p"]] == pytest.approx(expected, abs=5e-7)
        else:
            assert figure["value"] == pytest.approx(expected, abs=5e-7)


def test_what_is_for_two_graders_is_undefined_for_more(app_folders: AppFolders) -> None:
    found = agreement_of(app_folders, ratings_file(app_folders, [["good", "good", "inadequate"]] * 4))
    for name in ("cohen_kappa", "cohen_kappa_linear", "stuart_maxwell", "bowker", "direction"):
        assert found[name] == {"undefined": "not_two_graders", "why": "This is for exactly two graders."}


def test_json_has_every_figure_at_full_precision_however_few_the_cases(app_folders: AppFolders) -> None:
    found = agreement_of(
        app_folders,
        ratings_file(
            app_folders, [["good", "good"], ["inadequate", "good"], ["good", "requires_improvement"]]
        ),
    )
    assert set(found["ac2_linear"]) == {"value", "se", "low", "high"}
    assert set(found["alpha_ordinal"]) == {"value", "low", "high"}
    assert set(found["cohen_kappa"]) == {"value", "se", "low", "high"}
    assert set(found["bowker"]) == {"value", "p", "df"}
    assert set(found["direction"]) == {"up", "down", "p"}
    assert found["percent_agreement"]["value"] == 1 / 3


def test_the_scale_is_the_whole_scale(app_folders: AppFolders) -> None:
    """AC1 is .474 with the grade that nobody gave, .231 without it."""
    good, ri = "good", "requires_improvement"
    path = ratings_file(app_folders, [[ri, ri], [ri, good], [good, good], [good, good], [good, ri]])
    assert agreement_of(app_folders, path)["ac1"]["value"] == pytest.approx(0.473684, abs=5e-7)
    short = agreement_of(app_folders, path, "requires_improvement,good")
    assert short["ac1"]["value"] == pytest.approx(0.231, abs=5e-4)


def test_alphas_margin_repeats_by_its_seed(app_folders: AppFolders) -> None:
    path = ratings_file(app_folders, PAIRED)
    one, again = agreement_of(app_folders, path), agreement_of(app_folders, path, seed=1)
    expected = alpha_margins(Ratings.of(SCALE.split(","), PAIRED).counts(), seed=1)
    for name in ("ordinal", "nominal"):
        limits = getattr(expected, name)
        assert (one[f"alpha_{name}"]["low"], one[f"alpha_{name}"]["high"]) == (limits.low, limits.high)
    other = agreement_of(app_folders, path, seed=2)
    assert one == again
    assert other["alpha_ordinal"]["low"] != one["alpha_ordinal"]["low"]
    assert {**other, "alpha_ordinal": 0, "alpha_nominal": 0} == {
        **one,
        "alpha_ordinal": 0,
        "alpha_nominal": 0,
    }


def test_text_puts_counts_first_and_says_what_is_too_uncertain(app_folders: AppFolders) -> None:
    said = done(app_folders.data, "agreement", ratings_file(app_folders, PAIRED), "--scale", SCALE)
    lines = said.splitlines()
    assert lines[0] == "28 cases, 2 graders; 27 have two grades or more and can be compared."
    assert lines[1] == "1 of 56 grades is missing; in 1 case some gave a grade and others did not."
    assert lines[2].startswith("Two graders of a case gave the same grade 70% of the time")
    assert max(map(len, lines)) <= 100
    assert "2 graded higher by the second grader, 6 graded lower: chance may explain it" in said
    (row,) = (line for line in lines if line.startswith("Krippendorff's alpha, ordinal"))
    assert " to " in row
    assert "2,000 resamples of the cases (seed 1)" in said

    few = done(app_folders.data, "agreement", ratings_file(app_folders, PAIRED[12:19]), "--scale", SCALE)
    assert "too few cases for a margin" in few
    assert "too few changes to judge" in few
    assert "resamples" not in few
    assert "at least" not in few
    assert "Stuart-Maxwell" not in few

    fewer = done(app_folders.data, "agreement", ratings_file(app_folders, PAIRED[12:16]), "--scale", SCALE)
    assert "too few for figures that are corrected for chance" in fewer
    assert "kappa" not in fewer


def test_text_gives_the_reason_for_what_there_is_not(app_folders: AppFolders) -> None:
    said = done(
        app_folders.data, "agreement", ratings_file(app_folders, [["good"] * 3] * 6), "--scale", SCALE
    )
    assert "No Krippendorff's alpha, ordinal, Krippendorff's alpha, nominal or Fleiss' kappa" in said
    assert "100% of all grades are Good" in said
    assert "Cohen" not in said


def test_grades_are_read_whatever_their_capitals_and_spaces(app_folders: AppFolders) -> None:
    text = "Case;Zoë;Łukasz\n1;GOOD; Requires improvement \n2;n/a;good\n3;-;\n"
    found = agreement_of(app_folders, written(app_folders, text))
    assert found["grades"] == {"inadequate": 0, "requires_improvement": 1, "good": 2}
    assert (found["cases"], found["graders"], found["missing"]) == (3, 2, 3)


def test_a_workbook_is_read_as_well(app_folders: AppFolders) -> None:
    book = openpyxl.Workbook()
    for row in (["case", "A", "B"], [1, "good", "good"], [2, "inadequate", "good"]):
        book.active.append(row)
    path = app_folders.documents / "ratings.xlsx"
    book.save(path)
    assert agreement_of(app_folders, path)["percent_agreement"]["value"] == 0.5


def test_a_refusal_lists_every_row_column_value_and_reason(app_folders: AppFolders) -> None:
    text = "case,A,\n1,good,fine\n2,excellent,good\n1,good,good\n,good,=1+1\n"
    path = written(app_folders, text)
    said = refused(app_folders.data, "agreement", path, "--scale", SCALE).splitlines()
    assert said[0].startswith("“ratings.csv” has 6 things that can't be read.")
    use = "not on the scale: use inadequate, requires_improvement or good, or leave it blank"
    assert said[1:] == [
        "Row 1, column C: no grader's name stands above these grades",
        f"Row 2, column C “fine”: {use}",
        f"Row 3, A “excellent”: {use}",
        "Row 4, case “1”: row 2 is the same case: keep one",
        "Row 5, case: these grades have no case: give it a name or number",
        "Row 5, column C “=1+1”: a formula without its result: type the value",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty"),
        ("case,A,B\n", "has headings and no rows"),
        ("case\n1\n2\n", "has no column for a grader"),
        ("case,A,a\n1,good,good\n", "has headings that can't be read or told apart"),
        ("case,A\n" + "1,good\n" * 10_001, "has more than 10,000 rows"),
        ("case," + ",".join(f"G{at}" for at in range(200)) + "\n1,good\n", "has more than 200 columns"),
    ],
)
def test_a_file_that_holds_no_ratings_is_refused(app_folders: AppFolders, text: str, sentence: str) -> None:
    said = refused(app_folders.data, "agreement", written(app_folders, text), "--scale", SCALE)
    assert sentence in said


def test_a_file_that_is_not_there_is_told(app_folders: AppFolders) -> None:
    said = refused(app_folders.data, "agreement", app_folders.documents / "no.csv", "--scale", SCALE)
    assert "“no.csv” is not there" in said


def test_problems_are_listed_up_to_a_bound(app_folders: AppFolders) -> None:
    path = ratings_file(app_folders, [["x"] * 60] * 10)
    said = refused(app_folders.data, "agreement", path, "--scale", SCALE).splitlines()
    assert "has 600 things that can't be read" in said[0]
    assert "The first 500 are listed." in said[0]
    assert len(said) == 501


@pytest.mark.parametrize("scale", ["good", "", "good,,inadequate", "good,Good", "a_b,a b"])
def test_what_is_no_scale_is_a_mistake_in_usage(app_folders: AppFolders, scale: str) -> None:
    path = ratings_file(app_folders, [["good", "good"]])
    said = refused(app_folders.data, "agreement", path, "--scale", scale, code=2)
    assert "is not a scale; write two or more different grades, lowest first" in said.replace("\n", " ")


# -- interval ----


@pytest.mark.parametrize(
    "edge", EXAMPLES["interval_edge_cases"], ids=lambda edge: f"{edge['x']}of{edge['n']}"
)
def test_an_interval_as_json(app_folders: AppFolders, edge: dict[str, Any]) -> None:
    found = json.loads(done(app_folders.data, "interval", edge["x"], edge["n"], "--format", "json"))
    assert list(found) == ["wilson", "clopper_pearson", "jeffreys"]
    for name, limits in found.items():
        if isinstance(edge[name], dict):
            assert limits["undefined"] == edge[name]["code"]
        else:
            assert list(limits) == ["low", "high"]
            assert list(limits.values()) == pytest.approx(edge[name], abs=5e-7)


def test_an_interval_in_words(app_folders: AppFolders) -> None:
    said = done(app_folders.data, "interval", 8, 12).splitlines()
    assert said[0] == "8 of 12 is 67%."
    assert [line.split()[-2:] for line in said[4:]] == [["39%", "86%"], ["35%", "90%"], ["39%", "88%"]]
    assert done(app_folders.data, "interval", 0, 0) == "0 of 0: there is no share to give a margin for.\n"


@pytest.mark.parametrize("given", [(13, 12), (-1, 12), ("eight", 12), (8,)])
def test_what_is_not_a_share_is_a_mistake_in_usage(
    app_folders: AppFolders, given: tuple[object, ...]
) -> None:
    assert refused(app_folders.data, "interval", *given, code=2)


# -- compare ----


def groups_file(folders: AppFolders, groups: dict[str, list[int]], more: str = "") -> Path:
    lines = [
        f"{name},{grade}\n"
        for name, counts in groups.items()
        for grade, count in zip(SCALE.split(","), counts, strict=True)
        for _ in range(count)
    ]
    return written(folders, "Group,Grade\n" + "".join(lines) + more, "groups.csv")


@pytest.mark.parametrize("edge", EXAMPLES["group_edge_cases"], ids=lambda edge: str(edge["groups"]))
def test_groups_as_json(app_folders: AppFolders, edge: dict[str, Any]) -> None:
    first, second = edge["groups"]
    path = groups_file(app_folders, {"Q1": first, "Q2": second}, "Q1,\nQ2,\n")
    found = json.loads(done(app_folders.data, "compare", path, "--scale", SCALE, "--format", "json"))
    assert list(found) == ["groups", "rank_test", "difference"]
    counts = {name: list(grades.values()) for name, grades in found["groups"].items()}
    # A group without grades stands where its first row does.
    assert counts == {"Q1": first, "Q2": second}
    if isinstance(edge["exact_rank_p_midp"], dict):
        assert found["rank_test"]["undefined"] == edge["exact_rank_p_midp"]["code"]
    else:
        assert list(found["rank_test"]) == ["value", "p"]
        assert found["rank_test"]["p"] == pytest.approx(edge["exact_rank_p_midp"][1], abs=5e-7)
    if sum(first) and sum(second):
        assert list(found["difference"]) == ["value", "low", "high"]
        assert found["difference"]["value"] == pytest.approx(first[2] / sum(first) - second[2] / sum(second))
    else:
        assert found["difference"]["undefined"] == "no_data"


def test_the_difference_is_of_good_or_better(app_folders: AppFolders) -> None:
    text = "grade,team,group\ngood,x,A\noutstanding,x,A\ninadequate,x,A\ngood,x,B\ninadequate,x,B\n"
    path = written(app_folders, text)
    scale = f"{SCALE},outstanding"
    found = json.loads(done(app_folders.data, "compare", path, "--scale", scale, "--format", "json"))
    assert found["difference"]["value"] == pytest.approx(2 / 3 - 1 / 2)
    said = done(app_folders.data, "compare", path, "--scale", scale)
    assert "Good or better: 2 of 3 (67%) in A and 1 of 2 (50%) in B." in said
    assert "Fisher-Freeman-Halton, exact" in said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("group,grade\nA,good\n", "holds 1 group (A)"),
        ("group,grade\nA,good\nB,good\nC,good\n", "holds 3 groups (A, B and C)"),
        ("team,grade\nA,good\n", "has no column “group”"),
        ("group\nA\n", "has no column “grade”"),
        ("group,grade\nA,fine\nB,good\n", "Row 2, grade “fine”: not on the scale"),
        ("group,grade\nA,good\n,good\n", "Row 3, group: this grade has no group"),
    ],
)
def test_what_is_not_two_groups_is_refused(app_folders: AppFolders, text: str, sentence: str) -> None:
    said = refused(app_folders.data, "compare", written(app_folders, text), "--scale", SCALE)
    assert sentence in said


# -- Both ----


def test_nothing_heavy_is_loaded_and_nothing_is_left_behind(app_folders: AppFolders) -> None:
    path = ratings_file(app_folders, PAIRED)
    code = (
        "import sys; from audit_app.cli import commands;"
        f"commands.main(['agreement', {str(path)!r}, '--scale', {SCALE!r}], standalone_mode=False);"
        "print([m for m in ('numpy', 'scipy', 'openpyxl', 'PySide6', 'sqlcipher3') if m in sys.modules])"
    )
    before = sorted(app_folders.data.rglob("*")), path.read_bytes()
    ran = run_process(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(app_folders.data),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert ran.stdout.splitlines()[-1] == "[]"
    assert (sorted(app_folders.data.rglob("*")), path.read_bytes()) == before


def test_a_format_that_there_is_not_is_a_mistake_in_usage(app_folders: AppFolders) -> None:
    assert run(app_folders.data, "interval", 1, 2, "--format", "pdf").returncode == 2
