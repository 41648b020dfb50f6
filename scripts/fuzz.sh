#!/usr/bin/env bash
# Runs every fuzz target of the module, one after another. Argument: how long each (default 5s).
set -euo pipefail
cd "$(dirname "$0")/.."

time=${1:-5s}
count=0
while IFS=: read -r file line; do
	name=$(sed -E 's/^func (Fuzz[A-Za-z0-9_]*)\(.*/\1/' <<<"$line")
	echo "$name in $(dirname "$file")"
	go test -run '^$' -fuzz "^$name\$" -fuzztime "$time" "./$(dirname "$file")"
	count=$((count + 1))
done < <(grep -rE --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*\(' internal cmd)
echo "$count fuzz targets ran for $time each."
