# bup, which does not encrypt.
export BUP_DIR=$repository GIT_CONFIG_NOSYSTEM=1
peer_version() { bup --version; }
peer_init() { bup init; }
peer_backup() { timed bup index "$1" && timed bup save --quiet -n mail "$1"; }
peer_restore() { timed bup restore --quiet --numeric-ids --outdir "$2$1/" "/mail/latest$1/."; }
peer_restore_part() {
  timed bup restore --quiet --numeric-ids --outdir "$3$2/" "/mail/latest$2/."
}
peer_verify() { timed bup fsck; }
peer_list() { timed bup ls mail; }
