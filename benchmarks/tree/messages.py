"""The real messages, and what a delivery puts on top of one."""

import email.utils
import os
import re
import zlib
from dataclasses import dataclass

HOST = "mx1.example.org"
FIRST_SANE, LAST_SANE = 788918400, 1104537600  # 1995 to 2005: the corpus is from 2002
FALLBACK = 1030000000
DATE = re.compile(rb"^date:[ \t]*([^\n]+)", re.IGNORECASE | re.MULTILINE)
SENDER = re.compile(rb"^from:[^\n]*?([\w.+-]+@[\w.-]+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Message:
    number: int
    spam: bool
    text: bytes
    date: int
    sender: str


def load(folder):
    found = []
    for group in sorted(os.listdir(folder)):
        for name in sorted(os.listdir(os.path.join(folder, group))):
            with open(os.path.join(folder, group, name), "rb") as handle:
                text = handle.read()
            found.append(parse(len(found), group.startswith("spam"), text))
    return found


def parse(number, spam, text):
    if text.startswith(b"From "):
        text = text[text.index(b"\n") + 1 :]
    header = text.partition(b"\n\n")[0]
    sender = SENDER.search(header)
    return Message(
        number, spam, text, date_of(header, number), sender.group(1).decode() if sender else ""
    )


def date_of(header, number):
    found = DATE.search(header)
    if found:
        parsed = email.utils.parsedate_tz(found.group(1).decode("ascii", "replace"))
        try:
            seconds = email.utils.mktime_tz(parsed) if parsed else 0
        except (ValueError, OverflowError):
            seconds = 0
        if FIRST_SANE <= seconds < LAST_SANE:
            return int(seconds)
    return FALLBACK + number * 997


def delivered(message, user, domain, pid):
    """The file that vdelivermail writes: its two lines, the trace lines of qmail, the message."""
    when = email.utils.formatdate(message.date)
    top = (
        f"Return-Path: <{message.sender}>\n"
        f"Delivered-To: {user}@{domain}\n"
        f"Received: (qmail {pid} invoked by uid 89); {when}\n"
        f"Received: from unknown (HELO mail.example.edu) "
        f"(192.0.2.{zlib.crc32(message.sender.encode()) % 254 + 1})\n"
        f"  by {HOST} with SMTP; {when}\n"
    )
    return top.encode() + message.text
