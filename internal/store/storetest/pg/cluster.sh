# Runs one throw-away PostgreSQL cluster for as long as standard input stays open.
# Arguments: the folder of the PostgreSQL programs, the cluster's own directory, on or off for fsync.
# The test process holds the other end of standard input; it need not be alive to be cleaned up after.
bin=$1 dir=$2 fsync=$3

if ! "$bin/initdb" --pgdata="$dir/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C \
	--no-sync --no-instructions >"$dir/log" 2>&1 </dev/null; then
	: >"$dir/exited"
	read -r _ # the test process reads the log before it lets go
	rm -rf "$dir"
	exit 1
fi

{
	"$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c port=5432 \
		-c unix_socket_permissions=0700 -c max_connections=400 -c shared_buffers=64MB \
		-c dynamic_shared_memory_type=mmap -c max_wal_size=4GB -c jit=off -c timezone=UTC \
		-c log_min_messages=fatal -c autovacuum_naptime=10min \
		-c fsync="$fsync" -c full_page_writes="$fsync" -c synchronous_commit="$fsync" \
		>>"$dir/log" 2>&1 </dev/null
	: >"$dir/exited"
} &

read -r _ # returns at end of file: the test process has ended

# Ask until it is gone: it may not have written its pid yet. Immediate shutdown, since nothing is kept.
tries=0
while [ ! -e "$dir/exited" ] && [ "$tries" -lt 200 ]; do
	if [ -s "$dir/data/postmaster.pid" ]; then
		kill -QUIT "$(head -n 1 "$dir/data/postmaster.pid")" 2>/dev/null
	fi
	sleep 0.05
	tries=$((tries + 1))
done
rm -rf "$dir"
