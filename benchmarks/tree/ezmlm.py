"""An ezmlm list inside a virtual domain: absolute links, hashed subscribers, an archive."""

from cdb import cdb_hash
from place import VPOPMAIL

LINKS = ["", "-default", "-owner", "-return-default", "-accept-default", "-reject-default"]
TARGETS = ["editor", "manager", "owner", "bouncer", "moderator", "moderator"]


def make_list(place, domain_folder, name, domain):
    top = f"{domain_folder}/{name}"
    place.folder(top, VPOPMAIL, 0o700)
    for link, target in zip(LINKS, TARGETS, strict=True):
        place.link(f"{domain_folder}/.qmail-{name}{link}", f"/{top}/{target}", VPOPMAIL)
    for program in ("editor", "manager", "owner", "bouncer", "moderator"):
        place.file(f"{top}/{program}", f"|/usr/bin/ezmlm-{program} '/{top}'\n", VPOPMAIL, 0o600)
    texts = {
        "key": "k" * 32 + "\n",
        "num": "12:4096\n",
        "config": f"F:-aBCDEfGHIJKLMNOPQRSTUVWXYZ\nD:/{top}\nL:{name}\nH:{domain}\n",
        "inhost": f"{domain}\n",
        "outlocal": f"{name}\n",
        "archived": "",
        "indexed": "",
        "public": "",
        "lock": "",
        "lockbounce": "",
    }
    for file, text in texts.items():
        place.file(f"{top}/{file}", text, VPOPMAIL, 0o600)
    place.folder(f"{top}/text", VPOPMAIL, 0o700)
    for text in ("bottom", "top", "sub-confirm", "unsub-ok", "help"):
        place.file(f"{top}/text/{text}", f"The text of {text}.\n", VPOPMAIL, 0o600)
    for part in ("", "digest/", "mod/", "allow/", "deny/"):
        subscribers(place, f"{top}/{part}".rstrip("/"), 60 if not part else 3)
    archive(place, top, name)
    place.folder(f"{top}/bounce", VPOPMAIL, 0o700)


def subscribers(place, top, count):
    """53 hash files, `@` to `t`; a record is T, the address, NUL."""
    place.folder(top, VPOPMAIL, 0o700)
    place.folder(f"{top}/subscribers", VPOPMAIL, 0o700)
    files = {}
    for number in range(count):
        address = f"reader{number}@example.edu".encode()
        files.setdefault(64 + cdb_hash(address) % 53, []).append(b"T" + address + b"\0")
    for letter, records in files.items():
        place.file(f"{top}/subscribers/{chr(letter)}", b"".join(records), VPOPMAIL, 0o600)
    place.file(f"{top}/subscribers/lock", b"", VPOPMAIL, 0o600)


def archive(place, top, name):
    """The owner's execute bit says that a message is completely written; the last one is not."""
    place.folder(f"{top}/archive", VPOPMAIL, 0o700)
    place.folder(f"{top}/archive/0", VPOPMAIL, 0o700)
    index = []
    for number in range(1, 13):
        mode = 0o600 if number == 12 else 0o700
        text = f"Subject: [{name}] number {number}\n\nMessage {number} of the list.\n"
        place.file(f"{top}/archive/0/{number:02d}", text, VPOPMAIL, mode)
        index.append(f"{number}:aaaaaaaaaaaaaaaaaaaa number {number}\n\t reader{number};\n")
    place.file(f"{top}/archive/0/index", "".join(index), VPOPMAIL, 0o600)
