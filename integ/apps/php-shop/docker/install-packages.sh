#!/bin/sh
# Installs nginx and PHP with what the distribution at hand offers, and gives PHP's programs the same names on each.
set -eu

install_on_debian() {
  apt-get update
  DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
    ca-certificates nginx php-cli php-fpm php-mysql php-redis
  rm -rf /var/lib/apt/lists/*
  ln -s /usr/sbin/php-fpm8* /usr/local/bin/php-fpm
}

# Alpine has the PHP version in each package's name: take the newest that brings the Redis extension.
install_on_alpine() {
  for version in 85 84 83 82; do
    if apk add --no-cache --simulate "php$version-fpm" "php$version-pecl-redis" > /dev/null 2>&1; then break; fi
  done
  apk add --no-cache ca-certificates nginx "php$version" "php$version-fpm" "php$version-openssl" \
    "php$version-pdo_mysql" "php$version-pecl-redis" "php$version-session"
  # Its own package until PHP 8.5, which has the cache built in.
  apk add --no-cache "php$version-opcache" || test "$version" = 85
  mkdir -p /usr/local/bin
  ln -sf "/usr/sbin/php-fpm$version" /usr/local/bin/php-fpm
  ln -sf "/usr/bin/php$version" /usr/local/bin/php
}

if command -v apt-get > /dev/null; then
  install_on_debian
elif command -v apk > /dev/null; then
  install_on_alpine
else
  echo 'The base image must be a Debian or an Alpine: it has neither apt-get nor apk' >&2
  exit 1
fi
