import type { Queries } from '../system/database.js';

/** True for a published template of alarms that the reseller, or one above it, has, and that the caller sees. */
export async function isAlarmTemplate(q: Queries, templateId: string, resellerId: string): Promise<boolean> {
  const rows = await q`
    select 1 from mail_templates t join resellers r on r.id = ${resellerId}
    where t.id = ${templateId} and t.kind = 'company_balance' and t.published is not null and t.reseller_id = any (r.path)`;
  return rows.length > 0;
}
