/**
 * How a variable is written.
 *
 * - `text`, `number`: unchanged.
 * - `money`: a decimal string with at least the minor digits of its currency (`-1234.50`, `950` JPY), never rounded; the
 *   filter `money` groups its digits for the locale.
 * - `time`: an RFC 3339 instant, written in the email's locale and time zone; anything else unchanged.
 * - `url`: only http and https addresses; anything else is left empty.
 * - `list`: for `for`; its items have the named fields.
 */
export type VariableType = 'text' | 'number' | 'money' | 'time' | 'url' | 'list';

/** One variable a template may use, as an editor shows it. */
export interface VariableSpec {
  /** `client.balance_avail`; also written `client['balance_avail']`, as in the manuals */
  readonly path: string;
  readonly type: VariableType;
  readonly description: string;
  readonly sample: string | readonly Readonly<Record<string, string>>[];
  /** of a list: the names within each item */
  readonly fields?: readonly string[];
}

/** A variable that is one value. */
export type Row = readonly [path: string, type: VariableType, description: string, sample: string];
