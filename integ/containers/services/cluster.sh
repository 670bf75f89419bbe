#!/bin/sh
# Redis in cluster mode: three masters, each with a third of the slots, on ports 7001 to 7003 of one container.
set -eu
address=$(hostname -i | cut -d ' ' -f 1)
nodes=''
for port in 7001 7002 7003; do
  mkdir -p "/nodes/$port"
  (cd "/nodes/$port" && redis-server --port "$port" --cluster-enabled yes --protected-mode no --save '' --daemonize yes)
  nodes="$nodes $address:$port"
done
until redis-cli -p 7003 PING; do sleep 0.1; done
# shellcheck disable=SC2086
redis-cli --cluster create $nodes --cluster-yes
exec sleep infinity
