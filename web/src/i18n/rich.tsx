import { Fragment, type ReactNode } from 'react';
import { template, type Key } from './t';

/**
 * A sentence with parts that are not text: money, links, badges.
 *
 * @example rich('client.below', { available: <Money value={available} />, rule: t('client.rule.client') })
 */
export function rich(key: Key, parts: Readonly<Record<string, ReactNode>>): ReactNode {
  const n = parts['n'];
  const pieces = template(key, typeof n === 'number' ? n : undefined).split(/\{(\w+)\}/g);
  // Every second piece is the name of a variable.
  return pieces.map((piece, index) => (
    <Fragment key={index}>{index % 2 === 0 ? piece : (parts[piece] ?? `{${piece}}`)}</Fragment>
  ));
}
