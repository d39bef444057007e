"""What an inspection comes to, in one plain sentence, and the command to type next.

Takes an `Inspection`; gives words. Promises: no value of the file is in them.
"""

from __future__ import annotations

from pipelines.inspecting.fits import BLANK, FITS, UNTOLD, Inspection, LayoutFit

_SHOWN = 6


def sentence(told: Inspection) -> str:
    """What the file is to a run now, and what it would be."""
    proposal = told.proposal
    if proposal is not None and proposal.is_usable and proposal.trial is not None:
        kept = f"{proposal.trial.kept:,} of {proposal.trial.read:,} rows"
        title = proposal.fit.layout.title
        if told.is_read and told.trial is not None:
            more = proposal.fit.fitting - told.fits[0].fitting
            return f"It is read now; the layout proposed explains {more:,} more of its columns and keeps {kept}."
        return f"A run cannot use it as things stand. With the layout proposed it is read as {title}: {kept} kept."
    if told.is_read and told.trial is not None:
        if not told.trial.read:
            return f"It is read as {told.fits[0].layout.title}, and holds no row."
        kept = f"{told.trial.kept:,} of {told.trial.read:,} rows kept"
        return f"It is read as {told.fits[0].layout.title}: {kept}. Nothing needs to be changed."
    return _unusable(told)


def _unusable(told: Inspection) -> str:
    """Why a run cannot use a file, and how near it is."""
    proposal = told.proposal
    why = told.refused or (told.trial.refused if told.trial else "") or "no layout fits"
    if proposal is not None and proposal.trial is not None and proposal.trial.refused:
        return f"A run cannot use it ({why}), and neither with the nearest mapping: {proposal.trial.refused}."
    if told.fits and told.questions and all("say which with" in question for question in told.questions):
        return f"A run cannot use it ({why}). It is nearly {told.fits[0].layout.title}: settle what is open below."
    if told.refused == "two layouts fit":
        return "A run cannot use it: it has all the headers that two kinds of file need, and is read as neither."
    return f"A run cannot use it ({why}), and no layout comes near enough to propose one."


def settled(fit: LayoutFit) -> tuple[str, ...]:
    """What is sure of a layout's columns, what this file bears out, and what is still assumed."""
    sure = [one.label for one in fit.columns if one.column.sure == "public" and one.verdict in (FITS, UNTOLD)]
    borne = [one.label for one in fit.columns if one.column.sure != "public" and one.verdict == FITS]
    assumed = [one.label for one in fit.columns if one.column.sure != "public" and one.verdict in (BLANK, UNTOLD)]
    lines = []
    if sure:
        lines.append(f"public: {_list(sure)}")
    if borne:
        lines.append(f"our guess or inference, borne out by this file: {_list(borne)}")
    if assumed:
        lines.append(f"our guess still, this file cannot tell: {_list(assumed)}")
    return tuple(lines)


def _list(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def next_step(told: Inspection, command: str) -> str:
    """The command to type next; `command` is the one that was typed, without --save."""
    proposal = told.proposal
    if proposal is not None and proposal.is_usable:
        return f"{command} --save"
    if told.is_read:
        return ""
    questions = [*told.questions, *(proposal.open if proposal is not None else ())]
    asked = [question.partition("say which with ")[2] for question in questions]
    return " ".join([command, *dict.fromkeys(asked)]) if asked and all(asked) else ""
