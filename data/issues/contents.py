"""What the document of an issue says of how it compares with others."""

from __future__ import annotations

from dataclasses import dataclass

from forecasting.issues.snapshot import Snapshot as Issued


@dataclass(frozen=True, slots=True)
class IssueContents:
    """What the document of an issue says that its record does not.

    Attributes
    ----------
    number, label
        In its series: the issues of its area and year, those of scenarios apart from the others;
        and as the office wrote it, empty in the usual form.
    practice
        Whether it is of an invented area.
    planned
        Whether it held the area's planned lines.
    scenario
        Whether it was conditional on a scenario, saved or not.
    guarded
        Whether none of its numbers may stand beside one without its scenario.
    whole
        Whether it is of the plan's own lines on all figures, as what compares with it must be.
    p_all
        The all-clear probability that it prints, None where there is none.
    baseline
        The same without its scenario, None where it does not print that.
    """

    number: int
    planned: bool
    scenario: bool
    guarded: bool
    whole: bool
    p_all: float | None
    baseline: float | None
    engine: str
    label: str = ""
    practice: bool = False

    @property
    def compares(self) -> bool:
        """Whether it prints what the plan's own lines came to on all figures, no scenario."""
        return self.whole and (not self.scenario or self.baseline is not None)


def contents_of(issued: Issued) -> IssueContents:
    """Return what a document says of how it compares with others."""
    together = issued.outlook.all_clear
    bare = together if issued.scenario is None else issued.baseline
    if issued.baseline_in_tenths:
        bare = None
    return IssueContents(
        number=issued.issue.number,
        planned=issued.planned,
        scenario=issued.scenario is not None,
        guarded=issued.scenario is not None and issued.scenario.guarded,
        whole=issued.planned and issued.outlook.as_of is None,
        p_all=together.probability if together else None,
        baseline=bare.probability if bare else None,
        engine=issued.provenance.engine,
        label=issued.issue.label,
        practice=issued.outlook.area.synthetic,
    )
