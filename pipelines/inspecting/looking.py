"""What a file is: recognised, measured against the layouts of its shape, and a better layout tried where one is found.

Takes a path and the formats, gives one `Inspection`. Promises: the file is only read, a large one in part; whatever is
proposed has been tried on its rows by the code that a run reads with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines import read
from pipelines.errors import UsageError
from pipelines.formats import Format, fold_header, load_formats
from pipelines.inspecting import delimited, elements, writing
from pipelines.inspecting.fits import Inspection, Proposal, Trial
from pipelines.inspecting.fixed import FixedFile
from pipelines.inspecting.known import Known
from pipelines.inspecting.naming import open_questions
from pipelines.inspecting.sampling import WHOLE, Sample, sample
from pipelines.inspecting.trial import try_layout
from pipelines.read import Caps, Recognised
from pipelines.readers import spreadsheet
from pipelines.readers.headers import ROWS_SEARCHED
from pipelines.readers.text import head_text

_HEAD = 1 << 16
_ROWS_OF_SHEET = 4_000
#: Layouts that are told of beside the nearest.
_NEAREST = 5


@dataclass(frozen=True)
class Wish:
    """How a person wants a file looked at."""

    show: bool = False  #: sample values, masked
    as_format: str = ""  #: the layout to measure against, whatever is nearest
    said: Mapping[str, str] | None = None  #: columns that the person settled → header
    name: str = ""  #: under which a layout is to be kept, where not that of the one it mends


@dataclass(frozen=True)
class Looking:
    """What an inspection goes by."""

    formats: tuple[Format, ...]
    known: Known
    caps: Caps
    folder: Path  #: a private folder to try a written format in
    wish: Wish = Wish()


def inspect(path: Path, name: str, looking: Looking) -> Inspection:
    """Say what a file is. Raises OSError where it cannot be read."""
    found = read.recognise(path, looking.formats, looking.caps)
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    told = Inspection(name, size, "", "", refused=found.reason, detail=found.detail)
    if found.format is not None:
        told = replace(told, current=found.format.name)
    if size > looking.caps.file_bytes or not head.strip(b"\x00 \t\r\n"):
        return replace(told, shape="an empty file" if size <= looking.caps.file_bytes else "a file over the cap")
    if head.startswith(spreadsheet.SIGNATURE):
        return _workbook(path, told, found, looking)
    looked_at = sample(path)
    told = replace(told, looked_at=looked_at.says)
    if _is_xml(head):
        return _xml(path, told, found, looking)
    if b"\x00" in looked_at.stretches[0][:_HEAD]:
        return replace(told, shape="not a text file")
    text = head_text(head, whole=size <= _HEAD)
    layouts = _of_data_type(text, found, looking)
    if layouts:
        return _fixed(path, looked_at, told, layouts, looking)
    return _delimited(looked_at, text, told, found, looking)


def _is_xml(head: bytes) -> bool:
    start = head[:512].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return start.replace(b"\x00", b"").lstrip().startswith(b"<")


def _chosen(layouts: Sequence[Format], looking: Looking) -> list[Format]:
    """The layouts to measure against: the one that the person named, or all of them."""
    named = [layout for layout in layouts if layout.name == looking.wish.as_format]
    return named or list(layouts)


def _settled(looking: Looking, names: Iterable[str]) -> dict[str, str]:
    """What the person settled. Raises UsageError for a name that the file does not have."""
    said = dict(looking.wish.said or {})
    there = {fold_header(name) for name in names}
    for column, name in said.items():
        if fold_header(name) not in there:
            raise UsageError(f"--map {column}={name}: the file has no such name.", "Write it as the file does.")
    return said


def _of_data_type(text: str, found: Recognised, looking: Looking) -> list[Format]:
    """The fixed-width layouts of the data type that the lines begin with."""
    if found.format is not None:
        return [found.format] if found.format.shape == "fixed_width" else []
    lines = [line for line in text.split("\n")[:30] if line.strip()]
    fixed = [layout for layout in looking.formats if layout.shape == "fixed_width"]
    typed = [line[:2].upper() for line in lines]
    return [
        layout
        for layout in fixed
        if sum(kind[:1] == layout.data_type and kind[1:].isdigit() for kind in typed) * 2 > len(lines)
    ]


def _tried(content: bytes, found: Recognised, layout: Format, looking: Looking) -> Trial:
    return try_layout(content, found, layout, looking.caps)


def _with_trial(proposal: Proposal | None, source: Path | bytes, content: bytes, looking: Looking) -> Proposal | None:
    """The proposal, tried: written, loaded, recognised and read as a run would do it."""
    if proposal is None:
        return None
    from pipelines import files

    name = looking.wish.name or proposal.fit.layout.name
    folder = files.make_folder(looking.folder / "formats")
    files.write_text(folder / f"{name}.toml", writing.toml_text(proposal.written, "a trial"))
    try:
        tried = next(one for one in load_formats(*_folders(looking), folder) if one.name == name)
        everything = tuple({**{one.name: one for one in looking.formats}, name: tried}.values())
        path = source
        if isinstance(path, bytes):
            files.write_bytes(looking.folder / "rows", path)
            path = looking.folder / "rows"
        found = read.recognise(path, everything, looking.caps)
        if found.format is None:
            trial = Trial(0, 0, found.reason, found.detail)
        elif found.format.name != name:
            trial = Trial(
                0, 0, "another layout reads it", f"with this one kept it is still read as {found.format.title}"
            )
        else:
            trial = try_layout(content, found, tried, looking.caps)
    finally:
        files.remove(folder)
    return replace(proposal, trial=trial, fit=replace(proposal.fit, layout=tried))


def _folders(looking: Looking) -> list[Path]:
    """The folders that the formats came from, the shipped ones first: a framing lies beside its formats."""
    folders = dict.fromkeys(layout.path.parent for layout in looking.formats)
    from pipelines import resources

    shipped = resources.formats()
    return sorted(folders, key=lambda folder: folder != shipped)


def _fixed(path: Path, looked_at: Sample, told: Inspection, layouts: list[Format], looking: Looking) -> Inspection:
    _settled(looking, ())
    layouts = _chosen(layouts, looking)
    show = looking.wish.show
    measured = [(FixedFile(looked_at, layout, looking.known), layout) for layout in layouts]
    fits = sorted(((file.fit(layout, show), file) for file, layout in measured), key=lambda pair: -pair[0].fitting)
    fit, file = fits[0]
    layout = fit.layout
    content = looked_at.stretches[0]
    trial = _tried(content, Recognised(layout), layout, looking)
    proposal = file.propose(show)
    proposal = _with_trial(proposal, path, content, looking)
    said = "" if trial.is_good else told.refused or trial.refused
    return replace(
        told,
        shape=f"fixed-width lines of data type {layout.data_type} ({layout.title})",
        fits=tuple(one for one, _ in fits),
        current=layout.name,
        refused=said,
        detail=told.detail or trial.detail,
        trial=trial,
        proposal=proposal,
        rulers=file.rulers(proposal.fit.layout if proposal else layout),
    )


def _xml(path: Path, told: Inspection, found: Recognised, looking: Looking) -> Inspection:
    if found.reason == "a document type":
        return replace(told, shape="XML with a document type")
    with path.open("rb") as stream:
        content = stream.read(WHOLE)
    if told.size > WHOLE:
        told = replace(told, looked_at=f"the first {WHOLE >> 20} MB")
    tree = elements.tree_of(content)
    names = [name for path in tree.counts for name in (path, path.rpartition("/")[2])]
    file = elements.Elements(tree, looking.known, _settled(looking, names))
    layouts = _chosen([one for one in looking.formats if one.shape == "xml"], looking)
    told = replace(told, shape="XML", elements=file.listing())
    if not layouts:
        return told
    show = looking.wish.show
    fits = sorted((file.as_it_stands(layout, show) for layout in layouts), key=lambda fit: -fit.fitting)
    layout = found.format or fits[0].layout
    trial = _tried(content, Recognised(layout), layout, looking) if found.format else None
    if trial is not None and not trial.read:
        trial = Trial(0, 0, "no record was found", f"nothing in it stands at {layout.whole}")
    proposal, questions = file.propose(layout, show)
    if trial is not None and trial.is_good and proposal is not None and not _is_better(proposal, fits[0].fitting):
        proposal = None
    proposal = _with_trial(proposal, content, content, looking)
    return replace(told, fits=tuple(fits), trial=trial, proposal=proposal, questions=questions)


def _is_better(proposal: Proposal, fitting: int) -> bool:
    return proposal.fit.fitting > fitting


def _delimited(looked_at: Sample, text: str, told: Inspection, found: Recognised, looking: Looking) -> Inspection:
    header = found.header or delimited.find_header(text)
    told = replace(told, shape="text")
    if header is None:
        return replace(told, questions=("no line near the top reads as a header with three columns or more",))
    separator = {",": "commas", ";": "semicolons", "\t": "tabs"}[header.delimiter]
    told = replace(told, shape=f"text separated by {separator}, its header in line {header.line}")
    if len(header.cells) > looking.caps.columns:
        return replace(told, refused="over a cap", detail=f"{len(header.cells)} columns")
    table = delimited.table_of_text(looked_at.stretches, header, looking.known)
    content = looked_at.stretches[0]
    return _by_names(table, told, found, content, content, looking)


def _workbook(path: Path, told: Inspection, found: Recognised, looking: Looking) -> Inspection:
    content = path.read_bytes()
    told = replace(told, shape="a workbook")
    if spreadsheet.fault(content, looking.caps):
        return told
    try:
        for name, cells in spreadsheet.sheets(content):
            if found.sheet and found.sheet != name:
                continue
            header = found.header or delimited.find_header_in_sheet(spreadsheet.candidates(cells))
            if header is None:
                continue
            rows = spreadsheet.body(cells.head(ROWS_SEARCHED + _ROWS_OF_SHEET), header, 0, delimited.width_of(header))
            table = delimited.table_of_sheet(rows, header, looking.known)
            told = replace(told, shape=f"a workbook, the header of its sheet {name!r} in row {header.line}")
            return _by_names(table, told, found, content, content, looking)
    except spreadsheet.UNREADABLE:
        return told
    return replace(told, questions=("no sheet has a row near the top that reads as a header",))


def _by_names(
    table: delimited.Table, told: Inspection, found: Recognised, content: bytes, source: bytes, looking: Looking
) -> Inspection:
    """Measure the delimited layouts, the nearest first, and propose for it."""
    show, said = looking.wish.show, _settled(looking, table.cells.names)
    layouts = _chosen([layout for layout in looking.formats if layout.shape == "delimited"], looking)
    ranked = delimited.ranked(table, layouts, said)
    if found.format is not None:
        ranked.sort(key=lambda pair: pair[0] is not found.format)
    layout, naming = ranked[0]
    trial = _tried(content, found, found.format, looking) if found.format else None
    fits = tuple(delimited.as_it_stands(table, one, show) for one, _ in ranked[:_NEAREST])
    told = replace(told, fits=fits, trial=trial, unused=delimited.unused(table, naming))
    rivals = [one.name for one, other in ranked[1:] if delimited.nearness(other) == delimited.nearness(naming)]
    if found.reason == "two layouts fit":
        return replace(told, questions=("take the columns of one of them out, or make two files of it",))
    if found.format is None and rivals and not looking.wish.as_format:
        names = " and ".join([layout.name, *rivals])
        return replace(told, questions=(f"{names} fit equally well: say which with --as {layout.name}",))
    questions = tuple(open_questions(naming))
    if naming.missing:
        so_far = delimited.fit_of(table, layout, naming.places, naming.how, show)
        return told if told.is_read else replace(told, fits=(so_far, *fits[1:]), questions=questions)
    is_beside = looking.wish.name not in ("", layout.name)
    proposal = delimited.proposal_of(table, layout, naming, show, is_beside)
    return replace(told, proposal=_with_trial(proposal, source, content, looking), questions=questions)
