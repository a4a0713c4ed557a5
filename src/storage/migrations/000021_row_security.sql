-- Row-level security, under the scope helpers of the queries (src/storage/system/tenancy.ts), which say the same.
--
-- lowwater_service: the service itself and callers of the operator. All rows, so that its plans stay as they are.
-- lowwater_reseller: callers of a reseller. The rows of the reseller in the setting `lowwater.reseller_id` and of its
--   sub-resellers, and what these inherit from above, to read; none while the setting is empty.
-- lowwater_client: users of the client panel. The rows of the client in the setting `lowwater.client_id`, of these what the
--   panel shows, and none while the setting is empty. What is not listed for it below, it can't even name.
-- The migration runner creates these roles (src/storage/system/database-roles.ts). None owns or logs in.

-- Returns the reseller on whose behalf the transaction runs; null: none.
create function scope_reseller() returns bigint language sql stable parallel safe
return nullif(current_setting('lowwater.reseller_id', true), '')::bigint;

-- Returns the client on whose behalf the transaction of a panel user runs; null: none.
create function scope_client() returns bigint language sql stable parallel safe
return nullif(current_setting('lowwater.client_id', true), '')::bigint;

-- Returns the addresses that are, or were, the client's own: a notice to another address is not shown to it. As the owner,
-- because the policies of deliveries call it.
create function scope_client_addresses() returns text[]
language sql stable parallel safe security definer set search_path from current
begin atomic
  select array(
    select lower(own.address) from clients c,
      unnest(array[c.billing_email, c.main_email, c.noc_email, c.rates_email]) as own (address)
    where c.id = scope_client() and own.address is not null
    union
    select lower(e.old_email) from billing_email_changes e
    where e.client_id = scope_client() and e.status = 'applied' and e.old_email is not null);
end;

-- Returns whether a payment gateway serves the client of a panel user, who sees nothing else of it. As the owner, because
-- gateways are closed to panel users.
create function scope_client_has_gateway() returns boolean
language sql stable parallel safe security definer set search_path from current
begin atomic
  select exists (
    select 1 from clients c join resellers r on r.id = c.reseller_id
    join payment_gateways g on g.reseller_id = any (r.path) and g.active
    where c.id = scope_client());
end;

-- Returns the resellers above the scope, and itself: their names and profiles are read for clients below. A manager
-- also has clients of resellers that are not above it. As the owner, because the policies of resellers call it.
create function scope_above() returns bigint[]
language sql stable parallel safe security definer set search_path from current
begin atomic
  select scope.path || coalesce((
    select array_agg(distinct above.id)
    from clients c join resellers owner on owner.id = c.reseller_id, unnest(owner.path) as above (id)
    where scope.kind = 'manager' and c.manager_id = scope.id), '{}')
  from resellers scope where scope.id = scope_reseller();
end;

-- Returns which of these ids of payments are in use within a reseller, also by clients that the scope does not see: such
-- an id is refused instead of failing at the unique index. A manager sees only some clients of its reseller, and no
-- reseller sees a client that was moved away.
create function payment_ids_in_use(reseller bigint, ids text[]) returns setof text
language sql stable parallel safe security definer set search_path from current
begin atomic
  select e.external_id from ledger_entries e join clients c on c.id = e.client_id
  where e.kind = 'payment' and e.external_id = any (ids) and (e.reseller_id = reseller or c.reseller_id = reseller);
end;

-- Raises the version of every profile that notifies a user, so that monitors read it again, and signals the monitors of
-- its clients: also those that the scope does not see, for a profile of a reseller above may notify the user. Returns how
-- many clients there are. It writes the rows that enqueueSignalWhere (src/storage/monitoring/outbox.ts) writes.
create function signal_profiles_notifying(who bigint) returns bigint
language sql security definer set search_path from current
begin atomic
  update profiles set version = version + 1, updated_at = now()
  where id in (select k.profile_id from profile_rules k where k.user_ids @> array[who]);
  with signaled as (
    insert into outbox (client_id, kind, origin)
    select c.id, 'configurationChanged', 'fleet'
    from clients c
    where c.status <> 'deleted'
      and c.profile_id in (select k.profile_id from profile_rules k where k.user_ids @> array[who])
    order by c.id
    on conflict (client_id, kind, origin) where attempts = 0
    do update set next_attempt_at = least(outbox.next_attempt_at, excluded.next_attempt_at)
    returning 1)
  select count(*) from signaled;
end;

-- Returns whether a profile notifies a user, also one that the scope does not see: such a user is not deleted, for the
-- profile would name an id that notifies no one.
create function is_notified_by_profile(who bigint) returns boolean
language sql stable parallel safe security definer set search_path from current
begin atomic
  select exists (select 1 from profile_rules k where k.user_ids @> array[who]);
end;

do $$
declare
  subtree constant text := 'in (select below.id from resellers below where below.path @> array[scope_reseller()])';
  own constant text := 'reseller_id ' || subtree;
  of_user constant text := 'exists (select 1 from users u where u.id = user_id and u.reseller_id ' || subtree || ')';
  client constant text := 'exists (select 1 from clients c where c.id = client_id)';
  company constant text := 'exists (select 1 from companies p where p.id = company_id)';
  client_or_company constant text := format('case when company_id is not null then %s else %s end', company, client);
  client_or_own constant text := format('case when client_id is not null then %s else %s end', client, own);
  entry record;
begin
  for entry in
    select * from (values
      -- table, rows of the scope, rows that it may read besides, privileges of the service, privileges of resellers
      ('resellers', 'path @> array[scope_reseller()]',
        'id = any ((select scope_above())::bigint[]) or (kind = ''manager'' and parent_id = any ((select scope_above())::bigint[]))',
        'select, insert, update', 'select, insert, update'),
      ('reseller_entries', own, null, 'select, insert', 'select, insert'),
      ('users', own, 'id in (select unnest(k.user_ids) from profile_rules k)',
        'select, insert, update, delete', 'select, insert, update, delete'),
      ('api_keys', own, null, 'select, insert, update', 'select, insert, update'),
      ('sessions', of_user, null,
        'select, insert, update, delete', 'select, delete'),
      ('account_emails', format('case when client_id is not null then %s else %s end', client, of_user), null,
        'select, insert, update, delete', 'select, insert, update'),
      ('second_factors', of_user, null, 'select, insert, update, delete', 'select, insert, update, delete'),
      ('recovery_codes', of_user, null, 'select, insert, update, delete', 'select, insert, update, delete'),
      ('login_challenges', of_user, null, 'select, insert, delete', 'select, delete'),
      ('profiles', own, 'reseller_id = any ((select scope_above())::bigint[])',
        'select, insert, update, delete', 'select, insert, update, delete'),
      ('profile_rules', 'exists (select 1 from profiles p where p.id = profile_id and p.reseller_id ' || subtree || ')',
        'exists (select 1 from profiles p where p.id = profile_id)',
        'select, insert, update, delete', 'select, insert, update, delete'),
      -- Also those of resellers above, which profiles below notify.
      ('notification_channels', own, 'reseller_id = any ((select scope_above())::bigint[])',
        'select, insert, update, delete', 'select, insert, update, delete'),
      -- Also those of resellers above, which silence clients below.
      ('silences', own, 'reseller_id = any ((select scope_above())::bigint[])',
        'select, insert, update', 'select, insert, update'),
      ('payment_terms', own, 'reseller_id = any ((select scope_above())::bigint[])',
        'select, insert, update, delete', 'select, insert, update, delete'),
      ('tax_profiles', own, 'reseller_id = any ((select scope_above())::bigint[])',
        'select, insert, update, delete', 'select, insert, update, delete'),
      ('customer_classes', own, 'reseller_id = any ((select scope_above())::bigint[])',
        'select, insert, update, delete', 'select, insert, update, delete'),
      ('invoice_templates', own, 'reseller_id = any ((select scope_above())::bigint[])',
        'select, insert, update, delete', 'select, insert, update, delete'),
      -- Also those on invoices of clients that came from another reseller.
      ('invoice_logos', own,
        'reseller_id = any ((select scope_above())::bigint[]) or exists (select 1 from invoice_documents d where d.logo_id = invoice_logos.id)',
        'select, insert', 'select, insert'),
      ('client_templates', own, 'reseller_id = any ((select scope_above())::bigint[])',
        'select, insert, update, delete', 'select, insert, update, delete'),
      ('clients', format('(reseller_id %s or manager_id %s)', subtree, subtree), null,
        'select, insert, update', 'select, insert, update'),
      ('panel_passwords', client, null, 'select, insert, update, delete', 'select, insert, update, delete'),
      ('panel_sessions', client, null, 'select, insert, update, delete', 'select, delete'),
      ('billing_email_changes', client, null, 'select, insert, update, delete', 'select, update'),
      ('saved_views', own, null, 'select, insert, update, delete', 'select, insert, update, delete'),
      ('accounts', client, null, 'select, insert, update', 'select, insert, update'),
      -- Seen by who sees both of its clients.
      ('transfers', '(select count(*) from clients c where c.id in (from_client_id, to_client_id)) = case when from_client_id = to_client_id then 1 else 2 end',
        null, 'select, insert', 'select, insert'),
      ('ledger_entries', client, null, 'select, insert', 'select, insert'),
      ('balances', client, null, 'select, insert, update', 'select, insert, update'),
      ('charge_days', client, null, 'select, insert, update, delete', 'select, insert, update'),
      ('invoice_sequences', own, null, 'select, insert, update', 'select, insert, update'),
      ('invoice_counters', 'exists (select 1 from invoice_sequences s where s.id = sequence_id)', null,
        'select, insert, update', 'select, insert, update'),
      ('removed_invoice_numbers', 'exists (select 1 from invoice_sequences s where s.id = sequence_id)', null, 'select', 'select'),
      ('invoices', client, null, 'select, insert, update, delete', 'select, insert, update, delete'),
      ('invoice_lines', 'exists (select 1 from invoices i where i.id = invoice_id)', null,
        'select, insert, delete', 'select, insert, delete'),
      ('invoice_documents', 'exists (select 1 from invoices i where i.id = invoice_id)', null,
        'select, insert', 'select, insert'),
      ('invoice_emails', 'exists (select 1 from invoices i where i.id = invoice_id)', null,
        'select, insert, update', 'select, insert'),
      ('credits', client, null, 'select, insert, update', 'select, insert, update'),
      ('allocations', client, null, 'select, insert, delete', 'select, insert, delete'),
      ('reversals', client, null, 'select, insert', 'select, insert'),
      ('temporary_credits', client, null, 'select, insert, update', 'select, insert, update'),
      ('credit_limit_history', client, null, 'select, insert', 'select, insert'),
      ('credit_requests', client, null, 'select, insert, update', 'select, insert, update'),
      ('outbox', client, null, 'select, insert, update, delete', 'select, insert, update'),
      ('monitors', client, null, 'select, insert, update', 'select, insert, update'),
      ('stuck_monitors', client, null, 'select, insert, update, delete', 'select'),
      ('checks', client, null, 'select, insert, delete', 'select'),
      ('capacity_changes', client, null, 'select, insert, delete', 'select'),
      ('balance_faults', client, null, 'select, insert, update, delete', 'select'),
      ('companies', own, null, 'select, insert, update', 'select, insert, update'),
      ('company_sides', company, null, 'select, insert, update', 'select, insert, update'),
      ('company_entries', company, null, 'select, insert', 'select, insert'),
      ('notifications', client_or_company, null, 'select, insert, update', 'select'),
      -- Mail providers report bounces in the scope of the reseller whose webhook source they sign for.
      ('deliveries', 'exists (select 1 from notifications n where n.id = notification_id)', null,
        'select, insert, update', 'select, update (bounced_at, bounce_status, bounce_detail)'),
      ('bounced_addresses', own, null, 'select, insert, update, delete', 'select, insert, update'),
      ('delivery_attempts', 'exists (select 1 from deliveries d where d.id = delivery_id)', null,
        'select, insert, update', 'select'),
      ('mail_templates', own, 'reseller_id = any ((select scope_above())::bigint[])',
        'select, insert, update, delete', 'select, insert, update, delete'),
      ('mail_template_versions', 'exists (select 1 from mail_templates t where t.id = template_id and t.reseller_id ' || subtree || ')', null,
        'select, insert', 'select, insert'),
      ('test_emails', of_user, null, 'select, insert, update, delete', 'select, insert'),
      ('webhook_sources', own, null, 'select, insert, update, delete', 'select, insert, update, delete'),
      ('webhook_messages', 'exists (select 1 from webhook_sources s where s.id = source_id)', null,
        'select, insert, delete', 'select, insert'),
      ('payment_gateways', own, 'reseller_id = any ((select scope_above())::bigint[])',
        'select, insert, update, delete', 'select, insert, update, delete'),
      ('gateway_messages', 'exists (select 1 from payment_gateways g where g.id = gateway_id and g.reseller_id ' || subtree || ')', null,
        'select, insert, delete', 'select, insert'),
      ('auto_payments', client, null, 'select, insert, update', 'select, insert, update'),
      ('card_registrations', client, null, 'select, insert, update, delete', 'select, insert, update'),
      ('card_payments', client, null, 'select, insert, update', 'select, insert, update'),
      ('reinstatements', client, null, 'select, insert', 'select, insert'),
      ('events', client_or_own, null, 'select, insert, update, delete', 'select, insert, update'),
      ('webhook_endpoints', own, null, 'select, insert, update, delete', 'select, insert, update, delete'),
      ('webhook_deliveries', 'exists (select 1 from webhook_endpoints e where e.id = endpoint_id)', null,
        'select, insert, update, delete', 'select, insert, update'),
      ('webhook_attempts', 'exists (select 1 from webhook_deliveries d where d.id = delivery_id)', null,
        'select, insert, update, delete', 'select'),
      ('webhook_sequences', 'exists (select 1 from webhook_endpoints e where e.id = endpoint_id)', null,
        'select, insert, update', 'select'),
      ('jobs', own, null, 'select, insert, update, delete', 'select, insert, update'),
      ('job_rows', 'exists (select 1 from jobs j where j.id = job_id)', null,
        'select, insert, update, delete', 'select, insert, update'),
      ('imports', own, null, 'select, insert, update, delete', 'select, insert, update, delete'),
      ('import_rows', 'exists (select 1 from imports i where i.id = import_id)', null,
        'select, insert, update, delete', 'select, insert, update, delete'),
      ('audit', client_or_own, null, 'select, insert', 'select, insert'),
      ('request_log', own, null, 'select, insert, delete', 'select'),
      ('agreements', own, 'reseller_id = any ((select scope_above())::bigint[])',
        'select, insert, update, delete', 'select, insert, update, delete'),
      ('rate_tables', own, 'reseller_id = any ((select scope_above())::bigint[])',
        'select, insert, update, delete', 'select, insert, update, delete'),
      ('table_rates', 'exists (select 1 from rate_tables t where t.id = rate_table_id and t.reseller_id ' || subtree || ')',
        'exists (select 1 from rate_tables t where t.id = rate_table_id)',
        'select, insert, update, delete', 'select, insert, update, delete'),
      ('rate_imports', own, null, 'select, insert, update, delete', 'select, insert, update, delete'),
      ('rate_import_rows', 'exists (select 1 from rate_imports i where i.id = import_id)', null,
        'select, insert, update, delete', 'select, insert, update, delete'),
      ('rate_notifications', client, null, 'select, insert, update', 'select, insert, update'),
      ('rate_notification_files', 'exists (select 1 from rate_notifications n where n.id = rate_notification_id)', null,
        'select, insert, update', 'select, insert'),
      -- Of the whole installation: no row belongs to a reseller.
      ('exchange_rates', null, null, 'select, insert, update, delete', 'select'),
      ('balance_source', null, null, 'select, update', 'select'),
      ('login_throttles', null, null, 'select, insert, update, delete', 'select, delete'),
      ('login_settings', null, null, 'select, update', 'select'),
      ('task_intervals', null, null, 'select, insert, update', null),
      ('installation_settings', null, null, 'select, update', 'select'),
      ('bounce_messages', null, null, 'select, insert, update, delete', null),
      ('openid_logins', null, null, 'select, insert, delete', null),
      ('idempotency_keys', null, null, 'select, insert, update, delete', null),
      ('fleet_signal_gate', null, null, 'select, update', null),
      ('processes', null, null, 'select, insert, update', null),
      ('schema_migrations', null, null, 'select', null)
    ) as list (table_name, in_scope, readable, service, reseller)
  loop
    execute format('grant %s on %I to lowwater_service', entry.service, entry.table_name);
    if entry.reseller is not null then
      execute format('grant %s on %I to lowwater_reseller', entry.reseller, entry.table_name);
    end if;
    continue when entry.in_scope is null;
    execute format('alter table %I enable row level security, force row level security', entry.table_name);
    execute format('create policy service on %I to lowwater_service using (true) with check (true)', entry.table_name);
    execute format('create policy scope on %I to lowwater_reseller using (%s) with check (%s)',
      entry.table_name, entry.in_scope, entry.in_scope);
    if entry.readable is not null then
      execute format('create policy inherited on %I for select to lowwater_reseller using (%s)',
        entry.table_name, entry.readable);
    end if;
  end loop;
end $$;

-- Ids of resellers are drawn before their row is written, because its path holds the id.
grant usage on sequence resellers_id_seq to lowwater_service, lowwater_reseller;

do $$
declare
  own constant text := 'client_id = scope_client()';
  entry record;
begin
  for entry in
    select * from (values
      -- table, rows of the client, privileges of panel users
      ('resellers', 'id = (select c.reseller_id from clients c where c.id = scope_client())',
        'select (id, parent_id, kind, name, path, locale, timezone)'),
      -- Shared statements look up who recorded something: here no one is found.
      ('users', 'false', 'select (id, reseller_id, name)'),
      ('api_keys', 'false', 'select (id, reseller_id, name)'),
      ('customer_classes', 'id = (select c.customer_class_id from clients c where c.id = scope_client())',
        'select (id, transfers_allowed)'),
      ('accounts', own, 'select, update (balance)'),
      ('transfers', 'from_client_id = scope_client() and to_client_id = scope_client()', 'select, insert'),
      ('ledger_entries', own, 'select, insert'),
      ('balances', own, 'select, update'),
      ('charge_days', own, 'select'),
      ('invoices', own || ' and status <> ''draft''', 'select'),
      ('invoice_lines', 'exists (select 1 from invoices i where i.id = invoice_id)', 'select'),
      ('invoice_documents', 'exists (select 1 from invoices i where i.id = invoice_id)', 'select'),
      ('invoice_logos', 'exists (select 1 from invoice_documents d where d.logo_id = invoice_logos.id)', 'select'),
      ('credits', own, 'select'),
      ('allocations', own, 'select'),
      ('reversals', own, 'select'),
      ('temporary_credits', own, 'select (id, client_id, seq, amount, currency, valid_from, valid_until, status)'),
      -- What is shown of a card and its payments. A panel user's card is charged by the service, in its own role.
      ('auto_payments', own, 'select (client_id, brand, last4, expires, registered_at, frozen_at)'),
      ('card_payments', own, 'select (id, client_id, origin, status, amount, currency, card_last4, decline_message, '
        || 'decline_hard, decided_at, not_before, sent_at, look_up_at, ended_at)'),
      ('outbox', own, 'select, insert, update'),
      -- The user notification is for staff.
      ('notifications', own || ' and rule <> ''user''', 'select'),
      ('deliveries', 'exists (select 1 from notifications n where n.id = notification_id) '
        || 'and channel_id is null and lower(recipient) = any ((select scope_client_addresses())::text[])',
        'select'),
      ('audit', own, 'insert'),
      ('panel_passwords', own, 'select, insert, update'),
      ('panel_sessions', own, 'select, delete'),
      ('billing_email_changes', own, 'select, insert, update'),
      ('account_emails', own, 'select, insert, update')
    ) as list (table_name, in_client, privileges)
  loop
    execute format('grant %s on %I to lowwater_client', entry.privileges, entry.table_name);
    execute format('create policy client on %I to lowwater_client using (%s) with check (%s)',
      entry.table_name, entry.in_client, entry.in_client);
  end loop;

  -- A client's own row, without what staff keep about it.
  execute format('grant select (%s) on clients to lowwater_client', (
    select string_agg(quote_ident(attname), ', ') from pg_attribute
    where attrelid = 'clients'::regclass and attnum > 0 and not attisdropped
      and attname not in ('owner_email', 'tags', 'routing_plan', 'external_id', 'profile_id', 'search')));
  grant update (company_name, main_email, noc_email, rates_email, billing_email, address, zip_code, warning_thresholds,
    notify_client, low_balance_threshold, version, updated_at) on clients to lowwater_client;
  create policy client on clients to lowwater_client using (id = scope_client()) with check (id = scope_client());

  grant select on balance_source, installation_settings to lowwater_client;
  grant select, delete on login_throttles to lowwater_client;

  -- All other tables show a panel user nothing.
  for entry in
    select c.relname as table_name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
      and not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'client')
  loop
    execute format('create policy client on %I to lowwater_client using (false) with check (false)', entry.table_name);
  end loop;
end $$;
