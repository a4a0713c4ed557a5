-- Removing a client completely (Full Delete): what is left of it is an audit row without a name, rows of jobs without
-- a client, and the numbers of its invoices.

-- The number register: the numbers of invoices whose client was removed, so that their sequence stays whole. No name.
create table removed_invoice_numbers (
  sequence_id  bigint not null references invoice_sequences,
  no           text not null,
  no_seq       bigint not null,
  issued_at    timestamptz not null,
  total        numeric(18, 6) not null,
  currency     text not null,
  primary key (sequence_id, no)
);

-- Deletes the rows that reference those of `parent` that meet `condition`, and what references these. Whatever table
-- an area adds is reached by its foreign keys. Returns how many rows were deleted, by table.
create function remove_referencing(parent regclass, condition text, above regclass[]) returns jsonb
language plpgsql set search_path from current as $$
declare
  reference record;
  referencing text;
  deleted bigint;
  counts jsonb := '{}';
  below record;
begin
  for reference in
    select k.conrelid::regclass as child, c.child_columns, c.parent_columns
    from pg_constraint k
    -- A key may have several columns.
    cross join lateral (
      select string_agg(quote_ident(a.attname), ', ' order by n.place) as child_columns,
        string_agg(quote_ident(p.attname), ', ' order by n.place) as parent_columns
      from unnest(k.conkey, k.confkey) with ordinality as n (child, parent, place)
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = n.child
      join pg_attribute p on p.attrelid = k.confrelid and p.attnum = n.parent) c
    -- A table that references itself is deleted from in one statement.
    where k.contype = 'f' and k.confrelid = parent and k.conrelid <> all (above || parent)
    order by k.conrelid::regclass::text, c.child_columns
  loop
    referencing := format('(%s) in (select %s from %s where %s)',
      reference.child_columns, reference.parent_columns, parent, condition);
    for below in
      select key, value::bigint as rows from jsonb_each_text(remove_referencing(reference.child, referencing, above || parent))
    loop
      counts := jsonb_set(counts, array[below.key], to_jsonb(coalesce((counts ->> below.key)::bigint, 0) + below.rows));
    end loop;
    execute format('delete from %s where %s', reference.child, referencing);
    get diagnostics deleted = row_count;
    if deleted > 0 then
      counts := jsonb_set(counts, array[reference.child::text],
        to_jsonb(coalesce((counts ->> reference.child::text)::bigint, 0) + deleted));
    end if;
  end loop;
  return counts;
end $$;

-- Removes a deleted client that the scope sees, and everything that is of it, also from the ledger, which nothing else
-- is deleted from. Returns how many rows were deleted, by table; null: the client is gone, or is not deleted.
create function remove_client(removed bigint) returns jsonb
language plpgsql security definer set search_path from current as $$
declare
  scope constant bigint := nullif(current_setting('lowwater.reseller_id', true), '')::bigint;
  deleted bigint;
  counts jsonb;
  below record;
begin
  perform 1 from clients c
  where c.id = removed and c.status = 'deleted' and (scope is null or exists (
    select 1 from resellers r where r.id in (c.reseller_id, c.manager_id) and r.path @> array[scope]))
  for update;
  if not found then
    return null;
  end if;
  perform set_config('lowwater.removed_client', removed::text, true);
  update job_rows set client_id = null, detail = null where client_id = removed;
  insert into removed_invoice_numbers (sequence_id, no, no_seq, issued_at, total, currency)
  select i.sequence_id, i.no, i.no_seq, i.issued_at, i.total, i.currency from invoices i
  where i.client_id = removed and i.no is not null;
  -- A transfer from or to another client stays with that client.
  update transfers set from_client_id = null, from_account_id = null
  where from_client_id = removed and to_client_id <> removed;
  update transfers set to_client_id = null, to_account_id = null
  where to_client_id = removed and from_client_id <> removed;
  -- The others in one statement, for one may undo another.
  counts := remove_referencing('transfers', format('%s in (from_client_id, to_client_id)', removed), '{}');
  delete from transfers where removed in (from_client_id, to_client_id);
  get diagnostics deleted = row_count;
  for below in
    select key, value::bigint as rows from jsonb_each_text(remove_referencing('clients', format('id = %s', removed), '{}'))
  loop
    counts := jsonb_set(counts, array[below.key], to_jsonb(coalesce((counts ->> below.key)::bigint, 0) + below.rows));
  end loop;
  if deleted > 0 then
    counts := counts || jsonb_build_object('transfers', deleted);
  end if;
  delete from outbox where client_id = removed;
  delete from stuck_monitors where client_id = removed;
  delete from audit where client_id = removed or (subject_type in ('client', 'monitor') and subject_id = removed::text);
  get diagnostics deleted = row_count;
  counts := counts || jsonb_build_object('audit', deleted);
  delete from request_log
  where path ~ format('^/v1/clients/%s(/|$)', removed) or caller = format('client:%s', removed);
  get diagnostics deleted = row_count;
  counts := counts || jsonb_build_object('request_log', deleted);
  delete from clients where id = removed;
  perform set_config('lowwater.removed_client', '', true);
  return counts;
end $$;

revoke execute on function remove_referencing(regclass, text, regclass[]) from public;
revoke execute on function remove_client(bigint) from public;
grant execute on function remove_client(bigint) to lowwater_service, lowwater_reseller;
