/** Forms of a text by the categories of Intl.PluralRules; which one is meant says the variable `n`. */
interface PluralForms {
  readonly zero?: string;
  readonly one?: string;
  readonly two?: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}

/** The text of a key; variables are in braces: `{n} clients`. */
export type Text = string | PluralForms;
export type Dictionary = Readonly<Record<string, Text>>;

/** The same keys in another language: one too few or too many is a fault of the types. */
export type Translation<English extends Dictionary> = { readonly [Key in keyof English]: Text };

export type Variables = Readonly<Record<string, string | number>>;

/** Picks the form and puts the variables in; numbers are written the way of `intlLocale`. */
export function fill(text: Text, variables: Variables, rules: Intl.PluralRules, numbers: Intl.NumberFormat): string {
  return formOf(text, variables['n'], rules).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = variables[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? numbers.format(value) : value;
  });
}

/** The text before its variables are put in. */
export function formOf(text: Text, n: string | number | undefined, rules: Intl.PluralRules): string {
  if (typeof text === 'string') return text;
  return text[rules.select(Number(n ?? 0))] ?? text.other;
}
