#!/bin/sh
# Creates the namespace of the monitors unless it exists. Needs TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and RETENTION: how
# long the histories of ended runs are kept. Audit and notifications are in Lowwater's own tables, so a few days are enough.
set -eu

# A server that accepts connections may need some time before it serves.
tries=30
until temporal operator cluster health --address "$TEMPORAL_ADDRESS"; do
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] || { echo "Temporal at $TEMPORAL_ADDRESS is not healthy" >&2; exit 1; }
  sleep 2
done

if temporal operator namespace describe --address "$TEMPORAL_ADDRESS" --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  echo "namespace $TEMPORAL_NAMESPACE is there"
else
  temporal operator namespace create --address "$TEMPORAL_ADDRESS" --namespace "$TEMPORAL_NAMESPACE" --retention "$RETENTION"
fi
