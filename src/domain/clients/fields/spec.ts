/** An entry of the catalogue of client fields: what one field is, for every layer. */

interface FieldFacts {
  /** for the API document */
  readonly description?: string;
  readonly example?: string | readonly string[] | number;
  /** the scope that setting it needs besides `clients:write`, wherever it is set */
  readonly scope?: 'credit:write' | 'payments:write';
  /** may be empty: null, which a new client has unless it is given */
  readonly nullable?: true;
  /** what null means to people; absent: nothing is set */
  readonly empty?: 'unlimited';
  /** whose value a new client gets that is given none: its reseller's, or, of a reseller, the caller's own */
  readonly inherits?: 'reseller' | 'caller';
  /** a client template may set it: a client without an own value then has the template's (`client-inheritance.ts`) */
  readonly inheritable?: true;
  /** kept for the operator's switch; Lowwater itself does not use it */
  readonly forSwitch?: true;
  /** the flag without which it has no effect; a form shows it only while that is on */
  readonly switchedBy?: string;
  /** set when the client is created and not after */
  readonly creationOnly?: true;
  readonly filter?: FieldFilter;
  readonly sortable?: true;
  /** header of its column in CSV files; absent: not exported */
  readonly csv?: string;
  /** may be set for many clients at once */
  readonly massEditable?: true;
  /** is about a person, or may be */
  readonly personal?: true;
}

/**
 * How the list is filtered by a field:
 *
 * - `equals`: the same value; of a nullable reference or number also `none`
 * - `begins`: beginning of a text, without case
 * - `pattern`: a text in which `*` matches any text, without case
 * - `range`: amounts from and to, as `<name>From` and `<name>To`
 * - `own`: as API and storage define it for this field alone
 */
type FieldFilter = 'equals' | 'begins' | 'pattern' | 'range' | 'own';

/** `default`: what a new client has unless it is given. Without one, and neither nullable nor inherited: required. */
export type ClientFieldSpec = FieldFacts &
  (
    | {
        readonly type: 'text';
        readonly max: number;
        /** an id that others chose: kept as it is, never trimmed */
        readonly foreign?: true;
        /** may have several lines */
        readonly lines?: true;
      }
    | { readonly type: 'choice'; readonly values: readonly string[]; readonly default?: string }
    | { readonly type: 'flag'; readonly default: boolean }
    | { readonly type: 'integer'; readonly min: number; readonly max: number; readonly default?: number }
    | {
        readonly type: 'money';
        readonly default?: string;
        /** digits before the point, up to */
        readonly digits?: number;
        readonly least?: 'zero' | 'more_than_zero';
      }
    /** short texts without commas, each once, compared without case */
    | { readonly type: 'texts'; readonly max: number; readonly default: readonly string[] }
    /** warning thresholds: amounts, and shares of the credit limit */
    | { readonly type: 'thresholds'; readonly default: readonly string[] }
    | { readonly type: 'email' | 'currency' | 'timezone' | 'language'; readonly default?: string }
    | { readonly type: 'reference'; readonly to: ReferenceTarget }
  );

/** What a field may refer to. */
export type ReferenceTarget = 'reseller' | 'manager' | 'profile' | SharedTarget;

/** Of these, what belongs to a reseller and is shared by its clients and those of its sub-resellers, as profiles are. */
export type SharedTarget =
  | 'payment_terms'
  | 'tax_profile'
  | 'customer_class'
  | 'invoice_template'
  | 'client_template'
  | 'rate_table'
  | 'agreement';
