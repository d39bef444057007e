"""Stage 3: what is kept, what is set aside and why, and parts that are made once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandera.errors
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines import parts
from pipelines.check import Caps, read_and_check
from pipelines.formats import Format, load_formats, table_columns
from pipelines.join import incoming_columns
from schemas.tables.incoming import checks_of, gate_of, polars_schema, schema_of
from tests.readers.reading import CLAIMS, FORMATS, claim, edi, read, result, shipped, sources

ACHIEVEMENT = (
    "Centre Number,OCR Candidate Number,Surname,Forename(s),Qualification Code,Qualification Grade,"
    "Qualification Award Date,Unit Code,Unit Grade,Unit Award Date"
)


def sheet(*rows: str, header: str = CLAIMS) -> str:
    return "\n".join([header, *rows]) + "\n"


def test_a_file_of_which_more_than_half_would_be_rejected_is_refused_with_the_reasons(tmp_path: Path) -> None:
    good, bad = claim(), claim(date="17/05/26")
    tables = read(tmp_path, sheet(good, bad), sheet(good, bad, claim(date="18/05/26")))
    half, most = tables.rows("files")
    assert (half["is_refused"], half["rows_kept"], half["rows_rejected"]) == (False, 1, 1)
    assert (most["is_refused"], most["rows_kept"], most["rows_rejected"]) == (True, 0, 3)
    assert most["reason"] == "more than half of its rows would be rejected"
    assert (
        "2 of 3 rows: 2: claim date has a two-digit year, so the century is unknown (first: line 3)" in most["detail"]
    )
    for table in ("claims", "rejects", "evidence", "repairs", "file_centres"):
        assert tables.column(table, "file") in ([0], [])


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",0043,Other,Bo,05878,05834/04,M,17/05/2026", "centre_number", "centre number is blank"),
        ("99999,0043,Other,Bo,05878,,M,17/05/2026", "unit_code", "unit code is blank"),
        ("99999,,,Bo,05878,05834/04,M,17/05/2026", None, "it names nobody"),
        ("99999,0043,Other,Bo,05878,05834/04,M,yesterday", "claim_date", "claim date is not a date"),
        ("99999,0043,Other,Bo,05878,05834/04,M,17/05/1826", "claim_date", "claim date is not a date between 1900 and"),
        ("99999,0043,Other,Bo,1.2E+5,05834/04,M,17/05/2026", "qualification_code", "lost digits"),
        (f"99999,0043,Other,Bo,05878,{'x' * 21},M,17/05/2026", "unit_code", "unit code has more than 20 characters"),
    ],
)
def test_a_row_that_cannot_be_used_is_set_aside_with_its_reason(
    row: str, column: str | None, reason: str, tmp_path: Path
) -> None:
    tables = read(tmp_path, sheet(claim(), row, claim("0044")))
    assert tables.column("claims", "candidate_number") == ["0042", "0044"]
    rejects = tables.rows("rejects")
    assert [(reject["line"], reject["raw"], reject["column_name"]) for reject in rejects] == [(3, row, column)]
    assert reason in rejects[0]["reason"]
    assert rejects[0]["expected"]
    assert tables.column("evidence", "line") == [2, 4]


@pytest.mark.parametrize("row", ["99999,0043,,,05878,05834/04,,", "99999,,Other,,05878,05834/04,M,17/05/2026"])
def test_codes_and_one_way_to_know_the_person_are_enough(row: str, tmp_path: Path) -> None:
    assert read(tmp_path, sheet(row)).file()["rows_kept"] == 1


def test_an_optional_value_that_cannot_be_read_is_left_out_and_counted(tmp_path: Path) -> None:
    rows = [claim() + ",31/02/2008", claim("0043") + ",16/05/2008", claim("0044") + ",unknown"]
    tables = read(tmp_path, sheet(*rows, header=CLAIMS + ",Date of Birth"))
    assert [str(value) for value in tables.column("claims", "date_of_birth")] == ["None", "2008-05-16", "None"]
    assert [(row["column_name"], row["repair"], row["rows"], row["first_line"]) for row in tables.rows("repairs")] == [
        ("date_of_birth", "undecodable", 2, 2)
    ]


def test_a_decimal_comma_is_one_in_a_semicolon_file_only(tmp_path: Path) -> None:
    lines = ["Series,Unit Code,Maximum Mark,Grade,Minimum Mark", "6E26,05838/01,80,D,56", '6E26,05838/01,80,D,"56,5"']
    semicolon = "\n".join(lines).replace('"56,5"', "56#5").replace(",", ";").replace("#", ",")
    tables = read(tmp_path, "\n".join(lines), semicolon)
    assert tables.column("boundaries", "minimum_mark") == [Decimal(56), Decimal(56), Decimal("56.5")]
    assert ["decimal comma" in reason for reason in tables.column("rejects", "reason")] == [True]


def test_an_achievement_row_states_its_unit_and_each_award_is_stated_once(tmp_path: Path) -> None:
    rows = [
        "99999,00000042,Sample,Ann,05838,M,03/08/2026,05838/01,M,10/08/2026",
        "99999,00000042,Sample,Ann,05838,M,03/08/2026,05838/02,P,10/08/2026",
        "99999,00000042,Sample,Ann,05839,,,05838/02,P,10/08/2026",
        "99999,00000043,Other,Bo,05838,M,03/08/2026,,,",
        "99999,00000042,Sample,Ann,05838,D,03/08/2026,05838/03,,",
    ]
    tables = read(tmp_path, sheet(*rows, header=ACHIEVEMENT))
    said = [
        (row["kind"], row["line"], row["qualification_code"], row["grade_as_sent"]) for row in tables.rows("results")
    ]
    assert sorted(said, key=lambda one: (one[0], one[1])) == [
        ("qualification", 2, "05838", "M"),
        ("qualification", 5, "05838", "M"),
        ("qualification", 6, "05838", "D"),
        ("unit", 2, "05838", "M"),
        ("unit", 3, "05838", "P"),
        ("unit", 4, "05839", "P"),
        ("unit", 6, "05838", None),
    ]
    assert {row["unit_code"] for row in tables.rows("results") if row["kind"] == "qualification"} == {None}
    assert tables.file()["rows_kept"] == 5


def test_a_row_that_one_of_its_statements_fails_makes_none(tmp_path: Path) -> None:
    """The unit of line 2 is fine; the date of the award beside it is not."""
    rows = [
        "99999,00000042,Sample,Ann,05838,M,03/08/1826,05838/01,M,10/08/2026",
        "99999,00000043,Other,Bo,05838,M,03/08/2026,05838/01,M,10/08/2026",
    ]
    tables = read(tmp_path, sheet(*rows, header=ACHIEVEMENT))
    assert set(tables.column("results", "line")) == {3}
    assert [(row["line"], row["column_name"]) for row in tables.rows("rejects")] == [(2, "qualification_award_date")]


@pytest.mark.parametrize("content", ["", "\n\n \n", "\x1a", "\ufeff"])
def test_an_empty_file_is_refused_as_empty(content: str, tmp_path: Path) -> None:
    file = read(tmp_path, content).file()
    assert (file["is_refused"], file["reason"], file["kind"]) == (True, "the file is empty", None)


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03" * 100, b"%PDF-1.7\n%\xe2\xe3\n", b"\x89PNG\r\n\x1a\n\x00\x00"])
def test_what_is_no_text_is_refused(content: bytes, tmp_path: Path) -> None:
    assert read(tmp_path, content).file()["reason"] == "no layout fits"


def test_every_table_has_its_columns_in_order_and_type_and_a_part_has_every_common_table(tmp_path: Path) -> None:
    tables = read(tmp_path, edi(result()), sheet(claim()), "nothing we know")
    for part in tables.parts:
        assert {"files", "file_centres", "rejects", "repairs", "evidence"} <= {
            name.removeprefix("incoming_") for name in part.tables
        }
        for name, path in part.tables.items():
            assert dict(pl.read_parquet_schema(path)) == polars_schema(table_columns(name))


def keys(folder: Path, *contents: str, formats: tuple[Format, ...] | None = None) -> dict[str, bool]:
    made = read_and_check(sources(folder / "received", contents), formats or shipped(), folder / "cache", Caps())
    return {part.key: part.reused for part in made}


def test_a_part_is_made_once_whatever_the_files_are_called_and_in_whatever_order(tmp_path: Path) -> None:
    texts = [edi(result(f"{n:04d}")) for n in range(1, 9)] + [sheet(claim()), "unknown"]
    first = keys(tmp_path, *texts)
    assert not any(first.values())
    again = keys(tmp_path, *reversed(texts))
    assert again == dict.fromkeys(first, True)


def test_the_same_contents_make_the_same_bytes(tmp_path: Path) -> None:
    texts = [edi(result(f"{n:04d}"), result(block="Z")) for n in range(1, 9)]
    texts += [
        sheet(claim(surname="Zoë\u00a0X"), claim("43", date="x")),
        sheet(claim("0001"), header=CLAIMS + ",UCI"),
        "unknown",
    ]
    one, two = read(tmp_path / "a", *texts), read(tmp_path / "b", *reversed(texts))
    for left, right in zip(one.parts, two.parts, strict=True):
        assert left.key == right.key
        assert {name: path.read_bytes() for name, path in left.tables.items()} == {
            name: path.read_bytes() for name, path in right.tables.items()
        }


def test_one_changed_file_changes_one_bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "BUCKET_BYTES", 30_000)
    texts = [edi(result(f"{n:04d}")) for n in range(1, 41)]
    first = keys(tmp_path, *texts)
    assert len(first) > 5
    after = keys(tmp_path, *texts[:-1], edi(result("9999")))
    assert sum(not reused for reused in after.values()) <= 2  # where it was taken out, and where it went


def test_a_changed_format_reads_again_only_what_it_reads(tmp_path: Path) -> None:
    texts = [edi(result()), sheet(claim())]
    keys(tmp_path, *texts)
    folder = tmp_path / "local"
    folder.mkdir()
    (folder / "claims.toml").write_text((FORMATS / "claims.toml").read_text(encoding="utf-8") + "\n# mine\n")
    again = keys(tmp_path, *texts, formats=load_formats(FORMATS, folder))
    assert sorted(again.values()) == [False, True]


def test_a_part_that_was_not_finished_is_not_taken_for_one(tmp_path: Path) -> None:
    received = sources(tmp_path / "received", [edi(result())])
    made = read_and_check(received, shipped(), tmp_path / "cache", Caps())
    whole = {path.name: path.read_bytes() for path in made[0].folder.iterdir()}
    for path in made[0].folder.iterdir():
        path.unlink()
    made[0].folder.rename(tmp_path / "cache" / f".building-{made[0].key}")
    again = read_and_check(received, shipped(), tmp_path / "cache", Caps())
    assert not again[0].reused
    assert {path.name: path.read_bytes() for path in again[0].folder.iterdir()} == whole


def _drop(folder: Path) -> None:
    (folder / "incoming_results.parquet").unlink()


def _cut(folder: Path) -> None:
    path = folder / "incoming_results.parquet"
    path.write_bytes(path.read_bytes()[:-40])


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


def _say_nothing(folder: Path) -> None:
    (folder / "whole.json").write_text("{", encoding="utf-8")


@pytest.mark.parametrize("damage", [_drop, _cut, _empty, _say_nothing])
def test_a_part_that_lost_a_table_or_part_of_one_is_made_again(damage: Callable[[Path], None], tmp_path: Path) -> None:
    received = sources(tmp_path / "received", [edi(result())])
    (made,) = read_and_check(received, shipped(), tmp_path / "cache", Caps())
    whole = {path.name: path.read_bytes() for path in made.folder.iterdir()}
    assert read_and_check(received, shipped(), tmp_path / "cache", Caps())[0].reused
    damage(made.folder)
    (again,) = read_and_check(received, shipped(), tmp_path / "cache", Caps())
    assert not again.reused
    assert set(again.tables) == set(made.tables)
    assert {path.name: path.read_bytes() for path in again.folder.iterdir()} == whole


def test_buckets_split_by_content_and_hold_every_file_once() -> None:
    received = [parts.Source(f"{n:016x}", f"{n * 2654435761 % 2**256:064x}"[::-1], Path("x")) for n in range(200)]
    sizes = dict.fromkeys((one.sha256 for one in received), parts.BUCKET_BYTES // 10)
    found = list(parts.buckets(received, sizes))
    assert sorted(one.sha256 for bucket in found for one in bucket) == sorted(one.sha256 for one in received)
    assert all(len(bucket) <= 10 for bucket in found)
    assert list(parts.buckets(received[::-1], sizes)) == found


def test_pandera_would_pass_bad_rows_of_a_lazy_frame() -> None:
    """Why only eager frames are validated; should this fail, pandera has changed for the better."""
    row = dict.fromkeys(table_columns("incoming_links")) | {"option_code": "x" * 30, "line": 0}
    frame = pl.DataFrame([row], schema=polars_schema(table_columns("incoming_links")))
    schema = schema_of("incoming_links")
    with pytest.raises(pandera.errors.SchemaErrors):
        schema.validate(frame, lazy=True)
    assert schema.validate(frame.lazy(), lazy=True).collect().height == 1


GOOD = {"VARCHAR": "1", "INTEGER": 1, "DECIMAL(7,2)": Decimal(1), "DATE": date(2026, 7, 9), "BOOLEAN": False}
BAD = {
    "VARCHAR": ("x" * 250, None),
    "INTEGER": (-1, 99_999_999, None),
    "DECIMAL(7,2)": (Decimal(-1), None),
    "DATE": (date(1066, 10, 14), None),
    "BOOLEAN": (None,),
}


def _sound_row(table: str) -> dict[str, object]:
    """A row that meets every demand: of a closed list its first value, else any good one."""
    row: dict[str, object] = {name: GOOD[kind] for name, (kind, _words) in table_columns(table).items()}
    for name, checks in checks_of(table).items():
        closed = [check for check in checks if check.reason == "is not one of its values"]
        if closed:
            row[name] = closed[0].expected.split(" or ")[0]
    return row


def _stops(schema: Any, table: str, row: dict[str, object]) -> bool:
    try:
        schema.validate(pl.DataFrame([row], schema=polars_schema(table_columns(table))), lazy=True)
    except pandera.errors.SchemaErrors:
        return True
    return False


@pytest.mark.parametrize("table", sorted(name for name in incoming_columns() if checks_of(name)))
def test_the_gate_stops_a_row_exactly_where_the_schema_does(table: str) -> None:
    sound, stopped = _sound_row(table), 0
    assert not _stops(gate_of(table), table, sound)
    assert not _stops(schema_of(table), table, sound)
    for name, (kind, _words) in table_columns(table).items():
        for value in BAD[kind]:
            row = {**sound, name: value}
            by_schema = _stops(schema_of(table), table, row)
            assert _stops(gate_of(table), table, row) == by_schema, (name, value)
            stopped += by_schema
    assert stopped > 0


def test_progress_is_told_from_nothing_to_all(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    received = sources(tmp_path / "received", [edi(result()), sheet(claim()), "unknown"])
    read_and_check(received, shipped(), tmp_path / "cache", Caps(), lambda *step: told.append(step))
    assert told[0] == ("recognise", 0, 3)
    assert told[-1] == ("read", 3, 3)


PIECES = st.sampled_from(
    [
        *(CLAIMS, claim(), claim("0043", surname='"Sample'), "\n", "\r\n", ",", ";", '"', "Total", "é", "\x00", "\x1a"),
        *("R114726E26001100826\n", "R3999996E26\n", result() + "\n", "R7999990000003\n", "R90000005\n", "R5", "9", " "),
        *("<EDIResults>", "<Candidate>", "</EDIResults>", "\ufeff", "PK\x03\x04", "1.23E+12"),
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(texts=st.lists(st.lists(PIECES, max_size=14).map("".join), min_size=1, max_size=3, unique=True))
def test_whatever_arrives_is_read_or_refused_and_every_record_is_accounted_for(
    texts: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    tables = read(tmp_path_factory.mktemp("any"), *texts)
    assert len(tables.rows("files")) == len(texts)
    for position, file in enumerate(tables.rows("files")):
        kept, rejected = tables.rows("evidence", position), tables.rows("rejects", position)
        assert file["rows_read"] == file["rows_kept"] + file["rows_rejected"]
        assert file["rows_kept"] == len(kept)
        assert len(rejected) == (0 if file["is_refused"] else file["rows_rejected"])
        assert {row["line"] for row in kept} & {row["line"] for row in rejected} == set()
        assert not (file["is_refused"] and file["rows_kept"])
