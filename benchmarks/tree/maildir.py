"""Maildir++ folders with the control files that Courier and Dovecot keep beside the messages."""

import random
import zlib

from messages import HOST, delivered
from place import VPOPMAIL

SECOND = 1_000_000_000
FOLDERS = [
    ".Sent",
    ".Trash",
    ".Drafts",
    ".Junk",
    ".Lists.qmail",
    ".Entwürfe",  # UTF-8, as maildir(5) has it today
    ".Gel&APY-scht",  # modified UTF-7, as older servers wrote it
]
FLAGS = ["S", "S", "S", "RS", "FS", "", "PS", "ST", "FRS"]
DOVECOT_LABELS = "0 $Label1\n1 NonJunk\n2 $Forwarded\n"


class Mailbox:
    """One user's Maildir, filled message by message, finished with its control files."""

    def __init__(self, place, home, user, domain, server):
        self.place, self.home, self.user, self.domain, self.server = place, home, user, domain, server
        self.random = random.Random(f"{user}@{domain}")
        self.names = {"": []}
        self.bytes = 0
        self.newest = {}
        for folder in ["", *FOLDERS]:
            self.make_folder(folder)

    def directory(self, folder):
        return f"{self.home}/Maildir/{folder}" if folder else f"{self.home}/Maildir"

    def make_folder(self, folder):
        self.names[folder] = []
        top = self.directory(folder)
        self.place.folder(top, VPOPMAIL, 0o700)
        for part in ("cur", "new", "tmp"):
            self.place.folder(f"{top}/{part}", VPOPMAIL, 0o700)
        if folder:
            self.place.file(f"{top}/maildirfolder", b"", VPOPMAIL, 0o600)

    def choose_folder(self, message):
        if message.spam:
            return ".Junk"
        pick = self.random.random()
        if pick < 0.70:
            return ""
        return self.random.choice([f for f in FOLDERS if f != ".Junk"])

    def deliver(self, message):
        folder = self.choose_folder(message)
        pid = self.random.randrange(300, 32768)
        data = delivered(message, self.user, self.domain, pid)
        name = self.name_of(message, pid, len(data))
        new = self.random.random() < (0.08 if not folder else 0.01)
        suffix = "" if new else ":2," + self.flags()
        part = "new" if new else "cur"
        # qmail stamps whole seconds; Dovecot and Courier leave the nanoseconds of the clock.
        nanos = self.random.randrange(SECOND) if self.random.random() < 0.3 else 0
        time = message.date * SECOND + nanos
        directory = f"{self.directory(folder)}/{part}"
        self.place.file(f"{directory}/{name}{suffix}", data, VPOPMAIL, 0o600, time)
        self.newest[directory] = max(time, self.newest.get(directory, 0))
        self.names[folder].append((name, suffix, len(data)))
        self.bytes += len(data)

    def name_of(self, message, pid, size):
        if self.server == "dovecot" and self.random.random() < 0.5:
            micro = self.random.randrange(1_000_000)
            return f"{message.date}.M{micro}P{pid}.{HOST},S={size},W={size + size // 40}"
        if self.server == "courier" and self.random.random() < 0.3:
            micro, inode = self.random.randrange(1_000_000), self.random.randrange(1 << 24)
            return f"{message.date}.M{micro}P{pid}V0000000000000801I{inode:016X}_0.{HOST},S={size}"
        return f"{message.date}.{pid}.{HOST},S={size}"

    def flags(self):
        flags = self.random.choice(FLAGS)
        if self.server == "dovecot" and self.random.random() < 0.1:
            flags += self.random.choice("abc")
        return flags

    def finish(self):
        for directory, time in self.newest.items():
            self.place.folder(directory, VPOPMAIL, 0o700, time)
        validity = 1030000000 + zlib.crc32(self.home.encode()) % 1_000_000
        for folder, names in self.names.items():
            if self.server == "dovecot":
                self.dovecot(folder, names, validity)
            else:
                self.courier(folder, names, validity)
        self.quota()

    def control(self, name, text, mode=0o600):
        self.place.file(f"{self.home}/Maildir/{name}", text, VPOPMAIL, mode)

    def dovecot(self, folder, names, validity):
        prefix = f"{folder}/" if folder else ""
        guid = f"{self.random.getrandbits(128):032x}"
        lines = [f"3 V{validity} N{len(names) + 1} G{guid}"]
        for uid, (name, suffix, size) in enumerate(names, 1):
            extra = f"W{size + size // 40} " if uid % 7 == 0 else ""
            lines.append(f"{uid} {extra}:{name}{suffix}")
        self.control(f"{prefix}dovecot-uidlist", "\n".join(lines) + "\n")
        self.control(f"{prefix}dovecot-keywords", DOVECOT_LABELS)
        if not folder:
            self.control("dovecot-uidvalidity", f"{validity:08x}")
            self.control(f"dovecot-uidvalidity.{validity:08x}", b"", 0o444)
            self.control("subscriptions", "".join(f"{f[1:]}\n" for f in FOLDERS))
            self.control("dovecot.index.log", random.Random(self.home).randbytes(1024))

    def courier(self, folder, names, validity):
        prefix = f"{folder}/" if folder else ""
        lines = [f"1 {validity} {len(names) + 1}"]
        lines += [f"{uid} {name}" for uid, (name, _, _) in enumerate(names, 1)]
        self.control(f"{prefix}courierimapuiddb", "\n".join(lines) + "\n")
        labels = f"{self.directory(folder)}/courierimapkeywords"
        self.place.folder(labels, VPOPMAIL, 0o700)
        if names:
            self.place.file(f"{labels}/:list", f"$Label1\n\n{names[0][0]}:0\n", VPOPMAIL, 0o600)
        if not folder:
            pop3 = [f"/3 {len(names) + 1} {validity}"]
            pop3 += [f"{n}{s} {z} {u}:{validity}:0" for u, (n, s, z) in enumerate(names, 1)]
            self.control("courierpop3dsizelist", "\n".join(pop3) + "\n")
            self.control("courierimapsubscribed", "".join(f"INBOX{f}\n" for f in FOLDERS))
            self.control("courierimapacl", "owner aceilrstwx\nadministrators aceilrstwx\n")
            self.place.folder(f"{self.home}/Maildir/courierimaphieracl", VPOPMAIL, 0o700)

    def quota(self):
        count = sum(len(names) for names in self.names.values())
        lines = [f"{50 << 20}S,10000C", f"{self.bytes - 4096:12d} {count - 2:12d}"]
        lines += [f"{2048:12d} {1:12d}"] * 2
        self.control("maildirsize", "\n".join(lines) + "\n")
