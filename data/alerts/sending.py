"""Send a message to a channel, in the form that its kind takes."""

from __future__ import annotations

import time

from data.alerts.channels import Channel, DingTalkRobot, Mail, Webhook, WeComRobot
from data.alerts.mail import send_mail
from data.alerts.messages import Message
from data.alerts.robots import dingtalk_form, expect_no_error, signed, wecom_form
from data.alerts.webhook import post
from data.store.alert_deliveries import DeliveryReason


def send(message: Message, channel: Channel) -> DeliveryReason | None:
    """Send a message to a channel; return why not all of its recipients got it, None if all did.

    Raises
    ------
    NotSent
        If the channel did not take it, or did not say so.
    """
    match channel:
        case Mail():
            return send_mail(message, channel)
        case Webhook():
            headers = {"Authorization": f"Bearer {channel.token}"} if channel.token else {}
            told = {"id": message.id, "title": message.title, "text": message.text}
            post(channel.url, {**told, **message.fields}, headers)
        case WeComRobot():
            expect_no_error(post(channel.url, wecom_form(message.title, message.text)))
        case DingTalkRobot():
            address = signed(channel, time.time())
            expect_no_error(post(address, dingtalk_form(message.title, message.text)))
    return None
