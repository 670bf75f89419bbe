#!/bin/sh
# Runs PHP-FPM and nginx as one unit: both end when either dies, and both drain when the container is asked to stop.
set -eu

# The platform says how PHP keeps its sessions; without it they would be on this container's disk. The text names variables,
# which PHP-FPM reads for itself: no password is written.
: "${SESSION_PHP_INI:?the session configuration is not set}"
mkdir -p /tmp/conf.d
printf '%s' "$SESSION_PHP_INI" > /tmp/conf.d/session.ini
# The distribution's own folder first, as without this.
export PHP_INI_SCAN_DIR=:/tmp/conf.d

php-fpm --fpm-config /app/docker/php-fpm.conf -c /app/docker/php.ini &
fpm=$!
nginx -e stderr -c /app/docker/nginx.conf &
nginx=$!

# nginx first: it takes no new connection and ends once the requests under way are answered, so PHP is idle by then.
drain() {
  trap '' TERM INT
  kill -QUIT "$nginx" && wait "$nginx" || true
  kill -QUIT "$fpm" && wait "$fpm" || true
  exit 0
}
trap drain TERM INT

# POSIX shells cannot wait for whichever of two children ends first; `wait` on a sleep lets the trap run at once.
while kill -0 "$nginx" 2> /dev/null && kill -0 "$fpm" 2> /dev/null; do
  sleep 1 &
  wait $!
done
echo 'nginx or PHP-FPM ended by itself: stopping the container' >&2
kill "$nginx" "$fpm" 2> /dev/null || true
exit 1
