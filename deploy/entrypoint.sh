#!/bin/sh
# The product's command, with the password of the database out of its secret: libpq reads no file
# that others may read, and a password in the settings would show in `docker inspect`.
set -eu
if [ -r /run/secrets/postgres_password ]; then
    PGPASSWORD=$(cat /run/secrets/postgres_password)
    export PGPASSWORD
fi
exec query-room "$@"
