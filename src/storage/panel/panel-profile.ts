import type { BalanceModel } from '../../domain/monitoring/rules.js';
import type { Queries, Transaction } from '../system/database.js';
import { ownedBy } from '../system/tenancy.js';

/** The part of its record that a client sees, and may change in part. */
export interface PanelProfileRow {
  readonly companyName: string | null;
  readonly mainEmail: string | null;
  readonly nocEmail: string | null;
  readonly ratesEmail: string | null;
  readonly billingEmail: string | null;
  readonly address: string | null;
  readonly zipCode: string | null;
  readonly taxId: string | null;
  readonly registrationId: string | null;
  readonly balanceModel: BalanceModel;
  readonly currency: string;
  readonly warningThresholds: readonly string[];
  readonly notifyClient: boolean;
  readonly notifyAdmin: boolean;
  readonly lowBalanceThreshold: string | null;
  readonly lowBalanceCapacity: number | null;
  readonly lowBalanceRestoreAt: string | null;
  readonly version: number;
}

export async function readPanelProfile(q: Queries, clientId: string): Promise<PanelProfileRow | null> {
  const [row] = await q<PanelProfileRow[]>`
    select c.company_name as "companyName", c.main_email as "mainEmail", c.noc_email as "nocEmail",
      c.rates_email as "ratesEmail", c.billing_email as "billingEmail", c.address, c.zip_code as "zipCode",
      c.tax_id as "taxId", c.registration_id as "registrationId", c.balance_model as "balanceModel", c.currency,
      c.warning_thresholds as "warningThresholds", c.notify_client as "notifyClient", c.notify_admin as "notifyAdmin",
      c.low_balance_threshold as "lowBalanceThreshold", c.low_balance_capacity as "lowBalanceCapacity",
      c.low_balance_restore_at as "lowBalanceRestoreAt", c.version
    from clients c where ${ownedBy(q, q`c.id`, clientId)} and c.id = ${clientId}`;
  return row ?? null;
}

export async function lockPanelProfile(tx: Transaction, clientId: string): Promise<PanelProfileRow | null> {
  await tx`select 1 from clients where id = ${clientId} for update`;
  return readPanelProfile(tx, clientId);
}

export type PanelContacts = Pick<
  PanelProfileRow,
  'companyName' | 'mainEmail' | 'nocEmail' | 'ratesEmail' | 'address' | 'zipCode'
>;

export async function updatePanelContacts(tx: Transaction, clientId: string, contacts: PanelContacts): Promise<void> {
  await tx`
    update clients set company_name = ${contacts.companyName}, main_email = ${contacts.mainEmail},
      noc_email = ${contacts.nocEmail}, rates_email = ${contacts.ratesEmail}, address = ${contacts.address},
      zip_code = ${contacts.zipCode}, version = version + 1, updated_at = now()
    where id = ${clientId}`;
}

export type PanelThresholds = Pick<PanelProfileRow, 'warningThresholds' | 'notifyClient' | 'lowBalanceThreshold'>;

export async function updatePanelThresholds(
  tx: Transaction,
  clientId: string,
  { warningThresholds, notifyClient, lowBalanceThreshold }: PanelThresholds,
): Promise<void> {
  await tx`
    update clients set warning_thresholds = ${[...warningThresholds]}, notify_client = ${notifyClient},
      low_balance_threshold = ${lowBalanceThreshold}, version = version + 1, updated_at = now()
    where id = ${clientId}`;
}
