"""The forms there are: those of the program and those of a local folder, read when first asked for."""

from dataclasses import dataclass
from pathlib import Path

from audit_app.core.errors import FormError, NotFound
from audit_app.core.form import Form, FormRef

BUILT_IN = ("six-domains-3", "six-domains-4", "dip-sample")


@dataclass(frozen=True, slots=True)
class _Kept:
    """A form with the text it was read from."""

    form: Form
    text: str


@dataclass(frozen=True, slots=True)
class _Local:
    """What the local folder holds: every version that can be used, and why the other files cannot."""

    kept: tuple[_Kept, ...]
    problems: tuple[str, ...]


class FormCatalogue:
    """Built-in and local forms by id; the highest version of an id is the current one."""

    def __init__(self, built_in_folder: Path, local_folder: Path | None) -> None:
        """``built_in_folder`` holds ``<id>.toml`` for each id in ``BUILT_IN``; nothing is read yet."""
        self._built_in_folder = built_in_folder
        self._local_folder = local_folder
        self._built_in: dict[str, _Kept] = {}
        self._local: _Local | None = None

    def forms(self) -> tuple[Form, ...]:
        """The current version of each form: built-in ones in their order, then local ones by title."""
        current: dict[str, Form] = {}
        for kept in self._local_forms().kept:
            form = kept.form
            if form.id not in current or current[form.id].version < form.version:
                current[form.id] = form
        local = sorted(current.values(), key=lambda form: (form.title.casefold(), form.id))
        return (*(self._read_built_in(form_id).form for form_id in BUILT_IN), *local)

    def default(self) -> Form:
        """The form used where none is chosen: six domains on three grades."""
        return self.by_id(BUILT_IN[0])

    def by_id(self, form_id: str) -> Form:
        """The current version of a form. Raises NotFound naming the ids there are."""
        if form_id in BUILT_IN:
            return self._read_built_in(form_id).form
        known = self.forms()
        for form in known:
            if form.id == form_id:
                return form
        ids = ", ".join(form.id for form in known)
        raise NotFound(f"There is no form “{form_id}”. The forms here are: {ids}.")

    def text(self, form: Form) -> str:
        """The TOML text of one of these forms, to keep beside its audits. Raises NotFound for another."""
        held = [self._read_built_in(form.id)] if form.id in BUILT_IN else self._local_forms().kept
        for kept in held:
            if kept.form.ref == form.ref:
                return kept.text
        raise NotFound(
            f"The form “{form.title}”, version {form.version}, is not among the forms of this program."
        )

    def problems(self) -> tuple[str, ...]:
        """Why files of the local folder are left out, a text for each; empty when all can be used."""
        return self._local_forms().problems

    def _read_built_in(self, form_id: str) -> _Kept:
        if form_id not in self._built_in:
            self._built_in[form_id] = _read(self._built_in_folder / f"{form_id}.toml")
        return self._built_in[form_id]

    def _local_forms(self) -> _Local:
        if self._local is None:
            self._local = _read_folder(self._local_folder)
        return self._local


def form_from_text(text: str, expected: FormRef) -> Form:
    """The form kept in a workspace or pack. Raises FormError unless it is exactly the one expected."""
    from audit_app.forms.loader import load_form

    form = load_form(text, f"{expected.id}, version {expected.version}")
    if form.ref != expected:
        raise FormError(
            f"The form “{expected.id}”, version {expected.version}, has been changed since audits were made"
            " on it, so it cannot be used. Nothing else was touched. Use a copy that has it as it was."
        )
    return form


def _read(path: Path) -> _Kept:
    from audit_app.forms.loader import load_form, read_form_text  # start-up does not pay for it

    text = read_form_text(path)
    return _Kept(load_form(text, path.name), text)


def _read_folder(folder: Path | None) -> _Local:
    kept: list[_Kept] = []
    problems: list[str] = []
    for path in sorted(folder.glob("*.toml")) if folder is not None else ():
        try:
            found = _read(path)
            _check_is_new(found.form, path.name, kept)
        except FormError as error:
            problems.append(error.sentence)
        else:
            kept.append(found)
    return _Local(tuple(kept), tuple(problems))


def _check_is_new(form: Form, name: str, kept: list[_Kept]) -> None:
    if form.id in BUILT_IN:
        raise FormError(
            f"The form “{name}” cannot be used: the id “{form.id}” is built in. Give it an id of its own."
        )
    for other in kept:
        if (other.form.id, other.form.version) == (form.id, form.version):
            raise FormError(
                f"The form “{name}” cannot be used: version {form.version} of “{form.id}” is in this folder"
                " already. Give a changed form the next version."
            )
