-- Open pages receive every change on one channel: which thing changed, never what it is now. The transaction's own
-- NOTIFY, so that a change that was rolled back notifies no page. src/api/stream/changes.ts reads the payload:
-- `<type> <id> <client or -> <reseller or ->`.
--
-- Plain charges are missing here: commits that NOTIFY wait for each other, and the ledger must not. The API process
-- collects their clients and sends them on the same channel, once a second (src/api/stream/ledger-changes.ts).
create function notify_change() returns trigger language plpgsql as $$
declare
  -- arguments: the type, then expressions over the row `$1`: id, client, reseller
  statement text := format(
    'select pg_notify(''lowwater_changes'', concat_ws('' '', %L, %s, coalesce((%s)::text, ''-''), coalesce((%s)::text, ''-'')))',
    tg_argv[0], tg_argv[1], tg_argv[2], tg_argv[3]);
begin
  if tg_op = 'DELETE' then execute statement using old; else execute statement using new; end if;
  return null;
end $$;

do $$
declare
  change record;
begin
  for change in
    select * from (values
      -- table, event, condition, type, id, client, reseller
      ('clients', 'insert or update', 'true', 'client.changed', '$1.id', '$1.id', 'null'),
      -- A check with the result of the one before moves only its times, which a page counts down without events.
      ('monitors', 'update', 'old.published_at is distinct from new.published_at',
        'client.changed', '$1.client_id', '$1.client_id', 'null'),
      -- A payment, or a balance that reached a threshold: these commits notify the dispatcher anyway. A change of the
      -- fleet moves no balance itself.
      ('outbox', 'insert or update of next_attempt_at',
        'new.attempts = 0 and new.kind = ''balanceChanged'' and new.origin = ''client''',
        'client.changed', '$1.client_id', '$1.client_id', 'null'),
      -- The balance of an external source, also where the monitor has no news. The ledger's own updates do not name the
      -- column and fire no trigger.
      ('balances', 'update of source_live', 'old.source_live is distinct from new.source_live',
        'client.changed', '$1.client_id', '$1.client_id', 'null'),
      ('invoices', 'insert or update or delete', 'true', 'client.changed', '$1.client_id', '$1.client_id', 'null'),
      ('notifications', 'insert', 'true', 'notification.changed', '$1.id', '$1.client_id', 'null'),
      ('notifications', 'update', 'old.status is distinct from new.status and new.status <> ''pending''',
        'notification.changed', '$1.id', '$1.client_id', 'null'),
      ('deliveries', 'update of status',
        'old.status <> new.status and new.status not in (''claimed'', ''sending'', ''transmitted'')',
        'notification.changed', '$1.notification_id',
        'select client_id from notifications where id = $1.notification_id', 'null'),
      ('profiles', 'insert or update or delete', 'true', 'profile.changed', '$1.id', 'null', '$1.reseller_id'),
      ('client_templates', 'insert or update or delete', 'true', 'client_template.changed', '$1.id', 'null',
        '$1.reseller_id'),
      ('temporary_credits', 'insert or update', 'true', 'credit.changed', '$1.id', '$1.client_id', 'null'),
      ('credit_requests', 'insert or update', 'true', 'request.changed', '$1.id', '$1.client_id', 'null'),
      ('audit', 'insert', 'true', 'audit.created', '$1.id', '$1.client_id', '$1.reseller_id'),
      -- A job is updated once per batch, not once per row.
      ('jobs', 'insert or update', 'true', 'job.changed', '$1.id', 'null', '$1.reseller_id'),
      ('events', 'insert', 'true', 'event.changed', '$1.id', '$1.client_id', '$1.reseller_id'),
      -- Repeats notify no more than once per second: thousands of monitors may lack the same rate.
      ('events', 'update',
        'old.resolved_at is distinct from new.resolved_at or new.last_at >= old.last_at + interval ''1 second''',
        'event.changed', '$1.id', '$1.client_id', '$1.reseller_id'),
      -- With the id of the endpoint: its page shows its deliveries.
      ('webhook_deliveries', 'insert', 'true', 'webhook.changed', '$1.endpoint_id', 'null',
        'select reseller_id from webhook_endpoints where id = $1.endpoint_id'),
      ('webhook_deliveries', 'update of status, response_status, error, next_attempt_at',
        'old.status <> new.status or old.lease_until is not null and new.lease_until is null',
        'webhook.changed', '$1.endpoint_id', 'null',
        'select reseller_id from webhook_endpoints where id = $1.endpoint_id'),
      -- What ends open streams: the right by which they were opened has ended, or is another one.
      ('api_keys', 'update of revoked_at, expires_at, scopes, reseller_id, owner_id', 'true',
        'key.changed', '$1.id', 'null', 'null'),
      ('users', 'update of status, role, reseller_id',
        '(old.status, old.role, old.reseller_id) is distinct from (new.status, new.role, new.reseller_id)',
        'user.changed', '$1.id', 'null', 'null'),
      ('sessions', 'delete', 'true', 'session.ended', '$1.id', 'null', 'null')
    ) as list (table_name, fires, condition, type, id, client, reseller)
  loop
    execute format(
      'create trigger %I after %s on %I for each row when (%s) execute function notify_change(%L, %L, %L, %L)',
      change.table_name || '_notify_' || split_part(change.fires, ' ', 1), change.fires, change.table_name,
      change.condition, change.type, change.id, change.client, change.reseller);
  end loop;
end $$;
