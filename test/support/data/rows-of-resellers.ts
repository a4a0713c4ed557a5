import type { Transaction } from '../../../src/storage/system/database.js';

/** One row of a reseller in each table that has row security. The ids say whose they are: the tests of row security. */
export async function addRowsOf(tx: Transaction, id: number): Promise<void> {
  await tx`
    insert into reseller_entries (reseller_id, kind, external_id, amount, currency, occurred_at, undated, live_after, source)
    values (${id}, 'payment', ${`payment-${id}`}, 1, 'USD', now(), true, 1, 'api')`;
  await tx`insert into users (id, reseller_id, name, email) values (${id}, ${id}, 'User', ${`user${id}@example.com`})`;
  await tx`
    insert into api_keys (id, reseller_id, name, prefix, secret_hash, scopes, created_by)
    values (${id}, ${id}, 'Key', ${`p${id}`}, ${Buffer.alloc(32)}, '{*}', 'system')`;
  await tx`
    insert into sessions (id, user_id, token_hash, address, created_at, last_seen_at, expires_at)
    values (${id}, ${id}, ${Buffer.alloc(32, id % 251)}, '127.0.0.1', now(), now(), now())`;
  await tx`
    insert into account_emails (id, user_id, kind, requested_at, next_attempt_at)
    values (${id}, ${id}, 'user_invitation', now(), now())`;
  await tx`insert into second_factors (user_id) values (${id})`;
  await tx`insert into recovery_codes (user_id, code_hash) values (${id}, ${Buffer.alloc(32)})`;
  await tx`
    insert into login_challenges (token_hash, user_id, created_at, expires_at)
    values (${Buffer.alloc(32, id % 251)}, ${id}, now(), now())`;
  await tx`insert into profiles (id, reseller_id, name, currency, period_hours) values (${id}, ${id}, 'Profile', 'USD', 24)`;
  await tx`insert into profile_rules (profile_id, key, position, user_ids) values (${id}, 'user', 0, array[${id}::bigint])`;
  await tx`
    insert into silences (id, reseller_id, comment, starts_at, ends_at, created_by)
    values (${id}, ${id}, 'Holidays', now(), now() + interval '1 day', 'system')`;
  await tx`insert into payment_terms (id, reseller_id, name, mode, days, grace_days) values (${id}, ${id}, 'Weekly', 'every', 7, 7)`;
  await tx`insert into tax_profiles (id, reseller_id, name, rate_percent, mode, label) values (${id}, ${id}, 'VAT', 20, 'exclusive', 'VAT')`;
  await tx`
    insert into invoice_logos (id, reseller_id, sha256, media_type, width, height, content) overriding system value
    values (${id}, ${id}, ${Buffer.alloc(32)}, 'image/png', 1, 1, ${Buffer.alloc(1)})`;
  await tx`
    insert into invoice_templates (id, reseller_id, name, language, columns, logo_id)
    values (${id}, ${id}, 'Invoice', 'en', '{description,amount}', ${id})`;
  await tx`insert into customer_classes (id, reseller_id, name) values (${id}, ${id}, 'Wholesale')`;
  await tx`insert into client_templates (id, reseller_id, name) values (${id}, ${id}, 'Wholesale')`;
  await tx`
    insert into agreements (id, reseller_id, name, notification_days, terms)
    values (${id}, ${id}, 'Weekly', '{"mode": "daily", "days": []}', '{}')`;
  await tx`insert into rate_tables (id, reseller_id, name, currency) values (${id}, ${id}, 'Rates', 'USD')`;
  await tx`
    insert into table_rates (id, rate_table_id, code, effective_from, rate) values (${id}, ${id}, '380', now(), 1)`;
  await tx`
    insert into clients (id, reseller_id, manager_id, profile_id, name, currency, balance_model)
    values (${id}, ${id}, ${id + 1}, ${id}, 'Client', 'USD', 'prepaid')`;
  await addRateNotificationOf(tx, id);
  await addPanelOf(tx, id);
  await tx`insert into saved_views (id, reseller_id, owner, page, name, query) values (${id}, ${id}, 'user:1', 'clients', ${String(id)}, '')`;
  await tx`insert into balances (client_id, seq) values (${id}, 3)`;
  await tx`insert into accounts (id, client_id, external_id, kind) values (${id}, ${id}, 'A', 'debit'), (${id + 1}, ${id}, 'B', 'debit')`;
  await tx`
    insert into transfers (id, from_client_id, from_account_id, to_client_id, to_account_id, amount, currency, from_after, to_after, request_id, source)
    overriding system value
    values (${id}, ${id}, ${id}, ${id}, ${id + 1}, 1, 'USD', -1, 1, ${`transfer-${id}`}, 'api')`;
  await tx`
    insert into ledger_entries (client_id, kind, external_id, amount, currency, occurred_at, undated, live_after, source, seq)
    values (${id}, 'payment', ${`payment-${id}`}, 1, 'USD', now(), true, 1, 'api', 1),
      (${id}, 'charge', 'charge', -1, 'USD', now(), true, 0, 'api', 2)`;
  await addChannelOf(tx, id);
  await addCardPaymentsOf(tx, id);
  await addInvoicesOf(tx, id);
  await tx`
    insert into temporary_credits (id, client_id, seq, request_id, amount, currency, valid_from, valid_until, status, reason, granted_by)
    values (${id}, ${id}, 1, 'r', 1, 'USD', now(), now() + interval '1 day', 'active', 'test', 'system')`;
  await tx`
    insert into credit_requests
      (client_id, request_id, kind, status, amount, currency, valid_until, reason, requested_by, created_at, expires_at)
    values (${id}, 'r', 'temporary', 'pending', 1, 'USD', now() + interval '1 day', 'test', 'system', now(), now() + interval '1 day')`;
  await tx`
    insert into credit_limit_history
      (client_id, at, kind, permanent_before, permanent_after, temporary_before, temporary_after, actor)
    values (${id}, now(), 'set', 0, 1, 0, 0, 'system')`;
  await tx`insert into outbox (client_id, kind, origin) values (${id}, 'balanceChanged', 'client')`;
  await tx`insert into monitors (client_id) values (${id})`;
  await tx`insert into stuck_monitors (client_id) values (${id})`;
  await tx`
    insert into capacity_changes (client_id, sequence, at, applied, capacity, cause)
    values (${id}, 1, now(), true, 1, 'below_threshold')`;
  await tx`insert into checks (client_id, at, kind, state, verdicts) values (${id}, now(), 'manual', 'ok', '[]')`;
  await tx`insert into balance_faults (client_id, source, reason, since) values (${id}, 'sql', 'test', now())`;
  await tx`
    insert into notifications (id, client_id, kind, rule, episode, number, decided_at) overriding system value
    values (${id}, ${id}, 'low_balance', 'user', 1, 1, now())`;
  await tx`
    insert into deliveries (id, notification_id, position, recipient, locale, timezone, template, subject, html, text, message_id)
    overriding system value
    values (${id}, ${id}, 0, 'r@example.com', 'en', 'UTC', 't', 's', 'h', 't', ${`m${id}`})`;
  await tx`
    insert into bounced_addresses (id, reseller_id, address, client_id, status, detail, first_at, last_at)
    values (${id}, ${id}, 'r@example.com', ${id}, '5.1.1', 'unknown', now(), now())`;
  await tx`insert into delivery_attempts (delivery_id, attempt, started_at) values (${id}, 1, now())`;
  await tx`
    insert into companies (id, reseller_id, name, currency, their_currency, our_currency, their_balance, our_balance)
    values (${id}, ${id}, 'Carrier', 'USD', 'USD', 'USD', 0, 0)`;
  await tx`insert into company_sides (company_id, side, currency) values (${id}, 'their', 'USD')`;
  await tx`
    insert into company_entries
      (company_id, side, kind, external_id, amount, currency, occurred_at, balance_after, source)
    values (${id}, 'their', 'payment', 'p', 1, 'USD', now(), 1, 'api')`;
  await tx`
    insert into mail_templates (id, kind, reseller_id, name, subject, html, text)
    values (${id}, 'low_balance', ${id}, 'Template', 's', 'h', 't')`;
  await tx`
    insert into mail_template_versions (template_id, number, subject, html, text, published_by)
    values (${id}, 1, 's', 'h', 't', 'user:1')`;
  await tx`
    insert into test_emails (id, user_id, request_id, kind, subject, html, text) values (${id}, ${id}, ${`r-${id}`}, 'low_balance', 's', 'h', 't')`;
  await tx`
    insert into webhook_sources (id, name, reseller_id, secrets) values (${id}, ${`source-${id}`}, ${id}, array[${Buffer.alloc(1)}::bytea])`;
  await tx`insert into webhook_messages (source_id, message_id, body_hash) values (${id}, 'm', ${Buffer.alloc(1)})`;
  await tx`
    insert into events (kind, severity, subject_type, subject_id, client_id, reseller_id, cause, first_at, last_at, email_group)
    values ('payment.refused', 'info', 'payment', 's', ${id}, ${id}, 'of a client', now(), now(), 'g'),
      ('template.failed', 'info', 'template', 's', null, ${id}, 'of a reseller', now(), now(), 'g')`;
  await tx`
    insert into webhook_endpoints (id, reseller_id, name, url, kinds, secrets, secret_place)
    values (${id}, ${id}, 'Switch', 'https://a.example/', '{none}', array[${Buffer.alloc(1)}::bytea], 'p')`;
  await tx`
    insert into webhook_deliveries (id, endpoint_id, kind, subject, event, status) overriding system value
    values (${id}, ${id}, 'webhook.test', 'test', '{}', 'pending')`;
  await tx`insert into webhook_sequences (endpoint_id, subject, last) values (${id}, 'test', 1)`;
  await tx`insert into webhook_attempts (delivery_id, number, started_at) values (${id}, 1, now())`;
  await tx`
    insert into audit (actor, source, action, subject_type, subject_id, client_id, reseller_id)
    values ('system', 'system', 'client.create', 'client', 's', ${id}, ${id}),
      ('system', 'system', 'user.create', 'user', 's', null, ${id})`;
  await tx`
    insert into jobs (id, reseller_id, kind, parameters, started_by, runs_as, rows) overriding system value
    values (${id}, ${id}, 'check', '{}', 'user:1', 'user:1', 1)`;
  await tx`insert into job_rows (job_id, position, client_id) values (${id}, 1, ${id})`;
  await tx`
    insert into imports (id, reseller_id, created_by, file_name, format, columns, rows) overriding system value
    values (${id}, ${id}, 'user:1', 'clients.csv', 'csv', '{Name}', 1)`;
  await tx`
    insert into rate_imports (id, reseller_id, rate_table_id, created_by, file_name, format, columns, rows) overriding system value
    values (${id}, ${id}, ${id}, 'user:1', 'rates.csv', 'csv', '{Code}', 1)`;
  await tx`insert into rate_import_rows (import_id, position, row_number, cells) values (${id}, 1, 2, '{380}')`;
  await tx`insert into import_rows (import_id, position, row_number, cells) values (${id}, 1, 2, '{Client}')`;
  await tx`
    insert into request_log (request_id, at, method, path, status, duration_ms, reseller_id)
    values ('r', now(), 'GET', '/', 200, 1, ${id})`;
}

async function addRateNotificationOf(tx: Transaction, id: number): Promise<void> {
  await tx`
    insert into rate_notifications (id, client_id, rate_table_id, rate_table_name, kind, due_at, changed_at)
    values (${id}, ${id}, ${id}, 'Rates', 'scheduled', now(), now())`;
  await tx`
    insert into rate_notification_files (rate_notification_id, position, file_name, time_profile, rates, content)
    values (${id}, 0, 'rates.csv', 'all', 1, ${Buffer.alloc(1)})`;
}

async function addPanelOf(tx: Transaction, id: number): Promise<void> {
  await tx`
    insert into panel_passwords (client_id, password_hash, set_at) values (${id}, '$argon2id$test', now())`;
  await tx`
    insert into panel_sessions (id, client_id, token_hash, address, created_at, last_seen_at, expires_at)
    values (${id}, ${id}, ${Buffer.alloc(32, id % 251)}, '127.0.0.1', now(), now(), now())`;
  await tx`
    insert into billing_email_changes (id, client_id, new_email, requested_at) values (${id}, ${id}, 'new@example.com', now())`;
  await tx`
    insert into account_emails (id, client_id, kind, recipient, requested_at, next_attempt_at)
    values (${id + 1}, ${id}, 'panel_invitation', 'r@example.com', now(), now())`;
}

async function addInvoicesOf(tx: Transaction, id: number): Promise<void> {
  await tx`
    insert into invoice_sequences (id, reseller_id, type, prefix, format, restart) overriding system value
    values (${id}, ${id}, 'outgoing', '', '{seq}', 'never')`;
  await tx`insert into invoice_counters (sequence_id, year, last) values (${id}, 0, 1)`;
  await tx`
    insert into removed_invoice_numbers (sequence_id, no, no_seq, issued_at, total, currency)
    values (${id}, '0', 1, now(), 1, 'USD')`;
  await tx`
    insert into invoices (id, client_id, type, currency, timezone, period_start, period_end, total, origin, created_by)
    overriding system value
    values (${id}, ${id}, 'outgoing', 'USD', 'UTC', now() - interval '1 day', now(), 1, 'manual', 'user:1')`;
  await tx`insert into invoice_lines (invoice_id, position, kind, amount) values (${id}, 1, 'typed', 1)`;
  await tx`update invoices set status = 'issued', sequence_id = ${id}, no = '1', no_seq = 1, issued_at = now() where id = ${id}`;
  await tx`
    insert into allocations (client_id, credit_id, invoice_id, amount, at)
    select client_id, id, ${id}, 1, now() from credits where client_id = ${id}`;
  await tx`
    insert into invoice_documents (invoice_id, language, columns, seller_name, buyer_name)
    values (${id}, 'en', '{description,amount}', 'Seller', 'Buyer')`;
  await tx`
    insert into invoice_emails (id, invoice_id, kind, days, next_attempt_at, created_at) overriding system value
    values (${id}, ${id}, 'invoice', 0, now(), now())`;
  const [entry] = await tx<{ id: string }[]>`
    insert into ledger_entries (client_id, kind, external_id, amount, currency, occurred_at, undated, live_after, source, seq)
    values (${id}, 'reversal', 'reversal', -1, 'USD', now(), true, 0, 'api', 3) returning id`;
  await tx`
    insert into reversals (entry_id, client_id, payment_id, reason)
    select ${entry?.id ?? null}, client_id, id, 'staff' from ledger_entries where client_id = ${id} and kind = 'payment'`;
}

async function addChannelOf(tx: Transaction, id: number): Promise<void> {
  await tx`
    insert into notification_channels (id, reseller_id, name, format, host, has_token, secrets, secret_place)
    values (${id}, ${id}, 'NOC', 'slack_webhook', 'a.example', false, '', 'test')`;
}

async function addCardPaymentsOf(tx: Transaction, id: number): Promise<void> {
  await tx`
    insert into payment_gateways (id, reseller_id, name, kind, url, currency, api_key, secret_place, hook)
    values (${id}, ${id}, 'Cards', 'http', 'https://a.example/', 'USD', '', 'test', ${`hook-of-the-reseller-${id}`})`;
  await tx`insert into gateway_messages (gateway_id, message_id) values (${id}, 'm')`;
  await tx`insert into auto_payments (client_id, gateway_id) values (${id}, ${id})`;
  await tx`
    insert into card_registrations (client_id, gateway_id, reference, created_at, expires_at)
    values (${id}, ${id}, 'r', now(), now())`;
  await tx`
    insert into card_payments (client_id, gateway_id, origin, key, requested_by, currency, decided_at, not_before)
    values (${id}, ${id}, 'by_hand', ${`pn/${id}/1`}, 'system', 'USD', now(), now())`;
  await tx`
    insert into reinstatements (reversal_id, entry_id, client_id)
    select min(id), max(id), client_id from ledger_entries where client_id = ${id} group by client_id`;
}
