"""/var/qmail: alias, control, users and a complete queue with messages waiting in it."""

import os

from cdb import cdb
from place import ALIAS, QMAIL, QMAILQ, QMAILR, QMAILS, ROOT
from vpopmail import DOMAINS, HOME

TOP = "var/qmail"
QUEUE = f"{TOP}/queue"
SPLIT = 23


def make(place, messages):
    place.folder(TOP, QMAIL, 0o755)
    for part in ("control", "users", "bin", "boot", "doc"):
        place.folder(f"{TOP}/{part}", QMAIL, 0o755)
    control(place)
    users(place)
    aliases(place)
    programs(place)
    queue(place)
    for number, message in enumerate(messages[5:24]):
        enqueue(place, message, number)


def control(place):
    names = [name for name, *_ in DOMAINS]
    texts = {
        "me": "mx1.example.org\n",
        "defaultdomain": "example.org\n",
        "plusdomain": "example.org\n",
        "locals": "localhost\nmx1.example.org\n",
        "rcpthosts": "\n".join(["mx1.example.org", *names]) + "\n",
        "morercpthosts": "old.example.org\n",
        "virtualdomains": "".join(f"{name}:{name}\n" for name in names),
        "smtpgreeting": "mx1.example.org\n",
        "concurrencyincoming": "40\n",
        "concurrencyremote": "20\n",
        "queuelifetime": "604800\n",
        "databytes": "26214400\n",
        "badmailfrom": "@spam.example\n",
        "defaultdelivery": "./Maildir/\n",
    }
    for name, text in texts.items():
        place.file(f"{TOP}/control/{name}", text, ROOT, 0o644)
    place.file(f"{TOP}/control/morercpthosts.cdb", cdb([(b"old.example.org", b"")]), ROOT, 0o644)
    place.file(f"{TOP}/control/servercert.pem", "a certificate and its key\n", QMAIL, 0o640)
    place.link(f"{TOP}/control/clientcert.pem", "servercert.pem")


def users(place):
    lines, pairs = [], [(b"", b"-")]
    for name, folder, *_ in DOMAINS:
        home = f"/{HOME}/domains/{folder}"
        lines.append(f"+{name}-:{name}:89:89:{home}:-::")
        pairs.append((f"!{name}-".encode(), f"{name}\0" f"89\0" f"89\0{home}\0-\0\0".encode()))
    # A second name for example.org: several lines share one folder.
    lines.append(f"+example.info-:example.org:89:89:/{HOME}/domains/example.org:-::")
    place.file(f"{TOP}/users/assign", "\n".join([*lines, "."]) + "\n", QMAIL, 0o644)
    place.file(f"{TOP}/users/cdb", cdb(pairs), QMAIL, 0o644)


def aliases(place):
    place.folder(f"{TOP}/alias", ALIAS, 0o2755)
    for name in ("postmaster", "mailer-daemon", "root", "abuse"):
        place.file(f"{TOP}/alias/.qmail-{name}", "&postmaster@example.org\n", ALIAS, 0o644)
    place.file(f"{TOP}/alias/.qmail-default", b"", ALIAS, 0o600)


def programs(place):
    """Stand-ins: what matters is who owns them and which of them is setuid."""
    modes = {"qmail-queue": (QMAILQ, 0o4711), "qmail-newu": (QMAIL, 0o700)}
    modes |= {"qmail-send": (QMAIL, 0o711), "qmail-inject": (QMAIL, 0o755)}
    for name, (owner, mode) in modes.items():
        place.file(f"{TOP}/bin/{name}", f"#!/bin/sh\n# {name}\n", owner, mode)
    place.file(f"{TOP}/rc", "#!/bin/sh\nexec env - qmail-start ./Maildir/\n", QMAIL, 0o755)
    place.file(f"{TOP}/boot/home", "#!/bin/sh\n", QMAIL, 0o755)


def queue(place):
    place.folder(QUEUE, QMAILQ, 0o750)
    for name, owner, mode in [
        ("pid", QMAILQ, 0o700),
        ("intd", QMAILQ, 0o700),
        ("todo", QMAILQ, 0o750),
        ("bounce", QMAILS, 0o700),
        ("lock", QMAILQ, 0o750),
    ]:
        place.folder(f"{QUEUE}/{name}", owner, mode)
    for name, owner, mode in [
        ("mess", QMAILQ, 0o750),
        ("info", QMAILS, 0o700),
        ("local", QMAILS, 0o700),
        ("remote", QMAILS, 0o700),
    ]:
        place.folder(f"{QUEUE}/{name}", owner, mode)
        for number in range(SPLIT):
            place.folder(f"{QUEUE}/{name}/{number}", owner, mode)
    place.file(f"{QUEUE}/lock/tcpto", bytes(1024), QMAILR, 0o644)
    place.file(f"{QUEUE}/lock/sendmutex", b"", QMAILS, 0o600)
    place.fifo(f"{QUEUE}/lock/trigger", QMAILS, 0o622)


def enqueue(place, message, number):
    """A message's file is named by its own inode number, as qmail-queue does it."""
    start = f"{QUEUE}/pid/{4000 + number}.{message.date}.{number}"
    time = message.date * 1_000_000_000
    place.file(start, message.text, QMAILQ, 0o644, time)
    inode = os.stat(place.path(start)).st_ino
    bucket = inode % SPLIT
    os.rename(place.path(start), place.path(f"{QUEUE}/mess/{bucket}/{inode}"))
    sender = f"F{message.sender}\0"
    if number % 6 == 0:  # queued, not yet seen by qmail-send: todo is a second name of intd
        envelope = f"u89\0p{4000 + number}\0{sender}Tanna@example.org\0"
        place.file(f"{QUEUE}/intd/{inode}", envelope, QMAILQ, 0o644, time)
        os.link(place.path(f"{QUEUE}/intd/{inode}"), place.path(f"{QUEUE}/todo/{inode}"))
        return
    place.file(f"{QUEUE}/info/{bucket}/{inode}", sender, QMAILS, 0o600, time)
    where = "local" if number % 2 else "remote"
    recipients = "Dexample.org-anna@example.org\0Texample.org-ben@example.org\0"
    place.file(f"{QUEUE}/{where}/{bucket}/{inode}", recipients, QMAILS, 0o600, time)
    if number % 5 == 0:
        text = "<ben@example.org>:\nSorry, no mailbox here by that name.\n\n"
        place.file(f"{QUEUE}/bounce/{inode}", text, QMAILS, 0o600, time)
