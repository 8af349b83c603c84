#!/bin/sh
# Makes docker/secrets/ with passwords and a key that nobody has seen. Run it once; what exists is never replaced.
set -eu
cd "$(dirname "$0")"
secrets=${SECRETS:-secrets}

# The folder keeps this machine's other accounts out; the files must be read by each container's own account.
umask 022
mkdir -p "$secrets"
chmod 700 "$secrets"

keep() {
    [ -e "$secrets/$1" ] || printf '%s' "$2" >"$secrets/$1"
}

random() {
    od -An -N32 -tx1 /dev/urandom | tr -d ' \n'
}

keep postgres_password "$(random)"
keep owner_password "$(random)"
keep application_password "$(random)"
keep secret_key "$(random)$(random)"
keep database_url "postgresql://first_bell:$(cat "$secrets/application_password")@postgres:5432/first_bell"
keep database_owner_url "postgresql://first_bell_owner:$(cat "$secrets/owner_password")@postgres:5432/first_bell"
keep email_url "consolemail://"
echo "The secrets stand in $secrets. Put the mail server into $secrets/email_url, e.g. smtp+tls://user:password@host:587"
