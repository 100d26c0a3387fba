"""~vpopmail: domains and users, some of them hashed, with the files that vpopmail keeps."""

import random

from cdb import cdb
from ezmlm import make_list
from maildir import Mailbox
from place import VPOPMAIL

HOME = "home/vpopmail"
VDELIVERMAIL = "| /home/vpopmail/bin/vdelivermail '' "
# Domain, folder below domains/, the mail server that reads it, users, how many in the hash folder.
DOMAINS = [
    ("example.org", "example.org", "dovecot", 24, 8),
    ("example.com", "example.com", "courier", 12, 0),
    ("example.net", "0/example.net", "courier", 9, 4),
    ("lists.example.org", "0/lists.example.org", "dovecot", 2, 0),
    ("xn--bcher-kva.example", "0/xn--bcher-kva.example", "dovecot", 4, 0),
    ("held.example.com", "held.example.com", "courier", 2, 0),
]
NAMES = (
    "postmaster anna ben clara david emma felix greta henri ida jonas klara leo mia noah olga paul "
    "quentin rosa sven tina.koch ulf vera.m will_b xaver"
).split()


def make(place, messages):
    place.folder(HOME, VPOPMAIL, 0o755)
    for program in ("bin", "doc", "include", "lib"):
        place.folder(f"{HOME}/{program}", VPOPMAIL, 0o755)
    settings(place)
    place.folder(f"{HOME}/domains", VPOPMAIL, 0o750)
    place.folder(f"{HOME}/domains/0", VPOPMAIL, 0o750)
    place.file(f"{HOME}/domains/.dir-control", dir_control(len(DOMAINS), ""), VPOPMAIL, 0o600)
    place.file(f"{HOME}/domains/.quotawarn.msg", "Subject: Your mailbox is nearly full\n\n", VPOPMAIL, 0o600)
    mailboxes = [box for domain in DOMAINS for box in make_domain(place, *domain)]
    share_out(mailboxes, messages)
    for mailbox in mailboxes:
        mailbox.finish()
    return mailboxes


def settings(place):
    etc = f"{HOME}/etc"
    place.folder(etc, VPOPMAIL, 0o755)
    place.file(f"{etc}/vpopmail.mysql", "localhost|0|vpopmail|secret|vpopmail\n", VPOPMAIL, 0o640)
    place.file(f"{etc}/vlimits.default", "maxpopaccounts -1\ndefault_quota 52428800\n", VPOPMAIL, 0o644)
    place.file(f"{etc}/defaultdomain", "example.org\n", VPOPMAIL, 0o644)
    place.file(f"{etc}/tcp.smtp", '127.:allow,RELAYCLIENT=""\n', VPOPMAIL, 0o644)
    place.file(f"{etc}/tcp.smtp.cdb", cdb([(b"127.", b'+RELAYCLIENT=""\0')]), VPOPMAIL, 0o644)
    place.file(f"{etc}/open-smtp.lock", b"", VPOPMAIL, 0o644)


def dir_control(users, folder):
    return f"{users}\n0\n3\n0 0 0\n61 61 61\n0 2 2\n0 0 0\n{folder}\n"


def make_domain(place, domain, folder, server, users, hashed):
    top = f"{HOME}/domains/{folder}"
    # The sticky bit makes qmail-local hold every delivery: how an admin stops one domain.
    place.folder(top, VPOPMAIL, 0o1700 if domain.startswith("held.") else 0o750)
    default = "delete" if domain == "example.net" else "bounce-no-mailbox"
    place.file(f"{top}/.qmail-default", f"{VDELIVERMAIL}{default}\n", VPOPMAIL, 0o600)
    place.file(f"{top}/.qmail-sales", "&anna@example.org\n&ben@example.org\n", VPOPMAIL, 0o600)
    place.file(f"{top}/.qmail-forward-only", "&clara@example.com\n", VPOPMAIL, 0o700)
    place.file(f"{top}/.dir-control", dir_control(users, "0" if hashed else ""), VPOPMAIL, 0o600)
    place.file(f"{top}/.vpasswd.lock", b"", VPOPMAIL, 0o600)
    place.file(f"{top}/.qmailadmin-limits", "maxpopaccounts: 100\nmaxaliases: 50\n", VPOPMAIL, 0o600)
    if hashed:
        place.folder(f"{top}/0", VPOPMAIL, 0o700)
    homes = {}
    for index, user in enumerate(NAMES[:users]):
        homes[user] = f"{top}/0/{user}" if index >= users - hashed else f"{top}/{user}"
    passwords(place, top, homes)
    if domain.startswith("lists."):
        make_list(place, top, "qmail-talk", domain)
    return [make_user(place, home, user, domain, server) for user, home in homes.items()]


def passwords(place, top, homes):
    lines = {}
    for user, home in sorted(homes.items()):
        salt = random.Random(home).choices("abcdefghijkmnopqrstuvwxyz23456789", k=22)
        word = "$1$" + "".join(salt[:8]) + "$" + "".join(salt)
        kind = 2 if user == "postmaster" else 1
        lines[user] = f"{user}:{word}:{kind}:0:{user.title()}:/{home}:{50 << 20}S,10000C"
    place.file(f"{top}/vpasswd", "\n".join(lines.values()) + "\n", VPOPMAIL, 0o600)
    pairs = [(user.encode(), line.partition(":")[2].encode()) for user, line in lines.items()]
    place.file(f"{top}/vpasswd.cdb", cdb(pairs), VPOPMAIL, 0o600)


def make_user(place, home, user, domain, server):
    place.folder(home, VPOPMAIL, 0o700)
    place.file(f"{home}/lastauth", f"192.0.2.{len(user)}", VPOPMAIL, 0o600)
    if user in ("david", "ida"):
        place.file(f"{home}/.qmail", "| autorespond 10000 5 vacation/message vacation\n", VPOPMAIL, 0o600)
        place.folder(f"{home}/vacation", VPOPMAIL, 0o700)
        place.file(f"{home}/vacation/message", "Subject: away\n\nBack on Monday.\n", VPOPMAIL, 0o600)
    if server == "dovecot" and user == "anna":
        place.folder(f"{home}/sieve", VPOPMAIL, 0o700)
        place.file(f"{home}/sieve/main.sieve", 'require "fileinto";\n', VPOPMAIL, 0o600)
        place.link(f"{home}/.dovecot.sieve", "sieve/main.sieve", VPOPMAIL)
    mailbox = Mailbox(place, home, user, domain, server)
    if server == "courier":
        mailbox.control("sqwebmail-config", "SHOWADDRESSES=1\n")
        mailbox.control("sqwebmail-sig", f"-- \n{user}\n")
    return mailbox


def share_out(mailboxes, messages):
    """A few large mailboxes, many small ones; one message in ten goes to several of them."""
    chance = random.Random("deliveries")
    order = chance.sample(mailboxes, len(mailboxes))
    weights = [1 / (rank + 2) for rank in range(len(order))]
    for message in messages:
        copies = chance.randint(2, 6) if chance.random() < 0.10 else 1
        for mailbox in dict.fromkeys(chance.choices(order, weights, k=copies)):
            mailbox.deliver(message)
