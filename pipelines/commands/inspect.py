"""`resultsday inspect FILE`: what a file is, how well each layout fits it, and a layout that fits better, to be kept.

Takes a file, a member of an archive (`reports.zip!june.csv`) or an archive; gives the exit code: 0 where the file is
read or a layout for it is proposed, 10 where neither. Promises: no value of the file is printed; `--show` gives their
shapes, letters as x and digits as 9. Only `--save` writes, and only into `local/formats/`.
"""

from __future__ import annotations

import hashlib
import re
import shlex
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines import archives, files, resources
from pipelines.commands import printing
from pipelines.commands.inspecting import as_record, text_lines
from pipelines.config import Config, inboxes, load_config
from pipelines.errors import DiskError, ExitCode, UsageError
from pipelines.formats import load_formats

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

    from pipelines.inspecting.fits import Inspection
    from pipelines.inspecting.looking import Looking

_MEMBER = "!"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,47}")


@dataclass(frozen=True)
class Asked:
    """What the person typed."""

    file: str
    data: Path
    save: bool = False
    force: bool = False
    show: bool = False
    as_format: str = ""
    said: tuple[str, ...] = ()
    name: str = ""

    @property
    def command(self) -> str:
        """What was typed, without --save."""
        given = [f"--map {shlex.quote(one)}" for one in self.said]
        given += [f"--as {self.as_format}"] if self.as_format else []
        given += [f"--name {self.name}"] if self.name else []
        given += [f"--data {shlex.quote(str(self.data))}"] if self.data != Path("data") else []
        return " ".join(["resultsday inspect", shlex.quote(self.file), *given])


def show(asked: Asked, output: str) -> int:
    """Inspect a file, print what it is, keep a mapping where asked to; give the exit code.

    Raises UsageError for a file that is not there or an option that does not fit, DiskError where one cannot be read
    or written.
    """
    printing.refuse_csv(output, "inspect")
    with files.temporary_folder() as folder:
        looking = _looking(asked, folder)
        config = load_config(asked.data)
        with _opened(asked.file, folder, config) as members:
            if len(members) == 1:
                name, path = members[0]
                told = _inspect(path, name, looking)
                saved = _save(asked, told, path) if asked.save else None
                return _print(asked, told, saved, output)
            if asked.save or asked.said:
                raise UsageError(
                    f"{asked.file} holds {len(members)} files.",
                    f"Name one of them: resultsday inspect {shlex.quote(f'{asked.file}{_MEMBER}{members[0][0]}')}",
                )
            every = [_inspect(path, name, looking) for name, path in members]
    return _print_all(asked, every, output)


def _looking(asked: Asked, folder: Path) -> Looking:
    from pipelines.inspecting.known import known_codes, with_basedata
    from pipelines.inspecting.looking import Looking, Wish
    from pipelines.read import Caps
    from pipelines.reference import load_reference

    local = asked.data / "local"
    formats = load_formats(resources.formats(), local / "formats")
    names = sorted(one.name for one in formats)
    if asked.as_format and asked.as_format not in names:
        raise UsageError(f"--as {asked.as_format}: there is no such format.", f"The formats are: {', '.join(names)}.")
    if asked.name and not _NAME.fullmatch(asked.name):
        raise UsageError(f"--name {asked.name}: no name for a format.", "Small letters, digits and underscores.")
    columns = sorted({name for one in formats for name in one.all_columns})
    said = _said(asked.said)
    if unknown := sorted(set(said) - set(columns)):
        near = get_close_matches(unknown[0], columns, n=1)
        todo = f"Did you mean {near[0]}?" if near else f"The columns are: {', '.join(columns)}."
        raise UsageError(f"--map {unknown[0]}: no layout has such a column.", todo)
    known = known_codes(load_reference(resources.reference_data(), local / "reference"))
    beside = [*inboxes(asked.data), Path(asked.file.partition(_MEMBER)[0]).parent / "basedata"]
    known = with_basedata(known, [place for place in beside if place.is_dir()], formats)
    config = load_config(asked.data)
    caps = Caps(config.file_bytes, config.line_bytes, config.columns, config.xml_depth, config.xml_text_bytes)
    wish = Wish(asked.show, asked.as_format, said, asked.name)
    return Looking(formats, known, caps, folder, wish)


def _said(given: tuple[str, ...]) -> dict[str, str]:
    said = {}
    for one in given:
        column, equals, header = one.partition("=")
        if not equals or not column.strip() or not header.strip():
            raise UsageError(f"--map {one}: that names no column and header.", 'Write it as --map raw_mark="Score".')
        said[column.strip()] = header.strip()
    return said


def _inspect(path: Path, name: str, looking: Looking) -> Inspection:
    from pipelines.inspecting.looking import inspect

    try:
        return inspect(path, name, looking)
    except OSError as error:
        raise DiskError(
            f"{name}: it cannot be read: {error.strerror or error}.", "Check that you may read it."
        ) from None


@contextmanager
def _opened(file: str, folder: Path, config: Config) -> Iterator[list[tuple[str, Path]]]:
    """The file, or the members of the archive that it is, with the names to show."""
    name, is_member, wanted = file.partition(_MEMBER)
    path = Path(file)
    if not path.exists() and is_member:
        path = Path(name)
    else:
        wanted = ""
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file.", "Give one file; `resultsday check` looks at a whole inbox.")
    try:
        with path.open("rb") as stream:
            archive = archives.looks_like_zip(stream) and archives.open_archive(
                stream, path.stat().st_size, config.zip_caps
            )
            if not archive:
                yield [(path.name, path)]
                return
            infos = [
                info for info in archive.infolist() if not info.is_dir() and not archives.is_in_hidden_folder(info)
            ]
            if wanted:
                infos = [info for info in infos if info.filename == wanted]
            if not infos:
                raise UsageError(f"{path}: it holds no member {wanted or 'to look at'}.", "`unzip -l` lists them.")
            place = files.make_folder(folder / "members")
            members = [(info.filename, _unpacked(path, archive, info, place)) for info in infos]
    except archives.RefusedArchiveError as refusal:
        raise UsageError(f"{path}: {refusal.reason}.", refusal.detail) from None
    except OSError as error:
        raise DiskError(
            f"{path}: it cannot be read: {error.strerror or error}.", "Check that you may read it."
        ) from None
    yield members


def _unpacked(path: Path, archive: ZipFile, info: ZipInfo, place: Path) -> Path:
    """A member as a file; UsageError where its bytes are not what the archive says of them."""
    try:
        return files.store(archive.open(info), place).path
    except archives.UNREADABLE:
        raise UsageError(f"{path}: a member is damaged in its archive.", "Download the archive again.") from None


def _save(asked: Asked, told: Inspection, path: Path) -> Path | None:
    """Keep the proposed layout; None where there is none to keep. Raises UsageError for one that is kept already."""
    from pipelines.inspecting import writing

    proposal = told.proposal
    if proposal is None or not proposal.is_usable:
        return None
    target = asked.data / "local" / "formats" / f"{asked.name or proposal.fit.layout.name}.toml"
    if target.exists() and not asked.force:
        raise UsageError(f"{target}: a layout of that name is kept already.", "--force replaces it.")
    sha256 = _sha256(path)
    origin = f"Read off {_plain(told.name)} (sha256 begins {sha256[:16]}) by resultsday inspect"
    old = str(proposal.written["source"]).rpartition("; the rest as before: ")[2]
    written = {**proposal.written, "source": f"{origin}: {'; '.join(proposal.changes)}; the rest as before: {old}"}
    said = [f"{origin}, and kept by --save.", *proposal.changes, *proposal.open]
    comment = "\n".join(_plain(line) for line in said)
    files.make_folder(target.parent)
    files.write_text(target, writing.toml_text(written, comment))
    load_formats(resources.formats(), target.parent)
    return target


def _plain(text: str) -> str:
    """A line without what could move the cursor or turn the direction of writing: names of files can hold anything."""
    return "".join(" " if unicodedata.category(letter) in ("Cc", "Cf", "Zl", "Zp") else letter for letter in text)


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _code(told: Inspection) -> ExitCode:
    usable = told.is_read or (told.proposal is not None and told.proposal.is_usable)
    return ExitCode.DONE if usable else ExitCode.NO_INPUT


def _print(asked: Asked, told: Inspection, saved: Path | None, output: str) -> int:
    from pipelines.inspecting.conclusion import next_step, sentence

    code = _code(told)
    after = f"resultsday run --data {shlex.quote(str(asked.data))}" if asked.data != Path("data") else "resultsday run"
    step = after if saved else next_step(told, asked.command)
    if output == "json":
        record = {
            **as_record(told),
            "conclusion": sentence(told),
            "next": step or None,
            "saved": str(saved) if saved else None,
            "exit_code": int(code),
        }
        printing.write_exactly(printing.as_json(record))
        return int(code)
    for line in text_lines(told):
        printing.write(f"{_plain(line)}\n")
    printing.write(f"\n{sentence(told)}\n")
    if told.proposal is not None and told.proposal.is_usable and told.rulers and not asked.name:
        title, name = told.proposal.fit.layout.title, told.proposal.fit.layout.name
        printing.write(f"Kept, it is the layout of every file of {title}; --name {name}_2 keeps it beside the other.\n")
    if saved:
        printing.write(f"Kept in {saved}: every run on this data folder reads by it from now on.\n")
    elif asked.save:
        printing.write("Nothing was kept: there is no layout to keep.\n")
    if step:
        printing.write(f"Next: {step}\n")
    return int(code)


def _print_all(asked: Asked, every: list[Inspection], output: str) -> int:
    """One line a member of an archive."""
    from pipelines.inspecting.conclusion import sentence

    code = ExitCode.DONE if any(_code(told) == ExitCode.DONE for told in every) else ExitCode.NO_INPUT
    if output == "json":
        records = [{**as_record(told), "conclusion": sentence(told)} for told in every]
        printing.write_exactly(printing.as_json({"archive": asked.file, "members": records, "exit_code": int(code)}))
        return int(code)
    for told in every:
        printing.write(f"{_plain(told.name)}\n  {told.shape}. {sentence(told)}\n")
    one = replace(asked, file=f"{asked.file}{_MEMBER}{every[0].name}").command
    printing.write(f"\n{len(every)} files in the archive. One of them in full: {one}\n")
    return int(code)
