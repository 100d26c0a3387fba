# BorgBackup with zstd, level 3, and its own encryption with the key in the repository.
export BORG_REPO=$repository BORG_PASSPHRASE=$password BORG_BASE_DIR=$state
chunker=${chunker:-}
peer_version() { borg --version | cut -d' ' -f2; }
peer_init() { borg init --encryption repokey; }
peer_backup() {
  # shellcheck disable=SC2086 # no option at all, or one
  timed borg create --compression zstd,3 --numeric-ids $chunker "::$(date +%s.%N)" "$1"
}
newest() { borg list --short --last 1; }
peer_restore() { archive=$(newest) && cd "$2" && timed borg extract --numeric-ids "::$archive"; }
peer_restore_part() {
  archive=$(newest) && cd "$3" && timed borg extract --numeric-ids "::$archive" "${2#/}"
}
peer_verify() { timed borg check --verify-data; }
peer_find() {
  # borg looks into one archive at a time.
  borg list --short | while read -r archive; do
    timed borg list --short "::$archive" --pattern "+ **/$1" --pattern '- **'
  done
}
peer_list() { timed borg list; }
