"""Puts files, folders, links and FIFOs where they belong, with numeric owner, mode and time."""

import os
import zlib

DAY = 86400
EPOCH = 1709251200  # 2024-03-01: files without a time of their own are made in the year after it
ROOT, VPOPMAIL = (0, 0), (89, 89)
ALIAS, QMAILD, QMAILL, QMAILP = (161, 162), (162, 161), (163, 161), (164, 161)
QMAILQ, QMAILR, QMAILS = (165, 162), (166, 162), (167, 162)
QMAIL = (0, 162)


def raw(path):
    return path if isinstance(path, bytes) else path.encode()


class Place:
    """A folder being filled. Times of folders are set last, when nothing is written any more."""

    def __init__(self, root):
        self.root = raw(root)
        self.folder_times = {}
        self.files = 0
        self.bytes = 0

    def path(self, name):
        return os.path.join(self.root, raw(name)) if name else self.root

    def default_time(self, name):
        """The same time for the same name: whole seconds for most, nanoseconds for one in four."""
        seed = zlib.crc32(raw(name))
        nanos = zlib.crc32(raw(name) + b"ns") % 1_000_000_000 if seed % 4 == 0 else 0
        return (EPOCH + seed % (300 * DAY)) * 1_000_000_000 + nanos

    def folder(self, name, owner, mode, time=None):
        path = self.path(name)
        if not os.path.isdir(path):
            parent = os.path.dirname(raw(name))
            if parent and not os.path.isdir(self.path(parent)):
                self.folder(parent, ROOT, 0o755)
            os.mkdir(path)
        os.chown(path, *owner)
        os.chmod(path, mode)
        self.folder_times[raw(name)] = self.default_time(name) if time is None else time

    def file(self, name, data, owner, mode, time=None):
        path = self.path(name)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            view = memoryview(raw(data))
            while view:
                view = view[os.write(handle, view) :]
            os.fchown(handle, *owner)
            os.fchmod(handle, mode)
        finally:
            os.close(handle)
        self.stamp(name, time)
        self.files += 1
        self.bytes += len(data)

    def link(self, name, target, owner=ROOT, time=None):
        path = self.path(name)
        os.symlink(raw(target), path)
        os.chown(path, *owner, follow_symlinks=False)
        self.stamp(name, time)

    def fifo(self, name, owner, mode, time=None):
        path = self.path(name)
        os.mkfifo(path)
        os.chown(path, *owner)
        os.chmod(path, mode)
        self.stamp(name, time)

    def stamp(self, name, time=None):
        at = self.default_time(name) if time is None else time
        os.utime(self.path(name), ns=(at, at), follow_symlinks=False)

    def finish(self):
        for name in sorted(self.folder_times, key=lambda n: n.count(b"/"), reverse=True):
            at = self.folder_times[name]
            os.utime(self.path(name), ns=(at, at))
