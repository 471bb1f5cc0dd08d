#!/bin/sh
# Creates or upgrades Temporal's own two databases. A second run changes nothing.
set -eu
export SQL_PASSWORD="$POSTGRES_PWD"
for store in temporal visibility; do
  database=$([ "$store" = temporal ] && echo temporal || echo temporal_visibility)
  tool() {
    temporal-sql-tool --plugin postgres12 --ep "$POSTGRES_SEEDS" -p 5432 -u "$POSTGRES_USER" --db "$database" "$@"
  }
  tool create
  tool setup-schema -v 0.0
  tool update-schema -d "/etc/temporal/schema/postgresql/v12/$store/versioned"
done
