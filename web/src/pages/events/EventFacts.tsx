import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { numberFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import { isKey, t } from '../../i18n/t';
import { Actor } from '../../ui/audit/Actor';
import { CopyText } from '../../ui/CopyText';
import { Fields } from '../../ui/Fields';
import { PaymentSource } from '../../ui/PaymentSource';
import { Money } from '../../ui/text/Money';
import { Time } from '../../ui/text/Time';
import type { Event } from './queries';

/** When it occurred, whose it is, its data, and how it ended. */
export function EventFacts({ event }: { readonly event: Event }): ReactNode {
  const { id, clientId, clientName, resellerName, times, firstAt, lastAt, emailedAt } = event;
  const { resolvedAt, resolvedBy, resolvedByName, resolvedReason } = event;
  return (
    <Fields
      rows={[
        [t('events.firstAt'), <Time key="first" at={firstAt} format="second" />],
        [t('events.lastAt'), times > 1 ? <Time key="last" at={lastAt} format="second" /> : null],
        [t('events.times'), times > 1 ? numberFormat(intlLocale()).format(times) : null],
        [
          t('events.client'),
          clientId && (
            <Anchor key="client" component={Link} to={`/clients/${clientId}`} size="sm">
              {clientName ?? clientId}
            </Anchor>
          ),
        ],
        [t('events.reseller'), resellerName ?? t('events.installation')],
        // What the sentences above say already is not repeated.
        ...dataRows(event)
          .filter(([name]) => name !== 'detail' && name !== 'reason')
          .map(([name, value]) => [fieldLabel(name), value] as const),
        [t('events.emailedAt'), <Time key="emailed" at={emailedAt} />],
        [t('events.resolvedAt'), resolvedAt && <Time key="resolved" at={resolvedAt} format="second" />],
        [t('events.resolvedBy'), resolvedBy && <Actor key="by" actor={resolvedBy} name={resolvedByName} />],
        [t('events.resolvedReason'), resolvedReason],
        [t('events.id'), <CopyText key="id" value={id} label={t('events.id')} />],
      ]}
    />
  );
}

function fieldLabel(name: string): string {
  const key = `events.field.${name}`;
  return isKey(key) ? t(key) : name;
}

function dataRows({ data }: Event): (readonly [name: string, value: ReactNode])[] {
  const { amount, currency, ...others } = data;
  const rows = Object.entries(others).flatMap(([name, text]): (readonly [string, ReactNode])[] => {
    if (text === '') return [];
    if (name === 'source' && data['paymentId'] !== undefined)
      return [[name, <PaymentSource key={name} source={text} />]];
    if (name === 'paymentId') return [[name, <CopyText key={name} value={text} label={fieldLabel(name)} />]];
    return [
      [
        name,
        <span key={name} translate="no">
          {text}
        </span>,
      ],
    ];
  });
  if (!amount) return rows;
  return [...rows, ['amount', currency ? <Money key="amount" value={{ amount, currency }} /> : amount]];
}
