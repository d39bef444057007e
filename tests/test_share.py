"""`resultsday share` as a person types it, on the tiny centre: keys, recipients, what is inside, what is refused."""

from __future__ import annotations

import hashlib
import hmac
import json
import stat
import zipfile
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import polars as pl
import pytest

from pipelines import resources
from pipelines.errors import ExitCode, UsageError
from pipelines.export import published_tables
from pipelines.publish import published as published_run
from pipelines.share import sealing
from pipelines.share.columns import CODES, GRADES, LEFT_OUT, NUMBERS, WORDS
from pipelines.share.contents import OURS
from tests.cli_helpers import CANARIES, Said, call
from tests.cli_helpers import published as tiny

_SECRET = "AGE-SECRET-KEY-1"


@cache
def keys() -> tuple[Path, str]:
    """A secret key's file, and the public key."""
    path = Path(mkdtemp(prefix="resultsday-keys-")) / "secret.txt"
    return path, sealing.new_identity(path)


def key_file(folder: Path, text: str = "k" * 40) -> Path:
    path = folder / f"{hashlib.sha256(text.encode()).hexdigest()[:8]}.key"
    path.write_text(text, encoding="utf-8")
    return path


def share(to: Path, *arguments: str | Path, data: Path | None = None) -> Said:
    return call("share", "--data", data or tiny(), "--to", to, "--recipient", keys()[1], *arguments)


def opened(sealed: Path, to: Path) -> dict[str, bytes]:
    """The files of a bundle by name, opened with our own secret key."""
    said = call("share", "--open", sealed, "--identity", keys()[0], "--to", to)
    assert said.code == 0, said.err
    return {path.relative_to(to).as_posix(): path.read_bytes() for path in sorted(to.rglob("*")) if path.is_file()}


def shared(folder: Path, *arguments: str | Path) -> dict[str, bytes]:
    """The files of a bundle made with these arguments."""
    folder.mkdir()
    said = share(folder / "b.age", *arguments)
    assert said.code == 0, said.err
    return opened(folder / "b.age", folder / "opened")


def table(made: dict[str, bytes], name: str) -> pl.DataFrame:
    return pl.read_parquet(made[f"tables/{name}.parquet"])


def test_a_bundle_holds_every_table_the_findings_and_a_page_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    said = share(tmp_path / "b.age")
    assert said.code == 0, said.err
    assert stat.S_IMODE((tmp_path / "b.age").stat().st_mode) == 0o600
    made = opened(tmp_path / "b.age", tmp_path / "o")
    run = published_run(tiny())
    assert run is not None
    names = {one.name for one in published_tables(resources.sql())} - OURS
    assert set(made) == {f"tables/{name}.parquet" for name in names} | {
        "README.txt",
        "run.json",
        "reports/discrepancies.csv",
    }
    for name in names - {"finding_history", "rules_run"}:
        assert table(made, name).equals(pl.read_parquet(run.folder / "tables" / f"{name}.parquet")), name
    assert made["reports/discrepancies.csv"] == (run.folder / "reports" / "discrepancies.csv").read_bytes()
    told = json.loads(made["run.json"])
    assert told["tables"] == {name: table(made, name).height for name in names}
    assert str(tiny()).encode() not in b"".join(made[name] for name in ("run.json", "README.txt"))
    assert (
        sum(told["tables"].values())
        == sum(int(line.split()[1]) for line in said.lines[2:])
        == int(said.err.split(" rows of ")[0].split()[-1].replace(",", ""))
    )
    for path in (tmp_path / "o").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_the_same_run_gives_the_same_plaintext_and_never_the_same_ciphertext(tmp_path: Path) -> None:
    key = key_file(tmp_path)
    for place, more in (("named", ()), ("hidden", ("--pseudonymise", "--key-file", key))):
        first, second = (shared(tmp_path / f"{place}{one}", *more) for one in (1, 2))
        assert first == second
        assert (tmp_path / f"{place}1" / "b.age").read_bytes() != (tmp_path / f"{place}2" / "b.age").read_bytes()


def test_what_it_says_names_nobody(tmp_path: Path) -> None:
    said = share(tmp_path / "b.age", "--format", "json")
    assert {one["table"] for one in json.loads(said.out)} >= {"candidates", "unit_results"}
    assert not [word for word in CANARIES if word in said.out + said.err]
    assert "centre 99999; students are named" in said.err


def test_every_recipient_can_open_it_and_nobody_else(tmp_path: Path) -> None:
    both = [sealing.new_identity(tmp_path / name) for name in ("one.txt", "two.txt")]
    (tmp_path / "list.txt").write_text(f"# the two\n{both[0]}\n\n{both[1]}\n", encoding="utf-8")
    said = call("share", "--data", tiny(), "--to", tmp_path / "b.age", "--recipient", tmp_path / "list.txt")
    assert "2 recipients" in said.err
    for name in ("one", "two"):
        argv = ("share", "--open", tmp_path / "b.age", "--identity", tmp_path / f"{name}.txt", "--to", tmp_path / name)
        assert call(*argv).code == 0
    said = call("share", "--open", tmp_path / "b.age", "--identity", keys()[0], "--to", tmp_path / "three")
    assert (said.code, (tmp_path / "three").exists()) == (ExitCode.USAGE, False)
    assert "made for another, or is damaged" in said.err


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    for name, argv in {
        "b.age": ("--recipient", keys()[1], "--to", tmp_path / "b.age"),
        "secret": ("--new-identity", tmp_path / "secret"),
        "key": ("--new-key", tmp_path / "key"),
        "folder": ("--open", tmp_path / "b.age", "--identity", keys()[0], "--to", tmp_path / "folder"),
    }.items():
        (tmp_path / name).write_text("mine", encoding="utf-8")
        said = call("share", "--data", tiny(), *argv)
        assert (said.code, (tmp_path / name).read_text(encoding="utf-8")) == (ExitCode.USAGE, "mine")


def test_a_new_key_is_for_its_owner_alone_and_long_enough(tmp_path: Path) -> None:
    assert call("share", "--new-key", tmp_path / "p.key").code == 0
    said = call("share", "--new-identity", tmp_path / "secret.txt")
    assert said.out.startswith("age1")
    assert _SECRET not in said.out + said.err
    assert len(sealing.pseudonym_key(tmp_path / "p.key")) == 64
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "--to FILE"),
        (("--to", "b.age"), "--recipient"),
        (("--to", "b.age", "--recipient", "age1nonsense"), "no public key"),
        (("--to", "b.age", "--recipient", "nowhere.txt"), "cannot be read"),
        (("--to", "b.age", "--recipient", f"{_SECRET}QQQ"), "is a secret key"),
        (("--to", "b.age", "--recipient", "KEY", "--centre", "11111"), "no student"),
        (("--to", "b.age", "--recipient", "KEY", "--pseudonymise"), "go together"),
        (("--to", "b.age", "--recipient", "KEY", "--key-file", "p.key"), "go together"),
        (("--to", "b.age", "--recipient", "KEY", "--pseudonymise", "--key-file", "short"), "32 characters"),
        (("--open", "b.age", "--to", "folder"), "--identity"),
        (("--open", "b.age", "--identity", "short", "--to", "folder"), "holds no secret key"),
        (("--open", "b.age", "--identity", "IDENTITY", "--to", "folder"), "is not there"),
        (("--open", "b.age", "--new-key", "p.key"), "do not go together"),
        (("--new-key", "p.key", "--recipient", "KEY"), "do not go together"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    arguments: tuple[str, ...], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "short").write_text("guess me\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    known = {"KEY": keys()[1], "IDENTITY": str(keys()[0])}
    said = call("share", "--data", tiny(), *(known.get(one, one) for one in arguments))
    assert said.code == ExitCode.USAGE
    assert says in said.err
    assert f"{_SECRET}QQQ" not in said.err
    assert [path.name for path in tmp_path.iterdir()] == ["short"]


def test_pseudonyms_are_the_hmac_of_the_number_under_the_key(tmp_path: Path) -> None:
    made = shared(tmp_path / "a", "--pseudonymise", "--key-file", key_file(tmp_path))
    run = published_run(tiny())
    assert run is not None
    people = pl.read_parquet(run.folder / "tables" / "candidates.parquet")

    def pseudonym(kind: str, value: str) -> str:
        return hmac.new(b"k" * 40, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()[:24]

    expected = {
        (
            pseudonym("person", one["person_id"]),
            pseudonym("candidate_number:99999", one["candidate_number"]),
            one["uci"] and pseudonym("uci", one["uci"]),
            " ".join(pseudonym("ocr_candidate_number", number) for number in one["ocr_candidate_number"].split()),
            one["date_of_birth"].year,
        )
        for one in people.iter_rows(named=True)
    }
    columns = ("person_id", "candidate_number", "uci", "ocr_candidate_number", "year_of_birth")
    assert set(table(made, "candidates").select(columns).iter_rows()) == expected
    assert len(expected) == 5
    assert any(" " in str(one[3]) for one in expected)


def test_one_key_gives_one_pseudonym_in_every_table_and_another_key_another(tmp_path: Path) -> None:
    first = shared(tmp_path / "a", "--pseudonymise", "--key-file", key_file(tmp_path))
    other = shared(tmp_path / "b", "--pseudonymise", "--key-file", key_file(tmp_path, "another" * 9))
    people = set(table(first, "candidates")["person_id"])
    assert people.isdisjoint(table(other, "candidates")["person_id"])
    for name in ("unit_results", "reconciliation", "readiness"):
        assert set(table(first, name)["person_id"]) <= people
    identities = table(first, "candidate_identities")
    ucis = set(identities.filter(pl.col("identifier") == "uci")["value"])
    assert ucis == set(table(first, "candidates")["uci"].drop_nulls())
    with_key = shared(tmp_path / "c", "--pseudonymise", "--key-file", key_file(tmp_path, "k" * 100))
    assert people.isdisjoint(table(with_key, "candidates")["person_id"])


def test_every_column_of_text_is_said_to_stay_or_to_go() -> None:
    run = published_run(tiny())
    assert run is not None
    said = set(NUMBERS) | GRADES | CODES | LEFT_OUT | WORDS
    for one in published_tables(resources.sql()):
        if one.name in OURS:
            continue
        schema = pl.read_parquet(run.folder / "tables" / f"{one.name}.parquet").schema
        texts = {name for name, kind in schema.items() if kind == pl.String}
        # `found` is a count in rules_run and text in discrepancies, `value` is an identity in candidate_identities
        assert texts - said <= {"found", "value"}, one.name
    groups = (set(NUMBERS), GRADES, CODES, LEFT_OUT, WORDS)
    assert sum(map(len, groups)) == len(said)


def test_an_archive_that_leads_outside_its_folder_is_not_opened(tmp_path: Path) -> None:
    for number, name in enumerate(("../outside.txt", "/etc/outside.txt", "a/../../outside.txt", "c:outside.txt")):
        plain = tmp_path / f"{number}.zip"
        with zipfile.ZipFile(plain, "w") as archive:
            archive.writestr(name, "x")
        sealing.seal(plain, tmp_path / f"{number}.age", sealing.recipients([keys()[1]]))
        with pytest.raises(UsageError, match="no bundle of ours"):
            sealing.unseal(tmp_path / f"{number}.age", keys()[0], tmp_path / "to" / str(number))
    assert not list(tmp_path.rglob("outside.txt"))
