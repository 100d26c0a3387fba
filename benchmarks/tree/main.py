"""Entry point of `benchmarks/real-tree`."""

import argparse
import os
import sys

import messages
import odd
import qmail
import services
import vpopmail
from place import ROOT, Place


def main():
    parser = argparse.ArgumentParser(prog="real-tree")
    parser.add_argument("--odd", action="store_true")
    parser.add_argument("messages")
    parser.add_argument("dir")
    options = parser.parse_args()
    if os.path.isdir(options.dir) and os.listdir(options.dir):
        sys.exit(f"real-tree: {options.dir} is not empty")
    os.umask(0)
    os.makedirs(options.dir, 0o755, exist_ok=True)
    place = Place(options.dir)
    place.folder("", ROOT, 0o755)
    corpus = messages.load(options.messages)
    mailboxes = vpopmail.make(place, corpus)
    qmail.make(place, corpus)
    services.make(place)
    if options.odd:
        odd.make(place)
    place.finish()
    print(
        f"{options.dir}: {place.files} files, {place.bytes} bytes, "
        f"{len(place.folder_times)} folders, {len(mailboxes)} mailboxes"
    )


main()
