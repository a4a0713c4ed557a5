import type { Queries } from '../system/database.js';

/** Whether the client lets its accounts transfer: its own setting, or that of its customer class; without a class: no. */
export async function transfersAllowed(q: Queries, clientId: string): Promise<boolean> {
  const [row] = await q<{ isAllowed: boolean }[]>`
    select case c.transfers_allowed when 'class' then coalesce(k.transfers_allowed, false) else c.transfers_allowed = 'yes' end
      as "isAllowed"
    from clients c left join customer_classes k on k.id = c.customer_class_id
    where c.id = ${clientId}`;
  return row?.isAllowed ?? false;
}
