"""Which forms there are, which is current, and what is said of those that cannot be used."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from audit_app.core.errors import FormError, NotFound
from audit_app.forms.catalogue import FormCatalogue, form_from_text
from audit_app.forms.loader import load_form

FOLDER = Path(__file__).parents[2] / "resources" / "forms"
SHORT = (FOLDER / "dip-sample.toml").read_text(encoding="utf-8")


def local_text(form_id: str, version: int = 1, title: str = "Ours") -> str:
    text = SHORT.replace('id = "dip-sample"', f'id = "{form_id}"', 1)
    return text.replace("version = 1", f"version = {version}", 1).replace(
        'title = "Dip', f'title = "{title}', 1
    )


def write(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_built_in_forms_come_in_their_order_and_six_domains_on_three_grades_is_the_default() -> None:
    catalogue = FormCatalogue(FOLDER, None)
    assert [form.id for form in catalogue.forms()] == ["six-domains-3", "six-domains-4", "dip-sample"]
    assert catalogue.default().id == "six-domains-3"
    assert catalogue.by_id("dip-sample").title == "Dip sample"
    assert catalogue.problems() == ()


def test_the_same_form_is_read_once() -> None:
    catalogue = FormCatalogue(FOLDER, None)
    assert catalogue.by_id("six-domains-4") is catalogue.by_id("six-domains-4")
    assert catalogue.forms()[0] is catalogue.default()


def test_making_a_catalogue_reads_nothing_and_imports_no_reader() -> None:
    program = (
        "import sys; from pathlib import Path; from audit_app.forms.catalogue import FormCatalogue\n"
        "FormCatalogue(Path('nowhere'), Path('nowhere'))\n"
        "sys.exit(bool({'tomllib', 'msgspec', 'audit_app.forms.loader'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_an_unknown_form_is_refused_naming_the_known_ones(tmp_path: Path) -> None:
    write(tmp_path, "ours.toml", local_text("ours"))
    catalogue = FormCatalogue(FOLDER, tmp_path)
    with pytest.raises(NotFound) as caught:
        catalogue.by_id("six-domains-5")
    assert caught.value.sentence == (
        "There is no form “six-domains-5”."
        " The forms here are: six-domains-3, six-domains-4, dip-sample, ours."
    )


def test_local_forms_follow_by_title_and_the_highest_version_is_current(tmp_path: Path) -> None:
    write(tmp_path, "1.toml", local_text("neglect", 2, "Neglect"))
    write(tmp_path, "2.toml", local_text("neglect", 10, "Neglect"))
    write(tmp_path, "3.toml", local_text("care-leavers", 1, "Care leavers"))
    write(tmp_path, "4.toml", local_text("neglect", 9, "Neglect"))
    write(tmp_path, "notes.txt", "not a form")
    catalogue = FormCatalogue(FOLDER, tmp_path)
    assert [(form.id, form.version) for form in catalogue.forms()[3:]] == [
        ("care-leavers", 1),
        ("neglect", 10),
    ]
    assert catalogue.by_id("neglect").version == 10
    assert catalogue.problems() == ()


def test_a_broken_local_form_is_reported_and_left_out(tmp_path: Path) -> None:
    write(tmp_path, "bad.toml", local_text("bad").replace("asks =", "aks =", 1))
    write(tmp_path, "good.toml", local_text("good-one"))
    catalogue = FormCatalogue(FOLDER, tmp_path)
    assert [form.id for form in catalogue.forms()[3:]] == ["good-one"]
    (problem,) = catalogue.problems()
    assert "bad.toml" in problem
    assert "“aks” is not a key here; did you mean “asks”?" in problem


def test_a_local_form_cannot_take_the_place_of_a_built_in_one(tmp_path: Path) -> None:
    write(tmp_path, "mine.toml", SHORT.replace("version = 1", "version = 2", 1))
    catalogue = FormCatalogue(FOLDER, tmp_path)
    assert catalogue.by_id("dip-sample").version == 1
    assert catalogue.problems() == (
        "The form “mine.toml” cannot be used: the id “dip-sample” is built in. Give it an id of its own.",
    )


def test_one_version_cannot_be_there_twice(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", local_text("ours"))
    write(tmp_path, "b.toml", local_text("ours", title="Changed"))
    catalogue = FormCatalogue(FOLDER, tmp_path)
    assert catalogue.by_id("ours").title == "Ours sample"
    (problem,) = catalogue.problems()
    assert problem.startswith(
        "The form “b.toml” cannot be used: version 1 of “ours” is in this folder already."
    )


def test_a_local_folder_that_is_not_there_holds_no_forms(tmp_path: Path) -> None:
    catalogue = FormCatalogue(FOLDER, tmp_path / "none")
    assert len(catalogue.forms()) == 3
    assert catalogue.problems() == ()


def test_the_text_of_every_form_gives_the_same_form_again(tmp_path: Path) -> None:
    write(tmp_path, "ours.toml", local_text("ours").replace("\n", "\r\n"))
    catalogue = FormCatalogue(FOLDER, tmp_path)
    for form in catalogue.forms():
        text = catalogue.text(form)
        assert "\r" not in text
        assert form_from_text(text, form.ref) == form


def test_the_text_of_an_older_local_version_is_still_there(tmp_path: Path) -> None:
    older = local_text("ours", 1)
    write(tmp_path, "a.toml", older)
    write(tmp_path, "b.toml", local_text("ours", 2))
    assert FormCatalogue(FOLDER, tmp_path).text(load_form(older, "a.toml")) == older


def test_the_text_of_a_form_from_elsewhere_is_not_found(tmp_path: Path) -> None:
    catalogue = FormCatalogue(FOLDER, None)
    elsewhere = load_form(local_text("ours"), "ours.toml")
    changed = replace(catalogue.default(), content_hash="0" * 64)
    for form in (elsewhere, changed):
        with pytest.raises(NotFound, match="is not among the forms of this program"):
            catalogue.text(form)


def test_a_form_kept_elsewhere_needs_no_catalogue() -> None:
    text = local_text("ours", 3)
    expected = load_form(text, "ours.toml")
    assert form_from_text(text, expected.ref) == expected


def test_a_kept_form_that_was_changed_is_refused() -> None:
    text = local_text("ours")
    expected = load_form(text, "ours.toml").ref
    with pytest.raises(FormError, match="“ours”, version 1, has been changed since audits were made"):
        form_from_text(text.replace("Allow about 40", "Allow about 45"), expected)
    for other in (replace(expected, id="theirs"), replace(expected, version=2)):
        with pytest.raises(FormError):
            form_from_text(text, other)


def test_a_kept_form_that_was_broken_is_refused() -> None:
    expected = load_form(local_text("ours"), "ours.toml").ref
    with pytest.raises(FormError):
        form_from_text("id = ", expected)
