"""Outlooks as schema 1 wrote them: nothing here changes, so that no stored one does."""

from __future__ import annotations

from forecasting.figures.indicator import (
    Area,
    AreaKind,
    Basis,
    Comparator,
    Direction,
    Group,
    Indicator,
    Measure,
    Names,
    PriceBasis,
    Target,
)
from forecasting.figures.period import Quarter
from forecasting.figures.target import Cut
from forecasting.history.history import History
from forecasting.history.shares import Shares, ShareSource, YearShares
from forecasting.issues.plain import (
    Plain,
    array,
    by_year,
    flag,
    maybe,
    number,
    quarter,
    several,
    text,
    whole,
)
from forecasting.models.predictive import Candidate, ModelReport, Outlier, OutlierKind, Parameter
from forecasting.outlook.outlook import (
    AllClear,
    Excluded,
    FanPoint,
    Light,
    MemberAnswer,
    Outlook,
    Pace,
    Quantiles,
    Reason,
    Verdict,
    WeakestLink,
)


def outlook_1(values: Plain) -> Outlook:
    """Read an outlook."""
    return Outlook(
        area=area_1(values["area"]),
        year=whole(values["year"]),
        as_of=maybe(values["as_of"], quarter),
        seed=whole(values["seed"]),
        engine=text(values["engine"]),
        verdicts=several(values["verdicts"], _verdict),
        excluded=several(values["excluded"], _excluded),
        all_clear=maybe(values["all_clear"], all_clear_1),
        light=maybe(values["light"], Light),
    )


def names_1(values: Plain) -> Names:
    """Read a name in both languages."""
    return Names(zh=text(values["zh"]), en=text(values["en"]))


def area_1(values: Plain) -> Area:
    """Read an area."""
    return Area(
        id=text(values["id"]),
        name=names_1(values["name"]),
        kind=AreaKind(values["kind"]),
        parent=text(values["parent"]),
        reference=flag(values["reference"]),
        synthetic=flag(values["synthetic"]),
        home=flag(values["home"]),
    )


def indicator_1(values: Plain) -> Indicator:
    """Read an indicator."""
    return Indicator(
        id=text(values["id"]),
        name=names_1(values["name"]),
        short=names_1(values["short"]),
        aliases=several(values["aliases"], text),
        unit=text(values["unit"]),
        measures=several(values["measures"], Measure),
        basis=_basis(values["basis"]),
        group=Group(values["group"]),
        direction=Direction(values["direction"]),
        quarterly_shares=maybe(values["quarterly_shares"], _shares),
        release_day=whole(values["release_day"]),
        order=whole(values["order"]),
    )


def target_1(values: Plain) -> Target:
    """Read a target."""
    return Target(
        area=text(values["area"]),
        indicator=text(values["indicator"]),
        year=whole(values["year"]),
        comparator=Comparator(values["comparator"]),
        threshold=number(values["threshold"]),
        basis=_basis(values["basis"]),
        document=text(values["document"]),
        tolerance=number(values["tolerance"]),
        counts=flag(values["counts"]),
    )


def _basis(values: Plain) -> Basis:
    return Basis(
        price=PriceBasis(values["price"]),
        coverage=text(values["coverage"]),
        currency=text(values["currency"]),
    )


def _verdict(values: Plain) -> Verdict:
    return Verdict(
        target=target_1(values["target"]),
        cut=_cut(values["cut"]),
        history=_history(values["history"]),
        complete=flag(values["complete"]),
        probability=number(values["probability"]),
        quantiles=_quantiles(values["quantiles"]),
        fan=several(values["fan"], _fan_point),
        pace=maybe(values["pace"], _pace),
        light=maybe(values["light"], Light),
        model=maybe(values["model"], _model),
        members=several(values["members"], _member),
    )


def _cut(values: Plain) -> Cut:
    return Cut(
        lower=number(values["lower"]),
        upper=number(values["upper"]),
        lower_included=flag(values["lower_included"]),
        upper_included=flag(values["upper_included"]),
    )


def _history(values: Plain) -> History:
    quarters = several(values["quarters"], quarter)
    n = len(quarters)
    if n == 0:
        raise ValueError("a history without quarters")
    return History(
        indicator=indicator_1(values["indicator"]),
        measure=Measure(values["measure"]),
        quarters=quarters,
        ytd=array(values["ytd"], n),
        growth=array(values["growth"], n),
        log_level=array(values["log_level"], n + 4),
        bridged=array(values["bridged"], n + 4),
        shares=by_year(values["shares"], _year_shares),
        unpublished=frozenset(several(values["unpublished"], quarter)),
    )


def _year_shares(values: Plain) -> YearShares:
    return YearShares(values=_shares(values["values"]), source=ShareSource(values["source"]))


def _shares(values: list[float]) -> Shares:
    first, second, third, fourth = several(values, number)
    return first, second, third, fourth


def _quantiles(values: list[float]) -> Quantiles:
    return Quantiles(*several(values, number))


def _fan_point(values: Plain) -> FanPoint:
    return FanPoint(quarter(values["quarter"]), _quantiles(values["quantiles"]))


def _pace(values: Plain) -> Pace:
    return Pace(
        first_quarter=whole(values["first_quarter"]),
        average=number(values["average"]),
        shown=number(values["shown"]),
        reached=whole(values["reached"]),
        windows=whole(values["windows"]),
    )


def _model(values: Plain) -> ModelReport:
    return ModelReport(
        method=text(values["method"]),
        order=maybe(values["order"], _order),
        seasonal_order=maybe(values["seasonal_order"], _order),
        parameters=several(values["parameters"], _parameter),
        outliers=several(values["outliers"], _outlier),
        observations=whole(values["observations"]),
        residuals=several(values["residuals"], _residual),
        candidates=several(values["candidates"], _candidate),
    )


def _order(values: list[int]) -> tuple[int, int, int]:
    first, second, third = several(values, whole)
    return first, second, third


def _parameter(values: Plain) -> Parameter:
    return Parameter(
        name=text(values["name"]),
        value=number(values["value"]),
        standard_error=number(values["standard_error"]),
    )


def _outlier(values: Plain) -> Outlier:
    return Outlier(quarter(values["quarter"]), OutlierKind(values["kind"]), number(values["size"]))


def _residual(values: list[object]) -> tuple[Quarter, float]:
    at, size = values
    return quarter(at), number(size)


def _candidate(values: Plain) -> Candidate:
    return Candidate(name=text(values["name"]), weight=number(values["weight"]))


def _member(values: Plain) -> MemberAnswer:
    return MemberAnswer(
        method=text(values["method"]),
        weight=number(values["weight"]),
        candidates=several(values["candidates"], _candidate),
        probability=maybe(values["probability"], number),
        quantiles=maybe(values["quantiles"], _quantiles),
    )


def _excluded(values: Plain) -> Excluded:
    return Excluded(
        target=target_1(values["target"]),
        reason=Reason(values["reason"]),
        history=maybe(values["history"], _history),
        latest=maybe(values["latest"], quarter),
    )


def all_clear_1(values: Plain) -> AllClear:
    """Read whether all are met together."""
    return AllClear(
        probability=number(values["probability"]),
        error=number(values["error"]),
        independent=number(values["independent"]),
        weakest=maybe(values["weakest"], _weakest),
    )


def _weakest(values: Plain) -> WeakestLink:
    return WeakestLink(
        indicator_id=text(values["indicator_id"]),
        probability_if_cleared=number(values["probability_if_cleared"]),
    )
