# Makes a cluster, runs its server and takes both away when standard input ends.
#
# Usage: supervisor.sh FOLDER BIN PORT [words before a command that change the user]
#
# Standard input is a pipe from the starter. It ends however the starter ends, also by
# SIGKILL, so nothing is left behind. Signals are for the starter: this script has to
# outlive it by the moment that cleaning up takes.

trap '' HUP INT TERM PIPE
folder=$1 bin=$2 port=$3
shift 3

server=
finish() {
    if [ -n "$server" ]; then
        # Immediately: the data is thrown away, so nothing need be written first.
        kill -QUIT "$server" 2>/dev/null
        wait "$server"
    fi
    rm -rf "$folder"
    exit "$1"
}

fail() {
    tail -n 20 "$folder/log" >&2
    finish 1
}

cd "$folder" || exit 1
"$@" "$bin/initdb" --pgdata="$folder/data" --locale=C --encoding=UTF8 --no-instructions \
    --username=bailiwick --pwfile="$folder/password" \
    --auth=scram-sha-256 >"$folder/log" 2>&1 || fail

"$@" "$bin/postgres" -D "$folder/data" \
    -c listen_addresses=127.0.0.1 -c port="$port" -c unix_socket_directories= \
    -c ssl=on -c ssl_cert_file="$folder/server.pem" -c ssl_key_file="$folder/server.key" \
    -c max_connections=300 -c shared_buffers=32MB -c fsync=on >>"$folder/log" 2>&1 &
server=$!

tries=0
until "$bin/pg_isready" --quiet --host=127.0.0.1 --port="$port"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 600 ] || ! kill -0 "$server" 2>/dev/null; then
        fail
    fi
    sleep 0.1
done

echo ready
cat >/dev/null
finish 0
