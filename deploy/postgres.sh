#!/bin/bash
# Runs once, when the database is founded: an account that owns the product's database and may do
# nothing with any other. Its password comes from a secret, past every command line.
set -euo pipefail
psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'EOSQL'
\set password `cat /run/secrets/postgres_password`
CREATE ROLE query_room LOGIN PASSWORD :'password';
CREATE DATABASE query_room OWNER query_room;
REVOKE CONNECT ON DATABASE query_room FROM PUBLIC;
EOSQL
