"""Names, types, owners, times and attributes that backup tools get wrong."""

import os
import random
import socket
import stat
import struct
import sys

from place import ROOT

TOP = b"odd"
SECOND = 1_000_000_000
MEBIBYTE = 1 << 20


def make(place):
    place.folder(TOP, ROOT, 0o755)
    names(place)
    links(place)
    special(place)
    modes(place)
    times(place)
    owners(place)
    attributes(place)
    sizes(place)
    nesting(place)


def part(place, name):
    top = TOP + b"/" + name
    place.folder(top, ROOT, 0o755)
    return top


def names(place):
    top = part(place, b"names")
    for name in [
        "Käse, UTF-8".encode(),
        "Käse, Latin-1".encode("latin-1"),
        b"a newline\nin the name",
        b"invalid UTF-8 \xff\xfe\xc3\x28",
        b"-rf",
        b"--help",
        b" spaces at both ends ",
        b"...",
        b"#comment",
        b"~",
        b"$(reboot)",
        b"back\\slash\\x41",
        b"tab\tbell\aescape\x1b[31m",
        b"quote'double\"back`tick",
        b"star*query?[a-z]{x}",
        b"con%E9tent%00",
        b"A",
        b"a",
        "é composed".encode(),
        "e\u0301 decomposed".encode(),
        "right \u202e to left".encode(),
        b"x" * 255,
        b"\xe9" * 255,
    ]:
        place.file(top + b"/" + name, b"content of " + name, ROOT, 0o644)
    place.folder(top + b"/folder \xe9\n", ROOT, 0o755)
    place.file(top + b"/folder \xe9\n/inside \xfc", b"inside", ROOT, 0o644)
    place.link(top + b"/link to \xff", b"nowhere \xfe\n")


def links(place):
    top = part(place, b"links")
    place.file(top + b"/one", b"two more names", (89, 89), 0o640)
    for other in (b"/two", b"/three"):
        os.link(place.path(top + b"/one"), place.path(top + other))
    place.folder(top + b"/elsewhere", ROOT, 0o755)
    os.link(place.path(top + b"/one"), place.path(top + b"/elsewhere/four"))
    place.link(top + b"/symlink", b"one", (161, 162))
    os.link(place.path(top + b"/symlink"), place.path(top + b"/symlink again"), follow_symlinks=False)
    place.file(top + b"/empty", b"", ROOT, 0o600)
    os.link(place.path(top + b"/empty"), place.path(top + b"/empty again"))
    place.link(top + b"/dangling", b"../does/not/exist")
    place.link(top + b"/loop", b"loop")
    place.link(top + b"/loop a", b"loop b")
    place.link(top + b"/loop b", b"loop a")
    place.link(top + b"/parent", b"..", (4000000000, 4000000001), -5 * SECOND + 7)
    place.link(top + b"/long", b"t/" * 2000)
    place.link(top + b"/absolute", b"/etc/passwd")


def special(place):
    top = part(place, b"special")
    place.fifo(top + b"/fifo", (162, 161), 0o622)
    os.link(place.path(top + b"/fifo"), place.path(top + b"/fifo again"))
    make_socket(place, top, b"socket")
    make_device(place, top + b"/null", stat.S_IFCHR, os.makedev(1, 3), 0o666)
    make_device(place, top + b"/block", stat.S_IFBLK, os.makedev(7, 99), 0o660)
    make_device(place, top + b"/large numbers", stat.S_IFCHR, os.makedev(300, 70000), 0o600)


def make_socket(place, top, name):
    before = os.open(".", os.O_RDONLY)
    os.chdir(place.path(top))  # a socket's path may have no more than 107 bytes
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(name)
    finally:
        os.fchdir(before)
        os.close(before)
    os.chown(place.path(top + b"/" + name), 89, 89)
    os.chmod(place.path(top + b"/" + name), 0o770)
    place.stamp(top + b"/" + name)


def make_device(place, name, kind, number, mode):
    try:
        os.mknod(place.path(name), kind | mode, number)
    except PermissionError:
        print(f"real-tree: no device {os.fsdecode(name)}: not permitted here", file=sys.stderr)
        return
    os.chown(place.path(name), 0, 5)
    place.stamp(name)


def modes(place):
    top = part(place, b"modes")
    for mode in (0o4755, 0o2755, 0o6711, 0o1644, 0o7777, 0o0000, 0o0200, 0o0444, 0o0001):
        place.file(top + b"/file %04o" % mode, b"%04o" % mode, (89, 89), mode)
    for mode in (0o1777, 0o2755, 0o4700, 0o0000, 0o0555, 0o7000):
        place.folder(top + b"/folder %04o" % mode, (165, 162), mode)
        place.file(top + b"/folder %04o/inside" % mode, b"inside", (165, 162), 0o600)
    place.folder(top + b"/empty folder", ROOT, 0o700)


def times(place):
    top = part(place, b"times")
    for name, time in {
        b"1901": -2147483647 * SECOND,
        b"1969": -1,
        b"1969 with a fraction": -86400 * SECOND + 123456789,
        b"1970": 0,
        b"one nanosecond": 1_000_000_000 * SECOND + 1,
        b"all nine digits": 1_000_000_000 * SECOND + 987654321,
        b"2038": 2147483648 * SECOND + 5,
        b"2106": 4294967296 * SECOND,
        b"2300": 10413792000 * SECOND + 999999999,
        b"2446": 15032385535 * SECOND + 999999999,  # the last second that ext4 can store
    }.items():
        place.file(top + b"/" + name, name, ROOT, 0o644, time)
        place.folder(top + b"/folder of " + name, ROOT, 0o755, time)
        place.link(top + b"/link of " + name, name, ROOT, time)


def owners(place):
    top = part(place, b"owners")
    for uid, gid in [(4294967294, 4294967294), (2147483648, 3000000000), (65534, 65534), (167, 0)]:
        place.file(top + b"/%d" % uid, b"", (uid, gid), 0o600)
        place.folder(top + b"/folder %d" % uid, (uid, gid), 0o700)
        place.link(top + b"/link %d" % uid, b"x", (uid, gid))


def acl(*entries):
    """The value of a system.posix_acl_* attribute: (tag, permissions, id) in the kernel's form."""
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


def attributes(place):
    top = part(place, b"attributes")
    nobody = 0xFFFFFFFF
    plain = acl(
        (1, 6, nobody), (2, 4, 89), (2, 6, 4000000000), (4, 4, nobody), (8, 6, 162), (16, 6, nobody), (32, 0, nobody)
    )
    values = {
        b"user.comment": [("user.comment", b"plain text")],
        b"user.binary": [("user.binary", bytes(range(256))), ("user.empty", b"")],
        b"user.large": [("user.large", random.Random("large").randbytes(3000))],
        b"user.many": [(f"user.number-{n}", b"%d" % n) for n in range(30)],
        b"user.name": [(b"user.\xff\n name", b"odd name")],
        b"trusted": [("trusted.overlay.opaque", b"y"), ("user.beside", b"1")],
        b"capability": [("security.capability", bytes.fromhex("0100000200040000000000000000000000000000"))],
        b"acl": [("system.posix_acl_access", plain)],
    }
    for name, pairs in values.items():
        place.file(top + b"/" + name, name, (89, 89), 0o660)
        for key, value in pairs:
            attribute(place, top + b"/" + name, key, value)
        place.stamp(top + b"/" + name)
    folder = top + b"/folder with a default ACL"
    place.folder(folder, (89, 89), 0o2770)
    attribute(place, folder, "system.posix_acl_access", plain)
    attribute(place, folder, "system.posix_acl_default", plain)
    attribute(place, folder, "user.folder", b"yes")
    place.link(top + b"/link", b"acl")
    attribute(place, top + b"/link", "trusted.link", b"on the link itself")
    place.stamp(top + b"/link")


def attribute(place, name, key, value):
    try:
        os.setxattr(place.path(name), key, value, follow_symlinks=False)
    except OSError as failure:
        print(f"real-tree: no {os.fsdecode(key)} here: {failure.strerror}", file=sys.stderr)


def sizes(place):
    top = part(place, b"sizes")
    place.file(top + b"/0", b"", ROOT, 0o644)
    place.file(top + b"/1", b"1", ROOT, 0o644)
    for name, size in ((b"1 MiB", MEBIBYTE), (b"70 MiB", 70 * MEBIBYTE)):
        place.file(top + b"/random " + name, random.Random(f"size {size}").randbytes(size), ROOT, 0o644)
        place.file(top + b"/zeros " + name, bytes(size), ROOT, 0o644)
    sparse = top + b"/sparse"
    with open(place.path(sparse), "wb") as handle:
        handle.write(b"begin")
        handle.seek(50 * MEBIBYTE)
        handle.write(b"middle")
        handle.truncate(100 * MEBIBYTE)
    os.chmod(place.path(sparse), 0o644)
    place.stamp(sparse)
    place.file(top + b"/only a hole", b"", ROOT, 0o644)
    os.truncate(place.path(top + b"/only a hole"), MEBIBYTE + 1)
    place.stamp(top + b"/only a hole")


def nesting(place):
    top = part(place, b"nesting")
    for level in range(1, 101):
        top += b"/%d" % level
        place.folder(top, ROOT, 0o755)
    place.file(top + b"/bottom", b"a hundred folders down", ROOT, 0o644)
