"""What became of a message, in words; what the log of the server has stands in brackets."""

from __future__ import annotations

from data.store.alert_deliveries import Delivery, DeliveryReason
from ui.language import Speaker


def outcome(made: Delivery, say: Speaker) -> str:
    """Say what became of an attempt, and why it was not the first or did not reach all."""
    said = say(f"alert_outcome.{made.outcome}")
    if made.attempt > 1:
        said = say("alerts.attempt", outcome=said, number=made.attempt)
    if made.reason is None:
        return said
    return say("alerts.because", outcome=said, why=why(made.reason, say))


def why(reason: DeliveryReason, say: Speaker) -> str:
    """Say what kept a message from being taken, or from being taken for all."""
    return say(
        f"alert_reason.{reason.obstacle}",
        detail=say.verbatim(reason.detail), refused=reason.refused, count=reason.count,
    )  # fmt: skip
