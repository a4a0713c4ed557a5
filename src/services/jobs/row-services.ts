import type { AnyJobKind } from '../../domain/jobs/job-kinds.js';
import type { RowService } from './row-service.js';
import { checkNowRow, grantCreditRow, pauseRow, resumeRow, silenceRow } from './rows/ask-monitor.js';
import { assignProfileRow } from './rows/assign-profile.js';
import { setManagerRow, setPaymentTermsRow, setStatusRow } from './rows/edit-client.js';
import { addTagsRow, removeTagsRow, replaceTagsRow } from './rows/edit-tags.js';
import { autoinvoicingRow, invoiceNowRow } from './rows/invoice.js';
import { fullDeleteRow } from './rows/full-delete.js';
import { importClientRow } from './rows/import-client.js';
import { importRatesRow } from './rows/import-rates.js';
import { setClientTemplateRow } from './rows/set-client-template.js';
import { setLastInvoicedRow } from './rows/set-last-invoiced.js';
import { setCreditLimitRow } from './rows/set-credit-limit.js';

const rowServices: { readonly [K in AnyJobKind]: RowService<K> } = {
  assign_profile: assignProfileRow,
  set_client_template: setClientTemplateRow,
  check_now: checkNowRow,
  silence: silenceRow,
  pause: pauseRow,
  resume: resumeRow,
  add_tags: addTagsRow,
  remove_tags: removeTagsRow,
  replace_tags: replaceTagsRow,
  set_status: setStatusRow,
  set_manager: setManagerRow,
  set_payment_terms: setPaymentTermsRow,
  set_last_invoiced: setLastInvoicedRow,
  grant_credit: grantCreditRow,
  set_credit_limit: setCreditLimitRow,
  invoice_now: invoiceNowRow,
  full_delete: fullDeleteRow,
  import_clients: importClientRow,
  import_rates: importRatesRow,
  autoinvoicing: autoinvoicingRow,
};

/** The service of a kind. Its parameters are those that the API has checked when the job was started. */
export function rowServiceOf<K extends AnyJobKind>(kind: K): RowService<K> {
  return rowServices[kind];
}

/** Whether several rows of a kind may share a transaction. */
export function runsTogether(kind: AnyJobKind): boolean {
  const service = rowServiceOf(kind);
  return 'inTransaction' in service && service.manyInTransaction !== undefined;
}
