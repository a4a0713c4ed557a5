import { z } from '../../../contract/zod.js';

/** How a user wants the web page to be; kept for the user, not for the browser. */

const name = z.string().regex(/^[A-Za-z][A-Za-z0-9._-]{0,59}$/, 'must be a name of letters, digits, ".", "_" or "-"');
const columns = z.array(name).max(60);
const mostLists = 40;

export const preferencesSchema = z
  .strictObject({
    theme: z.enum(['auto', 'light', 'dark']),
    density: z.enum(['comfortable', 'compact']),
    shortcuts: z.boolean().openapi({ description: 'Single-key shortcuts (WCAG 2.1.4: users can turn them off)' }),
    digestHour: z.int().min(0).max(23).nullable().openapi({
      description: 'Hour of the daily digest in your time zone, else that of your reseller; null: no digest',
    }),
    columns: z
      .record(name, columns)
      .openapi({ description: 'Visible columns of each list, in order', example: { clients: ['name', 'state'] } }),
  })
  .openapi('Preferences');

type Preferences = z.output<typeof preferencesSchema>;

/** Given fields replace theirs; of `columns` given lists replace theirs, null gives a list its default back. */
export const preferencesPatch = z
  .strictObject({
    theme: preferencesSchema.shape.theme.optional(),
    density: preferencesSchema.shape.density.optional(),
    shortcuts: z.boolean().optional(),
    digestHour: preferencesSchema.shape.digestHour.optional(),
    columns: z.record(name, columns.nullable()).optional(),
  })
  .openapi('PreferencesPatch');

const byDefault: Preferences = {
  theme: 'auto',
  density: 'comfortable',
  shortcuts: true,
  digestHour: null,
  columns: {},
};

/** What is stored, with defaults for what is not. Something stored that is no longer known counts as not stored. */
export function preferencesJson(stored: Readonly<Record<string, unknown>>): Preferences {
  const known = preferencesSchema.safeParse({ ...byDefault, ...stored });
  return known.success ? known.data : byDefault;
}

export function patchedPreferences(
  stored: Readonly<Record<string, unknown>>,
  patch: z.output<typeof preferencesPatch>,
): Preferences {
  const before = preferencesJson(stored);
  const columnsOf = Object.entries({ ...before.columns, ...patch.columns }).filter(
    (entry): entry is [string, string[]] => entry[1] !== null,
  );
  return {
    theme: patch.theme ?? before.theme,
    density: patch.density ?? before.density,
    shortcuts: patch.shortcuts ?? before.shortcuts,
    digestHour: patch.digestHour === undefined ? before.digestHour : patch.digestHour,
    columns: Object.fromEntries(columnsOf.slice(-mostLists)),
  };
}
