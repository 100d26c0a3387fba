# Mailkeep as this checkout builds it, at its defaults, of which a key file is one. Where a passphrase
# locks the key instead, every command takes the time of the key derivation more.
export MAILKEEP_REPOSITORY=$repository MAILKEEP_STATE_DIR=$state MAILKEEP_KEY_FILE=$state/key
mailkeep=${MAILKEEP:-$here/../mailkeep}
peer_version() { "$mailkeep" --version | head -n 1 | grep -oE '[0-9][^ ]*' | head -n 1; }
peer_init() { "$mailkeep" init; }
peer_backup() { timed "$mailkeep" backup "$1"; }
peer_restore() { timed "$mailkeep" restore latest --target "$2"; }
peer_restore_part() { timed "$mailkeep" restore "latest:$2" --target "$3"; }
peer_verify() { timed "$mailkeep" check --read-data; }
peer_find() { timed "$mailkeep" find "$1"; }
peer_list() { timed "$mailkeep" snapshots; }
