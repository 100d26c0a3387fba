# BorgBackup with chunks of 16 KiB on average, which suit mail better than its defaults do.
chunker='--chunker-params buzhash,12,23,14,4095'
. "$peers/borg.sh"
