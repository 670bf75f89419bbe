#!/bin/sh
# MariaDB on the declared port. The proof makes the declared database and user when the server answers.
set -eu
install -d -o mysql /run/mysqld
exec mariadbd --user=mysql --port="$DB_PORT" --bind-address=0.0.0.0 --skip-name-resolve
