"""XML results: any namespace, nothing resolved, whole candidates kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from pipelines.read import Caps
from pipelines.readers import cut, xml
from tests.readers.reading import read, shipped

HEADER = "<Header><AwardingBody>01</AwardingBody><Centre>99999</Centre><Series>6A26</Series></Header>"


def qualification(option: str = "H446", mark: str = "372", *components: str) -> str:
    maximum = "<MaximumMark>140</MaximumMark>"
    inner = "".join(f"<Component><Code>{code}</Code><Mark>88</Mark>{maximum}</Component>\n" for code in components)
    head = f"<OptionCode>{option}</OptionCode><Grade>A</Grade><Mark>{mark}</Mark>"
    return f"<Qualification>{head}\n{inner}</Qualification>\n"


def candidate(number: str, *qualifications: str) -> str:
    return f"<Candidate><CandidateNumber>{number}</CandidateNumber>\n{''.join(qualifications)}</Candidate>\n"


def results(*candidates: str, start: str = "<EDIResults>", end: str = "</EDIResults>") -> str:
    return f"{start}\n{HEADER}\n{''.join(candidates)}{end}"


def test_qualifications_and_components_are_records_with_their_own_lines(tmp_path: Path) -> None:
    text = results(
        candidate("0042", qualification("H446", "372", "H446/01", "H446/02")), candidate("43", qualification())
    )
    tables = read(tmp_path, text)
    assert tables.column("results", "candidate_number") == ["0042", "0043"]
    assert tables.column("results", "line") == [4, 10]
    assert [
        (row["component_code"], row["option_code"], row["candidate_number"]) for row in tables.rows("components")
    ] == [
        ("H446/01", "H446", "0042"),
        ("H446/02", "H446", "0042"),
    ]
    file = tables.file()
    assert (file["board"], file["series_as_sent"], file["rows_read"], file["rows_kept"]) == ("01", "6A26", 4, 4)
    assert tables.rows("file_centres")[0] == {
        "file": 0,
        "file_id": file["file_id"],
        "centre_number": "99999",
        "series_as_sent": "6A26",
        "rows_kept": 4,
    }
    assert tables.rows("evidence")[0]["raw"].startswith("<Qualification><OptionCode>H446</OptionCode>")


@pytest.mark.parametrize(
    "start",
    [
        '<EDIResults xmlns="urn:x">',
        '<?xml version="1.0" encoding="ISO-8859-1"?><!-- made -->\n<EDIResults>',
        "\ufeff<EDIResults>",
    ],
)
def test_the_namespace_and_the_prologue_do_not_matter(start: str, tmp_path: Path) -> None:
    assert read(tmp_path, results(candidate("0042", qualification()), start=start)).file()["rows_kept"] == 1


def test_text_that_is_not_utf8_and_says_nothing_is_windows_1252(tmp_path: Path) -> None:
    text = results(candidate("0042", qualification().replace("<Grade>", "<Title>Français</Title><Grade>")))
    assert read(tmp_path, text.encode("cp1252")).column("results", "title") == ["Français"]


@pytest.mark.parametrize("cut", ["</Candidate>\n</EDIResults>", "\n</EDIResults>", "</EDIResults>", "s>"])
def test_a_file_cut_short_keeps_its_whole_candidates_and_says_so(cut: str, tmp_path: Path) -> None:
    text = results(candidate("0042", qualification()), candidate("0043", qualification(), qualification("J999")))
    tables = read(tmp_path, text.removesuffix(cut))
    file = tables.file()
    assert (file["is_truncated"], file["reason"]) == (True, "the file is cut short")
    assert set(tables.column("results", "candidate_number")) == ({"0042"} if "Cand" in cut else {"0042", "0043"})


@pytest.mark.parametrize(
    "start",
    [
        "<!DOCTYPE EDIResults><EDIResults>",
        '<!DOCTYPE EDIResults [<!ENTITY a "b">]><EDIResults>',
        '<!DOCTYPE EDIResults SYSTEM "file:///etc/hostname"><EDIResults>',
    ],
    ids=["bare", "entity", "external"],
)
def test_a_document_type_is_refused(start: str, tmp_path: Path) -> None:
    file = read(tmp_path, results(candidate("0042", qualification()), start=start)).file()
    assert (file["is_refused"], file["reason"], file["rows_kept"]) == (True, "a document type", 0)


def test_a_root_that_does_not_show_in_the_first_bytes_is_refused(tmp_path: Path) -> None:
    start = "<!-- " + "x" * 70_000 + " --><!DOCTYPE EDIResults><EDIResults>"
    assert "no root element" in read(tmp_path, results(start=start)).file()["detail"]


def test_an_unknown_entity_gives_nothing(tmp_path: Path) -> None:
    tables = read(tmp_path, results(candidate("0041", qualification()), candidate("&xxe;", qualification())))
    assert tables.file()["is_truncated"]
    assert tables.column("results", "candidate_number") == ["0041"]


@pytest.mark.parametrize(
    ("caps", "inner", "said"),
    [
        (Caps(xml_depth=10), "<a>" * 20 + "</a>" * 20, "deep"),
        (Caps(xml_text_bytes=100), f"<a>{'x' * 200}</a>", "a text has 200"),
        (Caps(xml_text_bytes=100), f"<a b='{'x' * 200}'/>", "a text has 200"),
    ],
)
def test_a_file_over_a_cap_is_refused(caps: Caps, inner: str, said: str, tmp_path: Path) -> None:
    file = read(tmp_path, results(candidate("0042", qualification(), inner)), caps=caps).file()
    assert (file["is_refused"], file["reason"], file["rows_kept"]) == (True, "over a cap", 0)
    assert said in file["detail"]


def test_another_root_is_no_layout_of_ours(tmp_path: Path) -> None:
    assert read(tmp_path, "<html><body/></html>").file()["reason"] == "no layout fits"


def test_where_several_results_share_a_line_they_are_counted_instead(tmp_path: Path) -> None:
    text = results(candidate("0042", qualification("A1"), qualification("A2")), candidate("0043", qualification("A3")))
    tables = read(tmp_path, text.replace("\n", ""))
    assert tables.column("results", "line") == [1, 2, 3]
    assert len(tables.rows("evidence")) == 3
    assert "A2" in tables.rows("evidence")[1]["raw"]


def test_a_result_with_a_mark_that_is_none_is_rejected_and_its_neighbours_stay(tmp_path: Path) -> None:
    rows = [
        candidate("0042", qualification("A1", "many"), qualification("A2", "ABS")),
        candidate("0043", qualification("A3")),
    ]
    tables = read(tmp_path, results(*rows))
    assert tables.column("results", "option_code") == ["A2", "A3"]
    assert tables.column("results", "is_absent") == [True, False]
    reject = tables.rows("rejects")[0]
    assert (reject["line"], reject["option_code"], reject["candidate_number"]) == (4, "A1", "0042")


def test_many_candidates_are_read_in_order(tmp_path: Path) -> None:
    text = results(*(candidate(f"{n:04d}", qualification("H446", str(n % 500), "C1")) for n in range(1, 3001)))
    tables = read(tmp_path, text)
    assert tables.column("results", "candidate_number") == [f"{n:04d}" for n in range(1, 3001)]
    assert tables.file()["rows_kept"] == 6000


def test_what_a_spreadsheet_or_a_web_page_left_on_a_candidate_is_taken_off_in_each_result(tmp_path: Path) -> None:
    """The number stands outside the element that makes the row."""
    text = results(candidate("0042", qualification("A1", "10", "C1")))
    for left in ("\u00a00042", '="0042"'):
        tables = read(tmp_path / str(len(left)), text.replace("0042<", f"{left}<"))
        assert tables.column("results", "candidate_number") == ["0042"]
        assert tables.column("components", "candidate_number") == ["0042"]
        assert {row["column_name"] for row in tables.rows("repairs")} == {"candidate_number"}


def _never(*_: object) -> None:
    raise xml._UnusualError


def _cut(text: str, caps: Caps, monkeypatch: pytest.MonkeyPatch, chunk: int) -> tuple[cut.Cut, list[bool]]:
    """The file cut into columns, parsed so many bytes at a time, and whether it had to be looked at step by step.

    With no bytes at all it is looked at step by step from the beginning.
    """
    stepped: list[bool] = []
    step_by_step = xml._File._read_step_by_step

    def looked_at(self: xml._File, content: bytes) -> None:
        stepped.append(True)
        step_by_step(self, content)

    with monkeypatch.context() as patch:
        patch.setattr(xml._File, "_read_step_by_step", looked_at)
        patch.setattr(xml, "_CHUNK", chunk or xml._CHUNK)
        if not chunk:
            patch.setattr(xml._File, "_read_plain", _never)
        (layout,) = (one for one in shipped() if one.shape == "xml" and one.root == "EDIResults")
        return xml.read([text.encode()], layout, caps), stepped


_NESTED = "<Other><Candidate>no</Candidate><a><b>deep</b> tail</a></Other>"
_WHOLE = results(
    candidate("0042", qualification("H446", "372", "H446/01"), _NESTED),
    "<Note>between<i/>them</Note> and a tail",
    candidate("43", qualification("<![CDATA[J277]]>", "&#51;", "J277/01", "J277/02")),
    "<Candidate/>",
    candidate("44"),
    "<Header><Series>1A26</Series></Header>",
    start='<EDIResults xmlns="urn:x" xmlns:o="urn:o">',
)


@pytest.mark.parametrize("chunk", [1, 7, 100, 1_000, 100_000])
@pytest.mark.parametrize("text", [_WHOLE, _WHOLE[:-60], _WHOLE[:300], _WHOLE.replace("</Header>", "</Head>", 1)])
def test_parsed_in_chunks_of_any_size_a_file_says_what_it_says_step_by_step(
    text: str, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact, _ = _cut(text, Caps(), monkeypatch, 0)
    found, stepped = _cut(text, Caps(), monkeypatch, chunk)
    assert stepped == ([] if text == _WHOLE else [True])
    assert found.files == exact.files
    assert {name: frame.rows() for name, frame in found.rows.items()} == {
        name: frame.rows() for name, frame in exact.rows.items()
    }


@pytest.mark.parametrize("chunk", [1, 50, 100_000])
@pytest.mark.parametrize(
    ("odd", "said"),
    [
        ("<a>" * 4 + "</a>" * 4, "elements are 5 deep; the most that is read is 4"),
        (f"<a>{'x' * 51}</a>", "a text has 51 characters; the most that is read is 50"),
        (f"<a/>{'x' * 51}", "a text has 51 characters; the most that is read is 50"),
        (f"<a b='{'x' * 51}'/>", "a text has 51 characters; the most that is read is 50"),
        (f"<a b='{'x' * 50}'>{'y' * 50}</a>{'z' * 50}", ""),
        ("<a><a><a/></a></a>", ""),
    ],
)
def test_what_is_over_a_cap_between_candidates_is_refused_in_whatever_chunk_it_comes(
    odd: str, said: str, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = results(candidate("0042", qualification()), odd, candidate("0043", qualification()))
    found, stepped = _cut(text, Caps(xml_depth=4, xml_text_bytes=50), monkeypatch, chunk)
    assert found.files[0].detail == said
    assert bool(stepped) == bool(said)
    if not said:
        assert max(frame.height for frame in found.rows.values()) == 2


def test_what_stands_between_candidates_is_forgotten_as_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much there is of what nobody asks for, no more than a chunk of it is held."""
    held: list[int] = []
    take = xml._File._take

    def counted(self: xml._File, ended: list[object], top: etree._Element, is_unusual: object) -> None:
        take(self, ended, top, is_unusual)
        held.append(sum(1 for _ in top.iter()))

    monkeypatch.setattr(xml._File, "_take", counted)
    text = results("<Other><Inner>" + "<x>1</x>" * 5_000 + "</Inner></Other>", candidate("0042", qualification()))
    found, stepped = _cut(text, Caps(), monkeypatch, 1_000)
    assert stepped == []
    assert max(held) < 20
    assert max(frame.height for frame in found.rows.values()) == 1
