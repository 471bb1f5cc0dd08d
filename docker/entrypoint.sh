#!/bin/sh
# The image's commands. Each process replaces this shell, so that it receives the signals.
set -eu
command="${1:-}"
[ $# -gt 0 ] && shift
case "$command" in
  api) exec node dist/api/main.js "$@" ;;
  worker) exec node dist/activities/main.js "$@" ;;
  migrate) exec node tools/migrate.mjs "$@" ;;
  reconcile) exec node dist/activities/reconcile-main.js "$@" ;;
  verify-histories) exec node dist/activities/verify-histories-main.js "$@" ;;
  prune) exec node dist/activities/prune-main.js "$@" ;;
  # For trials:
  sandbox) exec node dist/registers/sandbox/main.js "$@" ;;
  sample-data) exec node dist/tools/sample-data.js "$@" ;;
  tokens) exec node dist/tools/tokens.js "$@" ;;
esac
echo "usage: api | worker | migrate [--create] | reconcile | verify-histories | prune | sandbox | sample-data | tokens [--role <role>]" >&2
exit 64
