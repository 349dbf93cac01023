"""Errors of alerts a person can act on."""

from __future__ import annotations

from forecasting.errors import OutlookError


class AlertsError(OutlookError):
    """Base of the errors of alerts."""


class ChannelsUnreadable(AlertsError):
    """The file of channels is not as it should be; ``problem`` tells no address and no secret."""

    template = "the channels of alerts in {place} cannot be read: {problem}"


class NoSuchChannel(AlertsError):
    template = "no channel of alerts is called {name!r}: ALERT_CHANNELS_FILE names the channels"
