#!/usr/bin/env bash
# SQLite for Go is C translated by machine, for one version of its C library: another version compiles and
# may corrupt memory. This compares the version we resolve to with the one SQLite's own go.mod names.
set -euo pipefail
cd "$(dirname "$0")/.."

gomod=$(go list -m -f '{{.GoMod}}' modernc.org/sqlite)
want=$(awk '{ for (i = 1; i < NF; i++) if ($i == "modernc.org/libc") print $(i + 1) }' "$gomod")
got=$(go list -m -f '{{.Version}}' modernc.org/libc)
if [ -z "$want" ] || [ "$got" != "$want" ]; then
	echo "modernc.org/libc is $got, but modernc.org/sqlite needs exactly ${want:-(not found in $gomod)}."
	echo "Run: go get modernc.org/libc@${want:-VERSION}"
	exit 1
fi
