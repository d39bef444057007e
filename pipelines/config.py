"""Settings: `resultsday.toml` in the data folder, then `RESULTSDAY_*`, then flags; the last wins.

Takes the data folder and the flags, gives one frozen `Config`. Promises: a wrong value, or a key that does
not exist, is a `UsageError` that names where it stands, what was expected and, for a key, the nearest that
exists. Where nothing is set nothing is imported: pydantic-settings takes a third of a second.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, get_type_hints

from pipelines.archives import ZipCaps
from pipelines.errors import UsageError

FILE = "resultsday.toml"
PREFIX = "RESULTSDAY_"
#: Variables that set a flag of the command line, and are no setting.
_FLAGS = {"DATA", "INBOX", "AS_OF", "FORMAT", "QUIET", "DEBUG", "ENGINE", "DRY_RUN"}
_GIB = 1 << 30


def _setting(default: Any, says: str, **limits: int) -> Any:
    """Make a field of `Config`; its metadata is what pydantic's `Field` takes."""
    return field(default=default, metadata={"description": says, **limits})


@dataclass(frozen=True)
class Config:
    """Every setting with its default; what it means stands in the field's metadata."""

    centres: tuple[str, ...] = _setting((), "Our centre numbers. Empty: every centre that is seen.")
    inboxes: tuple[str, ...] = _setting(
        (), "The folders our files arrive in; a relative one is beside this file. Empty: inbox, beside this file."
    )
    season: str | None = _setting(None, "The academic year, such as 2025-26. Unset: the latest with results.")
    audience: Literal["exams_office", "staff"] = _setting(
        "exams_office", "Who reads the reports; staff see no general result before its release."
    )
    fail_on: Literal["never", "error", "warning"] | None = _setting(
        None, "The severity from which a command ends with exit code 1. Unset: as the command says."
    )
    near_boundary_marks: int = _setting(
        2, "How many marks below the next boundary count as near: the rule near_boundary asks. 0: none.", ge=0, le=99999
    )
    centre_reports: bool = _setting(
        True, "Whether each of several centres gets pages and a workbook of its own: about a second each."
    )
    query_seconds: int = _setting(
        300, "How many seconds `resultsday query` lets a question take before it stops it. 0: no limit.", ge=0
    )
    file_bytes: int = _setting(4 * _GIB, "The largest file that is read, in bytes.", ge=1)
    line_bytes: int = _setting(1 << 20, "The longest line that is read, in bytes.", ge=1)
    columns: int = _setting(1024, "The most columns a file may have.", ge=1)
    xml_depth: int = _setting(64, "How deep the elements of an XML file may lie.", ge=1)
    xml_text_bytes: int = _setting(1 << 20, "The longest text of one XML element, in bytes.", ge=1)
    zip_members: int = _setting(10_000, "The most members a zip archive may have.", ge=1)
    zip_unpacked_bytes: int = _setting(4 * _GIB, "The most a zip archive may unpack to, in bytes.", ge=1)
    zip_ratio: int = _setting(200, "How many times its own size a zip archive may unpack to.", ge=1)
    duckdb_memory: str | None = _setting(None, "The memory DuckDB may use, such as 2GB. Unset: its default.")
    duckdb_threads: int | None = _setting(None, "The threads DuckDB may use. Unset: one a core.", ge=1)
    spark_master: str = _setting("local[*]", "Where --engine spark works: local[*], or spark://HOST:PORT of a cluster.")
    spark_memory: str = _setting("2g", "The memory of Spark's driver, such as 4g.")

    @property
    def zip_caps(self) -> ZipCaps:
        """The caps as the receive stage takes them."""
        return ZipCaps(self.zip_members, self.zip_unpacked_bytes, self.zip_ratio, self.file_bytes)


def load_config(data: Path, flags: Mapping[str, Any] | None = None) -> Config:
    """Read the settings of a data folder; flags that are None were not given.

    Raises `UsageError` for a file that is not TOML, an unknown key, or a value that does not fit.
    """
    path = data / FILE
    places = {
        "the command line": {key: value for key, value in (flags or {}).items() if value is not None},
        "the environment": {
            key.removeprefix(PREFIX).lower(): value
            for key, value in os.environ.items()
            if key.startswith(PREFIX) and key.removeprefix(PREFIX) not in _FLAGS
        },
        str(path): _read(path),
    }
    for place, values in places.items():
        for key in values:
            _known(key, place)
    if not any(places.values()):
        return Config()
    return _checked(_validated(places), places)


def inboxes(data: Path, given: Sequence[Path] | None = None, config: Config | None = None) -> tuple[Path, ...]:
    """The folders that are read: those given, else those of the settings, else `inbox` in the data folder.

    Raises `UsageError` where the settings have to be read and cannot be.
    """
    if given:
        return tuple(given)
    settled = (config or load_config(data)).inboxes
    return tuple(data / Path(one).expanduser() for one in settled) or (data / "inbox",)


def _read(path: Path) -> dict[str, Any]:
    try:
        # Notepad begins a file with a byte order mark, which TOML does not know.
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        todo = 'Write text, centre numbers too, in quotes: centres = ["99999"]'
        raise UsageError(f"{path}: not TOML: {error}.", todo) from error


def _known(key: str, place: str) -> None:
    names = [item.name for item in fields(Config)]
    if key in names:
        return
    near = get_close_matches(key, names, n=1)
    todo = f"Did you mean {near[0]}?" if near else f"The settings are: {', '.join(names)}."
    raise UsageError(f"{place}: there is no setting {key}.", todo)


def _validated(places: Mapping[str, Mapping[str, Any]]) -> Config:
    # A third of a second, paid only where something is set.
    from pydantic import Field, ValidationError, create_model, field_validator
    from pydantic_settings import BaseSettings, InitSettingsSource, SettingsConfigDict

    given, _, written = (dict(values) for values in places.values())

    class Base(BaseSettings):
        model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", enable_decoding=False)

        @classmethod
        def settings_customise_sources(
            cls, settings_cls: type[BaseSettings], init_settings: Any, env_settings: Any, *_: Any, **__: Any
        ) -> tuple[Any, ...]:
            return init_settings, env_settings, InitSettingsSource(settings_cls, written)

    hints = get_type_hints(Config)
    settings: Any = {item.name: (hints[item.name], Field(item.default, **item.metadata)) for item in fields(Config)}
    split: Any = field_validator("centres", mode="before")(_split)
    parted: Any = field_validator("inboxes", mode="before")(_parted)
    model = create_model("Settings", __base__=Base, __validators__={"split": split, "parted": parted}, **settings)
    try:
        return Config(**model(**given).model_dump())
    except ValidationError as error:
        first = error.errors()[0]
        raise _wrong(str(first["loc"][0]), first["msg"], places) from None


def _split(value: Any) -> Any:
    """Take `99999,99998`, as a variable gives it, for a list."""
    return tuple(filter(None, re.split(r"[,;\s]+", value))) if isinstance(value, str) else value


def _parted(value: Any) -> Any:
    """Take folders as a variable gives them, like those of PATH, for a list."""
    return tuple(filter(None, value.split(os.pathsep))) if isinstance(value, str) else value


def _checked(config: Config, places: Mapping[str, Mapping[str, Any]]) -> Config:
    for centre in config.centres:
        if not re.fullmatch(r"[0-9A-Z]{5}", centre):
            raise _wrong("centres", f'"{centre}" is not a centre number of five characters', places)
    if config.season is not None:
        match = re.fullmatch(r"20(\d\d)-(\d\d)", config.season)
        if not match or (int(match[1]) + 1) % 100 != int(match[2]):
            raise _wrong("season", f'"{config.season}" is not an academic year such as 2025-26', places)
    if config.duckdb_memory and not re.fullmatch(r"\d+(\.\d+)? ?([KMGT]i?B|%)", config.duckdb_memory):
        raise _wrong("duckdb_memory", f'"{config.duckdb_memory}" is not an amount such as 2GB', places)
    if not re.fullmatch(r"local(\[(\*|\d+)\])?|(spark|k8s)://\S+|yarn", config.spark_master):
        raise _wrong(
            "spark_master", f'"{config.spark_master}" is not local[*], spark://HOST:PORT, yarn or k8s://…', places
        )
    if not re.fullmatch(r"\d+[kmgt]", config.spark_memory):
        raise _wrong("spark_memory", f'"{config.spark_memory}" is not an amount such as 4g', places)
    return config


def _wrong(key: str, why: str, places: Mapping[str, Mapping[str, Any]]) -> UsageError:
    place = next((place for place, values in places.items() if key in values), FILE)
    return UsageError(f"{place}: {key}: {why}.", "Correct it, or leave it out: every setting has a default.")
