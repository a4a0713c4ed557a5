import type { AccountChange } from '../../domain/access/account-links.js';

type Texts = Readonly<Record<Exclude<AccountChange, 'password'> | 'other', string>>;

/** One text for each change of the second factor, in template language. */
export function changeText({ other, ...texts }: Texts): string {
  const cases = Object.entries(texts).map(
    ([change, text], index) => `{% ${index === 0 ? 'if' : 'elif'} account.change == '${change}' %}${text}`,
  );
  return `${cases.join('')}{% else %}${other}{% endif %}`;
}
