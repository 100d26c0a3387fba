# Mailkeep as this checkout builds it, at its defaults.
export MAILKEEP_REPOSITORY=$repository MAILKEEP_PASSWORD=$password MAILKEEP_STATE_DIR=$state
mailkeep=${MAILKEEP:-$here/../mailkeep}
peer_version() { "$mailkeep" --version | head -n 1 | grep -oE '[0-9][^ ]*' | head -n 1; }
peer_init() { "$mailkeep" init; }
peer_backup() { timed "$mailkeep" backup "$1"; }
peer_restore() { timed "$mailkeep" restore latest --target "$2"; }
peer_restore_part() { timed "$mailkeep" restore "latest:$2" --target "$3"; }
peer_verify() { timed "$mailkeep" check --read-data; }
peer_find() { timed "$mailkeep" find "$1"; }
peer_list() { timed "$mailkeep" snapshots; }
