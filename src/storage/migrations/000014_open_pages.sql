-- What open pages are told of: that something changed, never what it is now. The transaction's own NOTIFY, so that nothing
-- is told that was rolled back. Plain charges tell nothing here: every NOTIFY of a commit waits for those of all others,
-- and the ledger must not; the API tells of them once a second (src/api/stream).
create function tell_change(kind text, id bigint, client_id bigint, reseller_id bigint) returns void
language sql as $$
  select pg_notify('lowwater_changes', concat_ws(' ', kind, id, coalesce(client_id::text, '-'), coalesce(reseller_id::text, '-')))
$$;

create function tell_client() returns trigger language plpgsql as $$
begin
  perform tell_change('client.changed', new.id, new.id, null);
  return null;
end $$;
create trigger clients_tell after insert or update on clients for each row execute function tell_client();

create function tell_client_of_row() returns trigger language plpgsql as $$
begin
  perform tell_change('client.changed', new.client_id, new.client_id, null);
  return null;
end $$;
-- A check that says the same as the one before moves only its times, which a page counts down by itself.
create trigger monitors_tell after update on monitors for each row
  when (old.published_at is distinct from new.published_at) execute function tell_client_of_row();
-- A payment, or a balance that passed a threshold: these commits notify the dispatcher anyway. A change of the fleet
-- moves no balance itself.
create trigger outbox_tell after insert or update of next_attempt_at on outbox for each row
  when (new.attempts = 0 and new.kind = 'balanceChanged' and new.origin = 'client') execute function tell_client_of_row();

create function tell_notification() returns trigger language plpgsql as $$
begin
  perform tell_change('notification.changed', new.id, new.client_id, null);
  return null;
end $$;
create trigger notifications_tell_new after insert on notifications for each row execute function tell_notification();
create trigger notifications_tell after update on notifications for each row
  when (old.status is distinct from new.status and new.status <> 'pending')
  execute function tell_notification();
create function tell_delivery() returns trigger language plpgsql as $$
begin
  perform tell_change('notification.changed', new.notification_id, n.client_id, null)
  from notifications n where n.id = new.notification_id;
  return null;
end $$;
create trigger deliveries_tell after update of status on deliveries for each row
  when (old.status <> new.status and new.status not in ('claimed', 'sending', 'transmitted'))
  execute function tell_delivery();

create function tell_profile() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    perform tell_change('profile.changed', old.id, null, old.reseller_id);
  else
    perform tell_change('profile.changed', new.id, null, new.reseller_id);
  end if;
  return null;
end $$;
create trigger profiles_tell after insert or update or delete on profiles for each row execute function tell_profile();

create function tell_credit() returns trigger language plpgsql as $$
begin
  perform tell_change('credit.changed', new.id, new.client_id, null);
  return null;
end $$;
create trigger temporary_credits_tell after insert or update on temporary_credits
  for each row execute function tell_credit();

create function tell_audit() returns trigger language plpgsql as $$
begin
  perform tell_change('audit.created', new.id, new.client_id, new.reseller_id);
  return null;
end $$;
create trigger audit_tell after insert on audit for each row execute function tell_audit();

create function tell_event() returns trigger language plpgsql as $$
begin
  perform tell_change('event.changed', new.id, new.client_id, new.reseller_id);
  return null;
end $$;
create trigger events_tell_new after insert on events for each row execute function tell_event();
-- Repeats notify at most once per second: thousands of monitors may lack the same rate.
create trigger events_tell after update on events for each row
  when (old.resolved_at is distinct from new.resolved_at or new.last_at >= old.last_at + interval '1 second')
  execute function tell_event();
-- A balance that moved is seen by open pages, also where the monitor has nothing new to say of it. The ledger's own
-- updates do not name the column and ask nothing here.
create trigger balances_tell after update of source_live on balances for each row
  when (old.source_live is distinct from new.source_live) execute function tell_client_of_row();
