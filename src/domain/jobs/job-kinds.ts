import type { WantedScope } from '../access/scopes.js';

/**
 * What can be done to many clients by a job. From this record derive the API's schema, the check of the caller's rights,
 * and the type of the parameters that the service of a row gets (services/jobs/rows).
 */

/** The parameter types, and what a service of a row gets of each. */
interface ParameterTypes {
  /** id of a low balance profile */
  readonly profile: string;
  /** id of a manager; null: none */
  readonly manager: string | null;
  /** id of payment terms; null: none */
  readonly paymentTerms: string | null;
  /** id of a client template; null: none */
  readonly clientTemplate: string | null;
  /** `clear`: what the template sets replaces the client's own values */
  readonly ownValues: 'keep' | 'clear';
  /** RFC 3339, in the future when the job is started */
  readonly instant: string;
  /** a credit limit in one currency; clients in another one are refused */
  readonly creditLimit: { readonly amount: string; readonly currency: string };
  /** an amount in one currency, more than 0; clients in another one are refused */
  readonly positiveMoney: { readonly amount: string; readonly currency: string };
  /** a share in percent */
  readonly percent: string;
  readonly tags: readonly string[];
  /** the same; none: a client loses all of its tags */
  readonly allTags: readonly string[];
  readonly status: 'active' | 'stop';
  /** a day of each client's zone, `2026-03-31`, that is over */
  readonly day: string;
  /** the same, today too */
  readonly invoicedDay: string;
  /** id of a client, deleted ones too */
  readonly client: string;
  /** id of an uploaded file of clients */
  readonly import: string;
  /** id of an uploaded file of rates */
  readonly rateImport: string;
  readonly flag: boolean;
}
export type ParameterType = keyof ParameterTypes;

export interface ParameterSpec {
  readonly type: ParameterType;
  readonly optional?: true;
}

interface JobKindSpec {
  /** what the request for one client needs; the starter of the job needs it for each row */
  readonly scope: WantedScope;
  readonly reason: 'required' | 'optional';
  readonly parameters: Readonly<Record<string, ParameterSpec>>;
  /** optional parameters of which exactly one is given */
  readonly oneOf?: readonly string[];
  /** may notify many clients at once, which has to be confirmed */
  readonly confirmsNotifications?: true;
  /**
   * changes fields of the client: the preview has the values before and after, and a row whose client was changed after
   * the preview ends with `conflict`
   */
  readonly edits?: true;
}

export const jobKinds = {
  assign_profile: {
    scope: 'clients:write',
    reason: 'optional',
    parameters: { profileId: { type: 'profile' } },
    confirmsNotifications: true,
    edits: true,
  },
  set_client_template: {
    scope: 'clients:write',
    reason: 'optional',
    parameters: { clientTemplateId: { type: 'clientTemplate' }, ownValues: { type: 'ownValues', optional: true } },
    confirmsNotifications: true,
    edits: true,
  },
  check_now: { scope: 'monitor:write', reason: 'optional', parameters: {} },
  silence: { scope: 'monitor:write', reason: 'required', parameters: { until: { type: 'instant' } } },
  pause: { scope: 'monitor:write', reason: 'required', parameters: {} },
  resume: { scope: 'monitor:write', reason: 'required', parameters: {} },
  add_tags: { scope: 'clients:write', reason: 'optional', parameters: { tags: { type: 'tags' } }, edits: true },
  remove_tags: { scope: 'clients:write', reason: 'optional', parameters: { tags: { type: 'tags' } }, edits: true },
  replace_tags: { scope: 'clients:write', reason: 'optional', parameters: { tags: { type: 'allTags' } }, edits: true },
  set_status: { scope: 'clients:write', reason: 'optional', parameters: { status: { type: 'status' } }, edits: true },
  set_manager: {
    scope: 'clients:write',
    reason: 'optional',
    parameters: { managerId: { type: 'manager' } },
    edits: true,
  },
  set_payment_terms: {
    scope: 'clients:write',
    reason: 'optional',
    parameters: { paymentTermsId: { type: 'paymentTerms' } },
    edits: true,
  },
  set_last_invoiced: {
    scope: 'payments:write',
    reason: 'required',
    parameters: { date: { type: 'invoicedDay' } },
    edits: true,
  },
  grant_credit: {
    scope: 'credit:write',
    reason: 'required',
    parameters: {
      amount: { type: 'positiveMoney', optional: true },
      percent: { type: 'percent', optional: true },
      validUntil: { type: 'instant' },
    },
    oneOf: ['amount', 'percent'],
  },
  set_credit_limit: {
    scope: 'credit:write',
    reason: 'required',
    parameters: { creditLimit: { type: 'creditLimit' } },
    edits: true,
  },
  invoice_now: {
    scope: 'payments:write',
    reason: 'optional',
    // The last day that is invoiced; absent: up to now.
    parameters: { lastDay: { type: 'day', optional: true } },
  },
} as const satisfies Readonly<Record<string, JobKindSpec>>;

/** Kinds that no selection of clients starts: each has its own operation. */
const ownJobKinds = {
  full_delete: { scope: 'clients:delete', reason: 'required', parameters: { clientId: { type: 'client' } } },
  import_clients: {
    scope: 'clients:write',
    reason: 'optional',
    parameters: { importId: { type: 'import' }, countFirstNotifications: { type: 'flag' } },
  },
  // A row is some rows of the file.
  import_rates: {
    scope: 'profiles:write',
    reason: 'optional',
    parameters: { rateImportId: { type: 'rateImport' } },
  },
  // By the Schedule of the fleet, for the clients whose periods have ended.
  autoinvoicing: { scope: 'payments:write', reason: 'optional', parameters: {} },
} as const satisfies Readonly<Record<string, JobKindSpec>>;

const allJobKinds = { ...jobKinds, ...ownJobKinds } as const;

/** Started by `POST /v1/jobs`. */
export type JobKind = keyof typeof jobKinds;
export type AnyJobKind = keyof typeof allJobKinds;

export const jobKindNames = Object.keys(jobKinds) as JobKind[];
export const anyJobKindNames = Object.keys(allJobKinds) as AnyJobKind[];

/** The record's entry as its type says, with what only some kinds have. */
export function jobKindSpec(kind: AnyJobKind): JobKindSpec {
  return allJobKinds[kind];
}

type OptionalNames<P> = { [Name in keyof P]: P[Name] extends { readonly optional: true } ? Name : never }[keyof P];
type ValueOf<S> = S extends { readonly type: infer T extends ParameterType } ? ParameterTypes[T] : never;

type Values<P> = { readonly [Name in Exclude<keyof P, OptionalNames<P>>]: ValueOf<P[Name]> } & {
  readonly [Name in OptionalNames<P>]?: ValueOf<P[Name]>;
};

/** The parameters of a job of this kind. */
export type JobParameters<K extends AnyJobKind> = Values<(typeof allJobKinds)[K]['parameters']>;

/** Whether a job of this kind always has a reason. */
export type JobReason<K extends AnyJobKind> = (typeof allJobKinds)[K]['reason'];

/** Clients of one job up to. */
export const maxJobRows = 100_000;
