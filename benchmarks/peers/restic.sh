# restic at its defaults.
export RESTIC_REPOSITORY=$repository RESTIC_PASSWORD=$password RESTIC_CACHE_DIR=$state/cache
peer_version() { restic version | cut -d' ' -f2; }
peer_init() { restic init --quiet; }
peer_backup() { timed restic backup --quiet "$1"; }
peer_restore() { timed restic restore --quiet latest --target "$2"; }
# Not "latest:$2": that leaves out the owner and times of the folder named.
peer_restore_part() { timed restic restore --quiet latest --include "$2" --target "$3"; }
peer_verify() { timed restic check --quiet --read-data; }
peer_find() { timed restic find "$1"; }
peer_list() { timed restic snapshots; }
