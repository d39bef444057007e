"""`resultsday run --profile`: where the time went, beside the story and never in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pipelines.commands import profiling
from tests.cli_helpers import AS_OF, call, write_inbox

if TYPE_CHECKING:
    from pathlib import Path


def test_the_dearest_come_first_and_the_stages_in_their_order() -> None:
    joins = {f"table_{number:02}": number / 100 for number in range(12)}
    stages = {"join": 0.7, "receive": 0.1, "report": 0.3, "rules": 0.2, "read and check": 0.4}
    timings = {"stages": stages, "joins": joins, "rules": {"missing_uci": 0.25, "awaited": 0.25}}
    told = profiling.lines({"timings": timings})
    names = [line.split(maxsplit=1)[1] for line in told if line[0] == " "]
    assert names[:5] == ["receive", "read and check", "join", "rules", "report"]
    assert names[5:15] == [f"table_{number:02}" for number in range(11, 1, -1)]
    assert names[15:] == ["awaited", "missing_uci"]
    assert told[6] == "Seconds of the dearest tables, of 12 that took 0.660 together:"
    assert told[7] == "    0.110  table_11"


def test_a_profile_is_told_on_stderr_and_is_that_of_run_json(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    write_inbox(inbox)
    asked = ("run", "--inbox", inbox, "--data", tmp_path, "--as-of", AS_OF, "--dry-run", "--profile")
    said = call(*asked, "--format", "json")
    assert said.code == 0
    told = json.loads(said.out)
    assert "\n".join(profiling.lines(told)) in said.err
