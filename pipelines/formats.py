"""The formats of incoming files: what stands where in each, and how it is to be read.

Takes folders of TOML files, gives one `Format` a file. Promises: a format that is not usable is a `UsageError` that
names the file and what is wrong in it; nothing here knows an awarding body. `docs/formats-howto.md` says how a
format is written.
"""

from __future__ import annotations

import hashlib
import importlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

from pipelines.errors import UsageError

SHAPES = ("fixed_width", "delimited", "xml")
DECODES = (
    *("text", "code", "word", "identifier", "series", "edi_name", "mark", "integer", "level"),
    *("date", "ddmmyy", "birth_ddmmyy", "partial_absence", "withdrawn"),
)
SURE = ("public", "inferred", "ours")
IDENTITY = (
    *("centre_number", "candidate_number", "ocr_candidate_number", "uci", "uln", "surname", "forenames"),
    *("date_of_birth", "surname_key", "surname_sorted", "forename_key", "forenames_key", "name_truncated"),
)
#: Columns that every fill has without saying so.
GIVEN = frozenset({*IDENTITY, "file_id", "line", "is_absent"})


@dataclass(frozen=True)
class Column:
    """One value of an incoming record: where it stands, and how its text is decoded."""

    name: str
    decode: str = "text"
    start: int = 0  #: fixed width: first character, from 1
    width: int = 0  #: fixed width: characters
    headers: tuple[str, ...] = ()  #: delimited: accepted headers, our default first
    path: str = ""  #: xml: local element names below the root
    values: tuple[str, ...] = ()  #: decode `word`: the words it may be
    pad: int = 0  #: a shorter number lost its leading zeros; characters it should have
    required: bool = False  #: must be there; a value that cannot be decoded rejects the row
    sure: str = "ours"

    @property
    def parent(self) -> str:
        """The element that an xml value stands in, as a path below the root."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True)
class Variant:
    """How the rest of a fixed-width record is laid out when `variant_by` holds `when`."""

    when: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Repeat:
    """A fixed-width value that stands several times at the end of a record."""

    column: str
    start: int
    width: int
    count: str  #: the column that says how often


@dataclass(frozen=True)
class Fill:
    """What a record says of one table: target column ← source column, or a fixed value."""

    table: str
    columns: Mapping[str, str]
    fixed: Mapping[str, str | bool | int]
    each: str = ""  #: xml: the element that makes a row
    when: tuple[str, ...] = ()  #: only rows in which one of these is not blank
    distinct: tuple[str, ...] = ()  #: once for each person and these, on the first line that says it
    any_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  #: true where one of these is
    blank: tuple[str, ...] = ()  #: columns of the record that this statement does not say


@dataclass(frozen=True)
class Framing:
    """The header and trailer records round the body of a fixed-width file, by their record type."""

    name: str
    sha256: str
    records: Mapping[str, Mapping[str, Column]]  #: file_header, centre_header, centre_trailer, file_trailer
    types: Mapping[str, str]  #: the same keys → the record type digit
    counted_besides: int  #: records that the count of a centre trailer includes beside the body


@dataclass(frozen=True)
class Format:
    """One incoming format, as its TOML file declares it."""

    name: str
    kind: str
    title: str
    shape: Literal["fixed_width", "delimited", "xml"]
    sha256: str  #: of everything that decides how it reads
    path: Path
    source: str
    sureness: Mapping[str, str]
    columns: tuple[Column, ...]
    fills: tuple[Fill, ...]
    needs: tuple[tuple[str, ...], ...]  #: of each group, one must not be blank, else the row is rejected
    examples: tuple[Mapping[str, Any], ...]
    data_type: str = ""  #: fixed width: character 1
    body: str = "5"  #: fixed width: the record type of the body
    framing: Framing | None = None
    variant_by: str = ""
    variants: tuple[Variant, ...] = ()
    repeat: Repeat | None = None
    fit_uci: float = 0.0  #: least share of UCIs that have the shape; 0 where the format does not speak of people
    root: str = ""  #: xml: local name of the root
    whole: str = ""  #: xml: the element that must be complete for what it holds to count
    header: tuple[Column, ...] = ()  #: xml: values said once

    @cached_property
    def all_columns(self) -> dict[str, Column]:
        """Every column by name, those of the variants and of an xml header included."""
        found = {column.name: column for column in self.header + self.columns}
        for variant in self.variants:
            found.update({column.name: column for column in variant.columns})
        return found

    @cached_property
    def accepted(self) -> dict[str, str]:
        """Every accepted header, folded → the column it stands for."""
        return {fold_header(header): column.name for column in self.columns for header in column.headers}

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables this format fills, sorted."""
        return tuple(sorted({fill.table for fill in self.fills}))

    @property
    def has_people(self) -> bool:
        """Whether its rows speak of candidates."""
        return any("surname_key" in table_columns(fill.table) for fill in self.fills)


@lru_cache(maxsize=10_000)
def fold_header(header: str) -> str:
    """Fold a header for comparison: case, spaces and `_ - . ( ) /` do not count."""
    return re.sub(r"[\s_\-.()/\u00a0\ufeff]+", "", header).casefold()


def table_columns(table: str) -> dict[str, tuple[str, str]]:
    """The columns of an incoming table in order: name → (type, what it is)."""
    columns: dict[str, tuple[str, str]] = importlib.import_module(f"schemas.tables.{table}").COLUMNS
    return columns


def load_formats(*folders: Path) -> tuple[Format, ...]:
    """Load every format of the folders, by name; a format of a later folder replaces its namesake.

    Raises `UsageError` for a file that is not TOML, or is no usable format.
    """
    paths: dict[str, Path] = {}
    for folder in folders:
        paths.update({path.stem: path for path in sorted(folder.glob("*.toml"))})
    texts = {name: _parse(path) for name, path in sorted(paths.items())}
    framings = {
        name: _framing(name, paths[name], data, text)
        for name, (data, text) in texts.items()
        if data.get("shape") == "framing"
    }
    return tuple(
        _Reader(paths[name], data, text, framings).format()
        for name, (data, text) in texts.items()
        if name not in framings
    )


def _parse(path: Path) -> tuple[dict[str, Any], str]:
    try:
        text = path.read_text(encoding="utf-8")
        return tomllib.loads(text), text
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: not a TOML file: {error}", "Mend the file, or take it out of the folder.") from error


def _bad(path: Path, what: str) -> UsageError:
    return UsageError(
        f"{path}: {what}",
        "Mend the file, or take it out of the folder; docs/formats-howto.md says how one is written.",
    )


def _columns(path: Path, raw: Any, where: str) -> tuple[Column, ...]:
    """Take the columns of a layout table; every mistake names the column."""
    if not isinstance(raw, list) or not all(isinstance(item, dict) for item in raw):
        raise _bad(path, f"{where} is not a list of columns")
    columns = []
    for item in raw:
        name = item.get("name", "?")
        try:
            values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in item.items()}
            column = Column(**values)
        except TypeError as error:
            unknown = sorted(set(item) - set(Column.__dataclass_fields__))
            raise _bad(
                path,
                f"{where}, column {name}: " + (f"unknown key {', '.join(unknown)}" if unknown else "it has no name"),
            ) from error
        if column.decode not in DECODES:
            raise _bad(path, f"{where}, column {name}: decode {column.decode!r} is none of {', '.join(DECODES)}")
        if column.sure not in SURE:
            raise _bad(path, f"{where}, column {name}: sure {column.sure!r} is none of {', '.join(SURE)}")
        columns.append(column)
    return tuple(columns)


def _framing(name: str, path: Path, data: dict[str, Any], text: str) -> Framing:
    keys = ("file_header", "centre_header", "centre_trailer", "file_trailer")
    if missing := [key for key in keys if key not in data]:
        raise _bad(path, f"the framing has no {' and no '.join(missing)}")
    records = {key: {c.name: c for c in _columns(path, data[key].get("columns"), key)} for key in keys}
    return Framing(
        name=name,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        records=records,
        types={key: str(data[key].get("type", "")) for key in keys},
        counted_besides=int(data["centre_trailer"].get("counted_besides", 2)),
    )


class _Reader:
    """Makes one `Format` of one parsed file, and says what is wrong with it."""

    def __init__(self, path: Path, data: dict[str, Any], text: str, framings: Mapping[str, Framing]) -> None:
        self.path, self.data, self.text, self.framings = path, data, text, framings

    def format(self) -> Format:
        """Give the format. Raises `UsageError`."""
        data = self.data
        for key in ("kind", "shape", "source", "columns", "fills"):
            if not data.get(key):
                raise _bad(self.path, f"it has no {key}")
        if data["shape"] not in SHAPES:
            raise _bad(self.path, f"shape {data['shape']!r} is none of {', '.join(SHAPES)}")
        framing = self._framing_of()
        known = framing.sha256 if framing else ""
        repeat = data.get("repeat")
        result = Format(
            name=self.path.stem,
            kind=data["kind"],
            title=data.get("title", data["kind"].replace("_", " ")),
            shape=data["shape"],
            sha256=hashlib.sha256((self.text + known).encode()).hexdigest(),
            path=self.path,
            source=data["source"],
            sureness=data.get("sureness", {}),
            columns=_columns(self.path, data["columns"], "columns"),
            header=_columns(self.path, data.get("header", []), "header"),
            fills=tuple(self._fill(fill) for fill in data["fills"]),
            needs=tuple((need,) if isinstance(need, str) else tuple(need) for need in data.get("needs", ())),
            examples=tuple(data.get("example", ())),
            data_type=data.get("data_type", ""),
            body=str(data.get("body", "5")),
            framing=framing,
            variant_by=data.get("variant_by", ""),
            variants=tuple(
                Variant(v.get("when", ""), _columns(self.path, v.get("columns"), "variant"))
                for v in data.get("variant", ())
            ),
            repeat=Repeat(**repeat) if repeat else None,
            fit_uci=float(data.get("fit_uci", 0.0)),
            root=data.get("root", ""),
            whole=data.get("whole", ""),
        )
        self._lint(result)
        return result

    def _framing_of(self) -> Framing | None:
        if self.data["shape"] != "fixed_width":
            return None
        name = self.data.get("framing", "")
        if name not in self.framings:
            raise _bad(
                self.path, f"framing {name!r} is none of {', '.join(sorted(self.framings)) or 'those there are (none)'}"
            )
        return self.framings[name]

    def _fill(self, raw: dict[str, Any]) -> Fill:
        table = raw.get("table", "")
        try:
            columns = table_columns(table)
        except (ImportError, AttributeError) as error:
            raise _bad(self.path, f"it fills {table!r}, which is no table of schemas/tables") from error
        named = {name for key in ("columns", "fixed", "any_of", "blank", "distinct") for name in raw.get(key, ())}
        if unknown := sorted(named - set(columns)):
            raise _bad(self.path, f"{table} has no column {', '.join(unknown)}")
        return Fill(
            table=table,
            columns=raw.get("columns", {}),
            fixed=raw.get("fixed", {}),
            each=raw.get("each", ""),
            when=tuple(raw.get("when", ())),
            distinct=tuple(raw.get("distinct", ())),
            blank=tuple(raw.get("blank", ())),
            any_of={key: tuple(value) for key, value in raw.get("any_of", {}).items()},
        )

    def _lint(self, made: Format) -> None:
        known = set(made.all_columns) | GIVEN | {"board", "series_as_sent"}
        used = {name for fill in made.fills for name in (*fill.columns.values(), *fill.when)}
        used |= {name for fill in made.fills for names in fill.any_of.values() for name in names}
        used |= {name for need in made.needs for name in need}
        if unknown := sorted(used - known):
            raise _bad(self.path, f"no column of the layout is called {', '.join(unknown)}")
        for column in (*made.all_columns.values(),):
            if made.shape == "fixed_width" and (column.start < 1 or column.width < 1):
                raise _bad(self.path, f"column {column.name}: start and width count from 1")
            if made.shape == "delimited" and not column.headers:
                raise _bad(self.path, f"column {column.name}: it accepts no header")
            if made.shape == "xml" and not column.path:
                raise _bad(self.path, f"column {column.name}: it has no path")
        if made.shape == "delimited" and not any(column.required for column in made.columns):
            raise _bad(self.path, "no column is required = true, so any line at all would be its header")
        self._lint_headers(made.columns)
        if made.shape == "xml" and not (made.root and made.whole and all(fill.each for fill in made.fills)):
            raise _bad(self.path, "an xml format has a root, a whole, and an each in every fill")
        if made.shape == "fixed_width" and not re.fullmatch("[A-Z]", made.data_type):
            raise _bad(self.path, "data_type is one capital letter")

    def _lint_headers(self, columns: Sequence[Column]) -> None:
        owner: dict[str, str] = {}
        for column in columns:
            for header in column.headers:
                first = owner.setdefault(fold_header(header), column.name)
                if first != column.name:
                    raise _bad(self.path, f"header {header!r} stands for both {first} and {column.name}")
