"""What is said of the three big things."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data.plan.claims import Card
from forecasting.figures.indicator import Direction
from forecasting.outlook.quantiles import Quantiles
from forecasting.plan.claims import Aim, Gap, QuantityOutlook
from ui.frame.author import author_of
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.scenario import terms


def headline(cards: Sequence[Card], say: Speaker) -> str:
    """Say how many quantities of the cards can be judged, and which card is least likely."""
    judged = [(card.outlook.together, card) for card in cards if card.outlook.together is not None]
    if not judged:
        return say("claims.title_nothing", count=len(cards))
    chance, least = min(judged, key=lambda one: one[0])
    quantities = [one for card in cards for one in card.outlook.quantities]
    known = sum(one.met is not None for one in quantities)
    whole = known == len(quantities) and len(judged) == len(cards)
    return say(
        "claims.title_all" if whole else "claims.title", count=len(quantities), known=known,
        name=say.name(least.stored.thing.name), chance=fmt.cheng(chance, say),
    )  # fmt: skip


def version(card: Card, say: Speaker) -> str:
    """Say which version the card is of, and who wrote it."""
    stored = card.stored
    return say("claims.version", version=stored.version, author=author_of(stored.author, say))


def together(card: Card, say: Speaker) -> str:
    """Say how likely all quantities of a card come by their dates, and how many cannot be told."""
    quantities = card.outlook.quantities
    known = sum(one.met is not None for one in quantities)
    if card.outlook.together is None:
        return say("claims.together_none")
    chance = fmt.chance(card.outlook.together, say)
    if known == 1:
        key = "claims.together_only" if len(quantities) == 1 else "claims.together_one"
        return say(key, count=len(quantities), chance=chance)
    key = "claims.together" if known == len(quantities) else "claims.together_some"
    return say(key, count=len(quantities), known=known, chance=chance)


def name(of: QuantityOutlook, say: Speaker) -> str:
    """Name a quantity by its indicator, and as what it is wanted."""
    if of.indicator is None:
        return say.verbatim(of.quantity.indicator)
    return say(f"claims.named.{of.quantity.aim}", name=words.title(of.indicator, say))


def value(number: float, of: QuantityOutlook, say: Speaker) -> str:
    """Write a value of a quantity; of a rank its level."""
    assert of.indicator is not None
    if of.quantity.aim is Aim.GROWTH:
        return fmt.percent(number)
    return terms.quantity(number, of.indicator.unit, say, exact=False)


def wanted(of: QuantityOutlook, say: Speaker) -> str:
    """Write what is wanted; empty where nobody has filled it in."""
    number = of.quantity.wanted
    if number is None or of.indicator is None:
        return ""
    if of.quantity.aim is Aim.RANK:
        return say("claims.rank_first" if number == 1 else "claims.rank", rank=f"{number:g}")
    return value(number, of, say)


def sentence(of: QuantityOutlook, card: Card, say: Speaker) -> str:
    """Say what a quantity was, what it may be, and how likely it comes by its date."""
    parts = [*_chance(of, say), *_expected(of, say), *_place(of, card, say)]
    if of.carried_on and of.probability is not None:
        parts.append(say("claims.carried_on", year=of.fan[1][0]))
    return say("format.between_sentences").join(parts)


def _chance(of: QuantityOutlook, say: Speaker) -> Iterator[str]:
    if of.probability is None:
        yield lacking(of, say)
        return
    assert of.indicator is not None
    aim = of.quantity.aim
    down = of.indicator.direction is Direction.DOWN and aim is not Aim.RANK
    yield say(
        f"claims.chance.{aim}{'_down' if down else ''}", year=of.quantity.year,
        wanted=wanted(of, say), chance=fmt.chance(of.probability, say),
    )  # fmt: skip
    if of.least is not None and of.least < of.probability:
        yield say("claims.chance_least", chance=fmt.chance(of.least, say))


def _expected(of: QuantityOutlook, say: Speaker) -> Iterator[str]:
    if not of.fan:
        return
    year = of.quantity.year if of.quantity.year in dict(of.fan) else of.fan[-1][0]
    at: Quantiles = dict(of.fan)[year]
    if of.known:
        last, now = of.known[-1]
        yield say("claims.now", year=last, now=value(now, of, say))
    yield say(
        "claims.expected", year=year, median=value(at.median, of, say),
        low=value(at.q10, of, say), high=value(at.q90, of, say),
    )  # fmt: skip


def _place(of: QuantityOutlook, card: Card, say: Speaker) -> Iterator[str]:
    if of.place is None:
        return
    unknown = [say.name(area.name) for area in card.rivals if area.id in of.place.unknown]
    if of.place.known:
        yield say("claims.place", best=of.place.best, count=of.place.known + 1)
    if of.rivals:
        named = {area.id: say.name(area.name) for area in card.rivals}
        listed = [
            say("claims.rival", name=named[id], year=line.year, value=value(line.value, of, say))
            for id, line in of.rivals.items()
        ]
        yield say("claims.rival_levels", rivals=say("format.semicolon").join(listed))
    if unknown:
        names = say("format.comma").join(unknown)
        yield say("claims.place_unknown", names=names)


def lacking(of: QuantityOutlook, say: Speaker) -> str:
    """Say what a quantity lacks, and where it comes from."""
    reason = of.lacking or Gap.WANTED
    return say(f"claims.lacking.{reason}", year=of.quantity.year or "")
