import { formatMoney } from '../../../domain/money.js';
import { setLastInvoiced } from '../../invoicing/set-last-invoiced.js';
import type { RowService } from '../row-service.js';

/** Says that clients were invoiced elsewhere up to a day; the row reports what is then on no invoice. */
export const setLastInvoicedRow: RowService<'set_last_invoiced'> = {
  async inTransaction(_tx, { requester, clientId, parameters, reason }) {
    const asked = { date: parameters.date, reason, expected: null };
    const { changed, entries, amount } = await setLastInvoiced(requester, clientId, asked);
    if (!changed) return 'unchanged';
    if (entries === 0) return 'done';
    const detail = `on no invoice: ${entries} ${entries === 1 ? 'entry' : 'entries'}, ${formatMoney(amount)}`;
    return { outcome: 'done', detail };
  },
};
