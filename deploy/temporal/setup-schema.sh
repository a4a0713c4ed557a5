#!/bin/sh
# Brings the two databases of Temporal to the schema of this version. Changes nothing where they have it already.
# The database's address comes from SQL_HOST, SQL_PORT, SQL_USER, SQL_PASSWORD and SQL_PLUGIN.
set -eu

schema=/etc/temporal/schema/postgresql/v12

for database in temporal temporal_visibility; do
  case $database in
    temporal) steps=$schema/temporal/versioned ;;
    *) steps=$schema/visibility/versioned ;;
  esac
  temporal-sql-tool --database "$database" setup-schema --version 0.0
  temporal-sql-tool --database "$database" update-schema --schema-dir "$steps"
done
