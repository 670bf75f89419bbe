#!/bin/sh
# Redis on the declared port, by TLS only, with the declared user only. The authority that signs its certificate is made
# here and now: its key lives and dies with this container, and its name is like no other's, since a shop trusts several.
set -eu
install -d -m 700 /tls
cd /tls
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=Authority of $(hostname)" \
  -keyout ca.key -out ca.crt 2> /dev/null
openssl req -newkey rsa:2048 -nodes -subj "/CN=sessions" -keyout redis.key -out redis.csr 2> /dev/null
echo "subjectAltName=DNS:$SESSION_HOST" > redis.ext
openssl x509 -req -in redis.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile redis.ext -out redis.crt 2> /dev/null

# By its hash, so that no character of the password means anything to the configuration's syntax.
hash=$(printf %s "$SESSION_PASSWORD" | sha256sum | cut -d ' ' -f 1)

# The user of an AUTH token is the default one; anyone else has a name, and the default one is shut out.
shut=''
test "$SESSION_USER" = default || shut='user default off'

# Who looks after the store as ElastiCache itself does, from within.
keeper=$(openssl rand -hex 16)
echo "$keeper" > keeper

cat > redis.conf <<CONFIGURATION
port 0
unixsocket /tls/redis.sock
unixsocketperm 700
user keeper on ~* &* +@all >$keeper
tls-port $SESSION_PORT
tls-cert-file /tls/redis.crt
tls-key-file /tls/redis.key
tls-auth-clients no
tls-ca-cert-file /tls/ca.crt
protected-mode no
save ""
$shut
user $SESSION_USER $SESSION_ACCESS #$hash
CONFIGURATION

# One that ends is away for a while; then there is another, with nothing in it.
while true; do
  redis-server redis.conf || true
  sleep 4
done
