"""Makes mixed_audits.csv, which has what the published table lacks, and the summary it must give.

Run ``python tests/data/make_mixed_audits.py`` after changing it. Four grades, each in several spellings, days
first, overall grades other than the suggestion, domains not graded, audits supported, not supported and not
read, one case audited by two people and by one on two days, cases in no cohort, a reference in another case.
"""

import csv
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import oracle  # noqa: E402  (the tests' folder is only found after the line above)

COLUMNS = (
    *("case_reference", "cohort", "service", "team", "worker", "auditor", "audit_date"),
    *(
        "recording",
        "assessment",
        "planning",
        "voice",
        "outcomes",
        "oversight",
        "overall",
        "findings_supported",
    ),
)
# Some by id, some by report title, in any case.
HEADINGS = (
    *("Case_Reference", "Cohort", "SERVICE", "Team", " Worker", "Auditor", "audit_date"),
    *("Case recording", "Assessments", "planning", "VOICE", "Outcomes", "Management  oversight"),
    *("Overall", "Findings_supported"),
)
PROGRAMME = oracle.Programme(
    "Mixed audits", "six-domains-4", 1, oracle.FOUR_POINT, rule=oracle.four_point_rule
)
# | keeps apart the case, where it is held, who audited it and when, the grades, and the second reading.
ROWS = """
MX-001 | Leaving care, Care leavers, Pathways, Zoë Łukasz | Ana Ruiz, 01/10/2019 | Outstanding Outstanding Outstanding Outstanding Good Good Outstanding | yes
MX-002 | Leaving care, Care leavers, Pathways, Worker 2   | Ana Ruiz, 31/10/2019 | Good Good RI Good Good Good Good | Yes
MX-003 | Leaving care, Care leavers, Pathways, Worker 3   | Ben Okafor, 2019-10-03 | good GOOD Requires_improvement inad RI RI Inadequate | y
MX-004 | Leaving care, Care leavers, Pathways, Worker 2   | Ben Okafor, 04/10/2019 | Good Good Good Good Good Good Requires_improvement_(to_be_good) | YES
MX-005 | Leaving care, Care leavers, Pathways, Worker 3   | Ben Okafor, 05/11/2019 | RI RI Good Good Good Good Good | yes
MX-006 | Leaving care, Care leavers, Pathways, Worker 3   | Ana Ruiz, 06/11/2019 | RI RI RI RI Inad RI Inad | no
MX-007 | Pre-birth, Safeguarding, North, Worker 4 | Ana Ruiz, 07/11/2019 | Good - N/A blank Good RI Good | blank
MX-008 | Pre-birth, Safeguarding, North, Worker 4 | Ana Ruiz, 08/11/2019 | Outstanding - Good Outstanding Good Good Good | blank
MX-009 | Pre-birth, Safeguarding, North, Worker 5 | Cai Ŵyn, 8/11/2019 | Good n/a Good Good Good Good blank | blank
MX-010 | Pre-birth, Safeguarding, North, Worker 5 | Cai Ŵyn, 11/11/2019 | Inad Good RI Inadequate RI Inad Inadequate | No
MX-011 | Pre-birth, Safeguarding, North, Worker 5 | Cai Ŵyn, 12/11/2019 | blank blank blank blank blank blank blank | blank
MX-012 | Pre-birth, Safeguarding, South, Worker 6 | Cai Ŵyn, 13/11/2019 | Good Good Good Outstanding Good RI Good | yes
MX-013 | Pre-birth, Safeguarding, South, Worker 6 | Cai Ŵyn, 14/11/2019 | RI Good Good Outstanding Good Inad RI | yes
MX-013 | Pre-birth, Safeguarding, South, Worker 6 | Ana Ruiz, 14/11/2019 | RI RI Good Good RI Inad Inad | yes
mx-013 | Pre-birth, Safeguarding, South, Worker 6 | Ana Ruiz, 30/12/2019 | Good RI Good Good Good RI RI | blank
MX-014 | Pre-birth, Safeguarding, South, Worker 7 | Ana Ruiz, 15/11/2019 | RI - RI - RI - RI | yes
MX-015 | blank, Safeguarding, South, Worker 7 | Ben Okafor, 18/11/2019 | Good Good Good Good Good Good Good | yes
MX-016 | blank, Safeguarding, South, blank | Ben Okafor, 19/11/2019 | Good RI Good Good RI Good RI | n
MX-017 | blank, Safeguarding, blank, blank | Ben Okafor, blank | Good RI Good Good RI Good RI | blank
MX-018 | blank, blank, blank, blank | blank, blank | Outstanding Good Good Outstanding Good Good Outstanding | blank
MX-019 | Short breaks, Disabled children, West, Worker 8 | Dilys Rees, 20/11/2019 | Good RI Good Outstanding Good Good Good | yes
MX-020 | Short breaks, Disabled children, West, Worker 8 | Dilys Rees, 21/11/2019 | Good Good RI Good RI RI RI | yes
MX-021 | Short breaks, Disabled children, West, Worker 8 | Dilys Rees, 22/11/2019 | RI Good Good Good Good Inad Inad | yes
MX-022 | Short breaks, Disabled children, West, Worker 9 | Dilys Rees, 25/11/2019 | Good Good Good Good Good - Good | yes
MX-023 | Short breaks, Disabled children, West, Worker 9 | Dilys Rees, 26/11/2019 | Good Good Good Outstanding Good Good blank | yes
MX-024 | Short breaks, Disabled children, West, Worker 9 | Dilys Rees, 27/11/2019 | Good RI Good Good Good Good - | blank
MX-025 | Short breaks, Disabled children, West, Worker 9 | Dilys Rees, 28/11/2019 | Outstanding Outstanding Outstanding Outstanding Outstanding Outstanding Good | blank
MX-026 | Short breaks, Disabled children, West, Worker 9 | Dilys Rees, 29/11/2019 | Outstanding Outstanding Outstanding Outstanding Good RI Good | yes
MX-027 | Short breaks, Disabled children, West, Worker 9 | Dilys Rees, 02/12/2019 | - N/A blank - n/a - RI | blank
"""  # noqa: E501  (a row of a table reads better on one line)


def rows() -> list[dict[str, str]]:
    """The audits, by column id."""
    return [dict(zip(COLUMNS, _cells(line), strict=True)) for line in ROWS.strip().splitlines()]


def _cells(line: str) -> list[str]:
    reference, held, read, grades, supported = (part.strip() for part in line.split("|"))
    words = [word.replace("_", " ") for word in grades.split()]
    cells = [reference, *held.split(","), *read.split(","), *words, supported]
    return ["" if cell.strip() == "blank" else cell.strip() for cell in cells]


def main() -> None:
    """Write both files beside this one."""
    with (HERE / "mixed_audits.csv").open("w", encoding="utf-8-sig", newline="") as sheet:
        writer = csv.writer(sheet, delimiter=";")
        writer.writerow(HEADINGS)
        writer.writerows(row.values() for row in rows())
    expected = oracle.expected_summary(rows(), PROGRAMME)
    text = json.dumps(expected, ensure_ascii=False, indent=2) + "\n"
    (HERE / "mixed_audits_expected.json").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
