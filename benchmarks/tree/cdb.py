"""Writes cdb files (cr.yp.to/cdb/cdb.txt), which qmail and vpopmail look accounts up in."""

import struct


def cdb_hash(key):
    value = 5381
    for byte in key:
        value = (((value << 5) + value) & 0xFFFFFFFF) ^ byte
    return value


def cdb(pairs):
    records = bytearray()
    tables = [[] for _ in range(256)]
    for key, value in pairs:
        digest = cdb_hash(key)
        tables[digest & 255].append((digest, 2048 + len(records)))
        records += struct.pack("<LL", len(key), len(value)) + key + value
    header, slots = bytearray(), bytearray()
    for table in tables:
        size = 2 * len(table)
        header += struct.pack("<LL", 2048 + len(records) + len(slots), size)
        placed = [(0, 0)] * size
        for digest, position in table:
            slot = (digest >> 8) % size
            while placed[slot] != (0, 0):
                slot = (slot + 1) % size
            placed[slot] = (digest, position)
        for entry in placed:
            slots += struct.pack("<LL", *entry)
    return bytes(header + records + slots)
