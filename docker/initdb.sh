#!/bin/bash
# Makes the two roles and the database, once, when PostgreSQL's container makes its cluster.
set -euo pipefail
secrets=${SECRETS:-/run/secrets}

# psql quotes what it is handed as a variable; `\getenv` keeps the passwords out of the list of processes.
OWNER_PASSWORD=$(<"$secrets/owner_password") APPLICATION_PASSWORD=$(<"$secrets/application_password") \
    psql -X -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv owner OWNER_PASSWORD
\getenv application APPLICATION_PASSWORD
CREATE ROLE first_bell_owner LOGIN PASSWORD :'owner';
CREATE ROLE first_bell LOGIN PASSWORD :'application';
CREATE DATABASE first_bell OWNER first_bell_owner
    ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' TEMPLATE template0;
SQL
