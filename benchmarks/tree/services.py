"""Courier's settings, tcpserver's access lists, and services run by daemontools."""

from cdb import cdb
from place import QMAIL, QMAILL, ROOT

MAIL = (8, 12)  # Debian's mail user, courier-authlib's usual owner there
SERVICES = ["qmail-send", "qmail-smtpd", "qmail-pop3d"]


def make(place):
    courier(place)
    access(place)
    place.folder("service", ROOT, 0o755)
    place.folder("var/qmail/supervise", QMAIL, 0o755)
    for name in SERVICES:
        service(place, name)


def courier(place):
    place.folder("etc/authlib", MAIL, 0o755)
    place.file("etc/authlib/authdaemonrc", 'authmodulelist="authvchkpw"\n', MAIL, 0o660)
    place.file("etc/authlib/authmysqlrc", "MYSQL_PASSWORD secret\n", MAIL, 0o660)
    place.file("etc/authlib/userdb", "anna\tuid=89|gid=89\n", MAIL, 0o600)
    for top in ("etc/courier", "usr/lib/courier-imap/etc"):
        place.folder(top, ROOT, 0o755)
        for name in ("imapd", "imapd-ssl", "pop3d", "pop3d-ssl"):
            place.file(f"{top}/{name}", f"ADDRESS=0\nMAXDAEMONS=40\n# {name}\n", ROOT, 0o600)
        for name in ("imapd.cnf", "pop3d.cnf", "quotawarnmsg"):
            place.file(f"{top}/{name}", f"[ {name} ]\n", ROOT, 0o644)
        place.folder(f"{top}/shared", (89, 89), 0o755)
    place.folder("usr/lib/courier-imap/share", ROOT, 0o755)
    for name in ("imapd.pem", "pop3d.pem", "dhparams.pem"):
        place.file(f"usr/lib/courier-imap/share/{name}", f"{name}\n", ROOT, 0o600)


def access(place):
    place.folder("etc/tcp", ROOT, 0o755)
    for name in ("smtp", "pop3", "submission"):
        place.file(f"etc/tcp/{name}", '127.:allow,RELAYCLIENT=""\n:allow\n', ROOT, 0o644)
        rules = cdb([(b"127.", b'+RELAYCLIENT=""\0'), (b"", b"")])
        place.file(f"etc/tcp/{name}.cdb", rules, ROOT, 0o644)
    place.file("etc/tcp/Makefile", "%.cdb: %\n\ttcprules $@ $@.tmp < $<\n", ROOT, 0o644)


def service(place, name):
    top = f"var/qmail/supervise/{name}"
    place.link(f"service/{name}", f"/{top}")
    place.folder(top, QMAIL, 0o1755)
    place.folder(f"{top}/log", QMAIL, 0o755)
    place.file(f"{top}/run", f"#!/bin/sh\nexec {name}\n", QMAIL, 0o755)
    place.file(f"{top}/log/run", "#!/bin/sh\nexec setuidgid qmaill multilog t ./main\n", QMAIL, 0o755)
    if name == "qmail-pop3d":
        place.file(f"{top}/down", b"", QMAIL, 0o644)
        place.folder(f"{top}/env", QMAIL, 0o755)
        place.file(f"{top}/env/SOFTLIMIT", "8000000\n", QMAIL, 0o600)
    for folder in (f"{top}/supervise", f"{top}/log/supervise"):
        place.folder(folder, ROOT, 0o700)
        place.file(f"{folder}/lock", b"", ROOT, 0o600)
        place.file(f"{folder}/status", b"\x40\0\0\0\x3d\x64\0\0\0\0\0\0\x34\x12\0\0\0u", ROOT, 0o644)
        place.fifo(f"{folder}/control", ROOT, 0o600)
        place.fifo(f"{folder}/ok", ROOT, 0o600)
    logs = f"var/log/qmail/{name}"
    place.folder(logs, QMAILL, 0o2750)
    place.link(f"{top}/log/main", f"/{logs}", QMAIL)
    line = "@400000003d64c5f11dcd6500 status: local 0/10 remote 0/20\n"
    place.file(f"{logs}/current", line * 40, QMAILL, 0o644)
    place.file(f"{logs}/state", b"", QMAILL, 0o644)
    place.file(f"{logs}/lock", b"", QMAILL, 0o600)
    place.file(f"{logs}/@400000003d64c5f11dcd6500.s", line * 400, QMAILL, 0o744)
