#!/bin/sh
# Runs once, when the volume is new: a role and its databases for Lowwater, and others for Temporal, so that neither can
# read what is the other's and each can be moved or restored alone.
set -eu

psql --username postgres --dbname postgres --set ON_ERROR_STOP=1 \
  --set lowwater_password="$LOWWATER_DB_PASSWORD" --set temporal_password="$TEMPORAL_DB_PASSWORD" <<'SQL'
create role lowwater login password :'lowwater_password';
-- Rows are protected by row-level security: the service works in these roles, which own nothing.
create role lowwater_service nologin;
create role lowwater_reseller nologin;
create role lowwater_client nologin;
grant lowwater_service, lowwater_reseller, lowwater_client to lowwater;
create role temporal login password :'temporal_password';
create database lowwater owner lowwater;
create database temporal owner temporal;
create database temporal_visibility owner temporal;
revoke connect on database lowwater, temporal, temporal_visibility from public;
SQL
