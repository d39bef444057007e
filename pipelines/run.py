"""The six stages in their order, and nothing else: receive → read → check → join → report → publish.

Takes `Options`, gives an `Outcome`. This module alone knows the order. Promises: a run is built beside the others and
published by one switch; the sums agree at every arrow or nothing is published; a run that would equal the published
one is not published again; a lock keeps two runs apart.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pipelines import chosen, files, publish, resources, sums
from pipelines.centre_reports import write_reports
from pipelines.check import Source, read_and_check
from pipelines.database import connect
from pipelines.disk_faults import disk_error
from pipelines.embargo import hold_back, holds_back
from pipelines.engines import open_engine
from pipelines.errors import NoInputError
from pipelines.export import every_table, write_csv_reports, write_database, write_rejects, write_tables
from pipelines.findings import find
from pipelines.formats import load_formats
from pipelines.groups import join_in_groups, number_of_groups
from pipelines.html.report import Compared, ReportFacts, weeks_of
from pipelines.identity import circumstances, identity
from pipelines.join import PEOPLE_TABLES, incoming_columns, join, open_parts
from pipelines.laps import Clock, rounded
from pipelines.local_files import LocalTables, fill_given, read_local
from pipelines.macros import statements as macro_statements
from pipelines.manifest import Told, manifest
from pipelines.previous import fill_previous, runs_before
from pipelines.read import Caps
from pipelines.receive import changed, receive
from pipelines.reference import ZONE, load_reference
from pipelines.refusals import no_input, nothing_usable
from pipelines.run_tables import (
    RUN_TABLES,
    fill_file_names,
    insert,
    load_reference_tables,
    make_run_tables,
    season_days,
    season_of_run,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import polars as pl

    from pipelines.centre_reports import WeeksOf
    from pipelines.check import Part
    from pipelines.config import Config
    from pipelines.embargo import Lifted
    from pipelines.engines import Engine
    from pipelines.formats import Format
    from pipelines.receive import Reception

    Tell = Callable[[str, str], None]
    #: is shown the folder of a run that is not published
    Look = Callable[[publish.PublishedRun], None] | None


#: bytes received; below, two statements at once on a thread each are quicker than two threads in one statement
_SMALL = 32 << 20
#: from here on the tables outgrow memory many times, and are kept, packed, in a file beside the spill
_LARGE = 128 << 20


@dataclass(frozen=True)
class Options:
    """What a run is asked to do."""

    inboxes: tuple[Path, ...]
    data: Path
    as_of: datetime  #: with a time zone
    config: Config
    publishes: bool = True
    is_sample: bool = False
    lifted: Lifted | None = None  #: the embargo is lifted for staff: why, and by whom
    engine: str = "duckdb"  #: what runs joins and rules: duckdb or spark
    rules: tuple[str, ...] = ()  #: these alone, on a run that is not published; all where none is named

    def __post_init__(self) -> None:
        if self.rules and self.publishes:
            raise ValueError("a run of some of the rules is never published: its report would be silent on the rest")

    @property
    def holds_back(self) -> bool:
        """Whether the outputs leave out what is under embargo."""
        return holds_back(self.config, self.lifted)

    @property
    def reader(self) -> str:
        """Whose eyes the tables and the report are made for."""
        return "staff" if self.holds_back else "exams_office"


@dataclass(frozen=True)
class Outcome:
    """How a run ended: its manifest, and where it is; no folder where nothing was published."""

    manifest: dict[str, Any]
    folder: Path | None
    is_unchanged: bool
    seconds: float
    note: str = ""  #: what the drive could not do, and what was done instead


def run(
    options: Options,
    tell: Tell = lambda _stage, _detail: None,
    look: Look = None,
) -> Outcome:
    """Run all six stages. `look` is shown the folder of a run that is not published, before it is deleted.

    Raises NoInputError where no file can be used, SumsError where counts disagree, BusyError where another run
    holds the lock, DiskError where the disk fails; nothing is published then.
    """
    begun = time.perf_counter()
    with ExitStack() as stack:
        place, note = options.data, ""
        if options.publishes:
            files.make_folder(options.data)
            note = stack.enter_context(files.hold_lock(options.data))
            files.sweep(options.data)
            publish.settle(options.data)
        else:
            place = stack.enter_context(files.temporary_folder())
        try:
            told, folder, is_unchanged = _until_settled(options, place, tell, look)
        except Exception as error:
            # the database says in words of its own that there is no room for what it spills
            if (disk := disk_error(error, place)) and disk is not error:
                raise disk from error
            raise
    return Outcome(told, folder, is_unchanged, time.perf_counter() - begun, note)


class _ChangedError(Exception):
    """Files of the inbox are not what was read of them: they were being written."""

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__()
        self.names = names


def _until_settled(options: Options, place: Path, tell: Tell, look: Look) -> tuple[dict[str, Any], Path | None, bool]:
    """Run the stages until no file that was read has changed since: half a file is never taken for whole.

    Files that changed once are read once more, in a run from the beginning; from then on one that changes is refused.
    """
    unsettled, is_first = frozenset[str](), True
    while True:
        stages = _Stages(options, place, tell, look, unsettled)
        try:
            return stages.run()
        except _ChangedError as grown:
            unsettled, is_first = unsettled if is_first else unsettled | grown.names, False
        finally:
            publish.discard(stages.building)


class _Stages:
    """One run as it goes: each method is a stage, and leaves what the next one needs."""

    def __init__(self, options: Options, place: Path, tell: Tell, look: Look, unsettled: frozenset[str]) -> None:
        self.options, self.place, self.tell, self.look = options, place, tell, look
        self.started = datetime.now(UTC)
        self.building = publish.build_folder(place, self.started)
        self.clock = Clock()
        self.before = publish.published(options.data)
        self.kept: LocalTables | None = None
        self.unsettled = unsettled

    def run(self) -> tuple[dict[str, Any], Path | None, bool]:
        """The manifest, the published folder, and whether the published run already was this one."""
        reception = self.receive()
        local = self.options.data / "local"
        formats = load_formats(resources.formats(), local / "formats")
        reference = load_reference(resources.reference_data(), local / "reference")
        options = self.options
        self.kept = read_local(local)
        asked = identity(
            reception,
            reference,
            formats,
            options.config,
            options.as_of,
            options.is_sample,
            self.kept,
            options.lifted,
        )
        if options.publishes and self.before is not None and self.before.manifest.get("identity") == asked:
            _settled(reception)
            return self.before.manifest, self.before.folder, True
        parts = self.read_and_check(reception, formats)
        spill = self.building / ".spill"
        size = sum(one.size for one in reception.received)
        threads = options.config.duckdb_threads or (1 if size < _SMALL else 0)
        con = connect(spill, options.config.duckdb_memory or "", threads, on_disk=size >= _LARGE)
        try:
            with closing(open_engine(options.engine, con, spill, options.config)) as engine:
                content, rows = self.join_and_report(con, engine, reception, parts, formats, reference, asked)
        finally:
            con.close()
            files.remove(spill)
            self.forget()
        _settled(reception)
        if not options.publishes:
            if self.look is not None:
                self.look(publish.PublishedRun(self.building.name.removeprefix(files.BUILDING), self.building, content))
            return content, None, False
        self.tell("publish", "")
        name = publish.run_name(options.data, self.started)
        publish.write_manifest(self.building, {**content, "run": name})
        done = publish.publish(self.building, options.data, name, rows)
        return done.manifest, done.folder, False

    @property
    def cache(self) -> Path:
        """Where checked parts lie: they hold everything, so for staff they go when the run is done."""
        return self.building / ".cache" if self.options.holds_back else self.place / "cache"

    def forget(self) -> None:
        """For staff, delete the files as they came and what was read of them: nothing in those can be left out."""
        if self.options.holds_back:
            files.remove(self.building / "raw")
            files.remove(self.cache)

    def receive(self) -> Reception:
        """Stage 1."""
        self.tell("receive", "")
        previous_raw = self.before.folder / "raw" if self.before is not None else None
        inboxes, caps = self.options.inboxes, self.options.config.zip_caps
        reception = receive(inboxes, self.building / "raw", previous_raw, caps, unsettled=self.unsettled)
        if not reception.received:
            raise NoInputError(*no_input(inboxes, reception))
        self.clock.lap("receive")
        return reception

    def read_and_check(self, reception: Reception, formats: Sequence[Format]) -> Sequence[Part]:
        """Stages 2 and 3."""
        sources = [Source(one.file_id, one.sha256, one.path) for one in reception.received]
        config = self.options.config
        caps = Caps(config.file_bytes, config.line_bytes, config.columns, config.xml_depth, config.xml_text_bytes)
        parts = read_and_check(
            sources,
            formats,
            self.cache,
            caps,
            lambda what, done, of: self.tell("read", f"{what} {done}/{of}"),
        )
        self.clock.lap("read and check")
        return parts

    def join_and_report(
        self,
        con: Any,
        engine: Engine,
        reception: Reception,
        parts: Sequence[Part],
        formats: Sequence[Format],
        reference: Mapping[str, pl.DataFrame],
        asked: str,
    ) -> tuple[dict[str, Any], dict[str, int]]:
        """Stages 4 and 5: the manifest, and the rows of each table written."""
        options, clock, tell = self.options, self.clock, self.tell
        _open(con, engine, parts)
        load_reference_tables(con, reference)
        season = season_of_run(con, reference, options.config.season, options.as_of)
        others = runs_before(options.data, asked, options.reader)
        last = others[-1] if others else None
        earlier = [run.manifest for run in others]
        _say_run(con, options, reception, season, asked, last)
        if self.kept is not None:
            fill_given(con, self.kept)
        given = (*incoming_columns(), *reference, *RUN_TABLES)
        sql = resources.sql()
        rules = chosen.rules_of(sql, options.rules)
        only = chosen.tables_of(sql, rules) if options.rules else None
        number, groups = self.in_groups(reception), None
        say = partial(tell, "join")
        if number > 1:
            goes_by = circumstances(reference, formats, options.config, options.as_of, season)
            places = (self.cache, self.building / ".spill")
            groups = join_in_groups(con, sql, rules, given, options.as_of, goes_by, places, number, say)
        joined = groups.made if groups else join(con, sql, given, options.as_of, say, engine, only)
        clock.lap("join")
        known = (*given, *joined.rows, *PEOPLE_TABLES)
        found = find(
            con,
            rules,
            sql,
            known,
            options.as_of,
            lambda code: tell("rules", code),
            engine,
            only,
            groups.judged if groups else None,
        )
        clock.lap("rules")
        totals = sums.count(con, reception, len(rules))
        if not totals.files["read"]:
            raise NoInputError(*nothing_usable(con))
        timings = {"stages": clock.laps, "joins": rounded(joined.seconds), "rules": rounded(found.seconds)}
        if options.rules:
            return chosen.told(con, sql, rules, totals, timings), {}
        if options.holds_back:
            hold_back(con, [table.name for table in every_table(resources.sql()) if table.is_embargoed], options.as_of)
        tell("report", "")
        facts = ReportFacts(
            is_sample=options.is_sample,
            audience=options.reader,
            season=season,
            as_of=options.as_of,
            identity=asked,
            sums=totals.as_dict(),
            rules=rules,
            formats=tuple(formats),
            compared=_compared(last),
            weeks=weeks_of(earlier, season),
        )
        rows = _write(con, self.building, options, facts, lambda centre: weeks_of(earlier, season, centre))
        clock.lap("report")
        reuse = {"parts": len(parts), "reused": sum(part.reused for part in parts)}
        if groups:
            reuse |= {"groups": groups.groups, "groups_reused": groups.reused}
        done = (options.config, options.is_sample, options.publishes, reuse, options.lifted)
        told = Told(asked, season, options.as_of, self.started, *done)
        return manifest(con, told, reception, totals, rows, timings), rows

    def in_groups(self, reception: Reception) -> int:
        """In how many groups of centres this run joins: one where it asks for what only a run of all at once can do."""
        options = self.options
        if options.rules or options.holds_back or options.engine != "duckdb":
            return 1
        return number_of_groups(sum(one.size for one in reception.received))


def _settled(reception: Reception) -> None:
    if names := changed(reception):
        raise _ChangedError(names)


def _open(con: Any, engine: Engine, parts: Sequence[Part]) -> None:
    columns = incoming_columns()
    paths = {table: [part.tables[table] for part in parts if table in part.tables] for table in columns}
    open_parts(con, paths, columns)
    engine.take_parts(paths, columns)


def _compared(run: publish.PublishedRun | None) -> Compared | None:
    if run is None:
        return None
    day = datetime.fromisoformat(run.manifest["as_of"]).astimezone(ZoneInfo(ZONE)).date()
    return Compared(run.manifest["identity"], day)


def _say_run(
    con: Any, options: Options, reception: Reception, season: str, asked: str, before: publish.PublishedRun | None
) -> None:
    make_run_tables(con)
    config = options.config
    insert(con, "run", [(season, *season_days(season), asked, options.reader, config.near_boundary_marks)])
    insert(con, "run_centres", [(centre,) for centre in options.config.centres])
    fill_file_names(con, reception)
    fill_previous(con, before, publish.runs(options.data))


def _write(con: Any, building: Path, options: Options, facts: ReportFacts, weeks: WeeksOf) -> dict[str, int]:
    reports = files.make_folder(building / "reports")
    # DuckDB writes the tables while Python fills in the page and the workbook
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(_write_tables, con.cursor(), building, options)
        write_reports(con, reports, facts, weeks, options.config.centre_reports)
        return writing.result()


def _write_tables(con: Any, building: Path, options: Options) -> dict[str, int]:
    try:
        tables, folder = every_table(resources.sql()), building / "tables"
        rows = write_tables(con, folder, tables, options.holds_back, options.as_of)
        write_rejects(con, building / "rejects", folder)
        write_database(con, building / "results.duckdb", folder, tables, macro_statements())
        write_csv_reports(building / "reports", folder / "discrepancies.parquet")
    finally:
        con.close()
    return rows
