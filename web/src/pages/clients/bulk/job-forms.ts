import {
  IconBellOff,
  IconBellRinging,
  IconCalendarCheck,
  IconCalendarDollar,
  IconCash,
  IconCoins,
  IconFileInvoice,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconTag,
  IconTags,
  IconTagOff,
  IconTemplate,
  IconToggleRight,
  IconUserCog,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { jobKinds } from '../../../api/kinds';
import type { JobInput } from '../../../api/types';
import { serverNow } from '../../../api/transport';
import { firstOf, instantError, moneyError, percentError, required, type FieldError } from '../../../form/checks';
import { resolved } from '../../../list/request';
import type { Selection } from '../../../list/selection';
import { clientsList, type ClientRow } from '../clients-list';
import type { BulkJobKind } from '../../../ui/text/job-text';
import type { JobDraft } from './job-draft';
import {
  AllTags,
  ClientTemplate,
  Credit,
  CreditLimit,
  InvoicedDay,
  LastDay,
  Manager,
  PaymentTerms,
  Profile,
  SilencedUntil,
  Status,
  Tags,
  type FieldsProps,
} from './JobFields';

interface JobForm {
  readonly icon: Icon;
  /** the request for one client: the right to it is asked by this name */
  readonly operation: string;
  /** of its parameters; null: there are none */
  readonly fields: ((props: FieldsProps) => ReactNode) | null;
  readonly error: (draft: JobDraft) => FieldError;
  readonly parameters: (draft: JobDraft) => object;
}

const untilError = ({ until }: JobDraft): FieldError => firstOf(required(until), instantError(until, serverNow()));
const moneyOf = ({ amount, currency }: JobDraft): { amount: string; currency: string } => ({ amount, currency });
const tagsForm = {
  operation: 'updateClient',
  fields: Tags,
  error: ({ tags }: JobDraft) => required(tags),
  parameters: ({ tags }: JobDraft) => ({ tags: [...tags] }),
} as const;
const nothing = { fields: null, error: () => null, parameters: () => ({}) } as const;

/** Everything the page has for a kind but its texts, `jobs.kind.<kind>` and `jobs.effect.<kind>`. */
export const jobForms: Readonly<Record<BulkJobKind, JobForm>> = {
  assign_profile: {
    icon: IconBellRinging,
    operation: 'assignProfile',
    fields: Profile,
    error: ({ profileId }) => required(profileId),
    parameters: ({ profileId }) => ({ profileId }),
  },
  set_client_template: {
    icon: IconTemplate,
    operation: 'applyClientTemplate',
    fields: ClientTemplate,
    error: () => null,
    parameters: ({ clientTemplateId, ownValues }) =>
      clientTemplateId === '' ? { clientTemplateId: null } : { clientTemplateId, ownValues },
  },
  check_now: { icon: IconRefresh, operation: 'checkNow', ...nothing },
  silence: {
    icon: IconBellOff,
    operation: 'silenceMonitor',
    fields: SilencedUntil,
    error: untilError,
    parameters: ({ until }) => ({ until }),
  },
  pause: { icon: IconPlayerPause, operation: 'pauseMonitor', ...nothing },
  resume: { icon: IconPlayerPlay, operation: 'resumeMonitor', ...nothing },
  add_tags: { icon: IconTag, ...tagsForm },
  remove_tags: { icon: IconTagOff, ...tagsForm },
  replace_tags: { icon: IconTags, ...tagsForm, fields: AllTags, error: () => null },
  set_status: {
    icon: IconToggleRight,
    operation: 'updateClient',
    fields: Status,
    error: () => null,
    parameters: ({ status }) => ({ status }),
  },
  set_manager: {
    icon: IconUserCog,
    operation: 'updateClient',
    fields: Manager,
    error: () => null,
    parameters: ({ managerId }) => ({ managerId: managerId === '' ? null : managerId }),
  },
  set_payment_terms: {
    icon: IconCalendarDollar,
    operation: 'updateClient',
    fields: PaymentTerms,
    error: () => null,
    parameters: ({ paymentTermsId }) => ({ paymentTermsId: paymentTermsId === '' ? null : paymentTermsId }),
  },
  set_last_invoiced: {
    icon: IconCalendarCheck,
    operation: 'setLastInvoiced',
    fields: InvoicedDay,
    error: ({ invoicedDay }) => required(invoicedDay),
    parameters: ({ invoicedDay }) => ({ date: invoicedDay }),
  },
  grant_credit: {
    icon: IconCoins,
    operation: 'grantTemporaryCredit',
    fields: Credit,
    error: (draft) =>
      draft.by === 'percent'
        ? firstOf(required(draft.percent), percentError(draft.percent), untilError(draft))
        : firstOf(
            required(draft.amount),
            moneyError(draft.amount, 'more_than_zero'),
            required(draft.currency),
            untilError(draft),
          ),
    parameters: (draft) => ({
      ...(draft.by === 'percent' ? { percent: draft.percent } : { amount: moneyOf(draft) }),
      validUntil: draft.until,
    }),
  },
  set_credit_limit: {
    icon: IconCash,
    operation: 'setCreditLimit',
    fields: CreditLimit,
    error: ({ amount, currency }) => firstOf(required(amount), moneyError(amount), required(currency)),
    parameters: (draft) => ({ creditLimit: moneyOf(draft) }),
  },
  invoice_now: {
    icon: IconFileInvoice,
    operation: 'createInvoice',
    fields: LastDay,
    error: () => null,
    parameters: ({ lastDay }) => (lastDay === '' ? {} : { lastDay }),
  },
};

/** Whether the starter must give a reason, as the service has it. */
export const jobReason = (kind: BulkJobKind): 'required' | 'optional' => jobKinds[kind].reason;

/** The clients as the API takes them: by id, or the filters of the list with its moving times resolved now. */
export function selectionInput(selection: Selection<ClientRow>): JobInput['selection'] {
  if (selection.kind === 'rows') return { clientIds: [...selection.rows.keys()] };
  return { query: new URLSearchParams(resolved(clientsList, selection.filters, serverNow())).toString() };
}

/** The selected clients as a file. */
export function selectionExport(selection: Selection<ClientRow>, format: 'csv' | 'xlsx'): string {
  const query =
    selection.kind === 'rows'
      ? { ids: [...selection.rows.keys()].join(','), status: 'all' }
      : resolved(clientsList, selection.filters, serverNow());
  return `/v1/exports/clients.${format}?${new URLSearchParams(query).toString()}`;
}
