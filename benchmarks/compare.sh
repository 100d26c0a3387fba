# Says whether two trees are the same. Source it; needs rsync and GNU find.

# tree_list DIR: every entry with type, mode, owner, time, size and link target, NUL-ended, sorted.
# Sockets are left out, and the size of folders, which depends on their past and not their content.
tree_list() {
  (cd "$1" && find . -mindepth 1 \
    \( -type d -printf '%P %y %m %U %G %T@ %l\0' -o \
    ! -type s -printf '%P %y %m %U %G %T@ %s %l\0' \)) | LC_ALL=C sort -z
}

# tree_differences SOURCE RESTORED: prints nothing when content and metadata are the same.
tree_differences() {
  rsync -aHAX --numeric-ids --checksum --delete --dry-run --itemize-changes "$1/" "$2/" 2>&1 || true
  tree_list "$1" >"$scratch/list.source"
  tree_list "$2" >"$scratch/list.restored"
  diff -a <(tr '\n\0' '?\n' <"$scratch/list.source") \
    <(tr '\n\0' '?\n' <"$scratch/list.restored") || true
}
