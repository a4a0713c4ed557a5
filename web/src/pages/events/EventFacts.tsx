import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { numberFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { Actor } from '../../ui/audit/Actor';
import { CopyText } from '../../ui/CopyText';
import { Fields } from '../../ui/Fields';
import { PaymentSource } from '../../ui/PaymentSource';
import { eventDataText, eventFieldLabel, isEventAmount, isEventInstant } from '../../ui/text/event-data';
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
        ...dataRows(event),
        [t('events.emailedAt'), <Time key="emailed" at={emailedAt} />],
        [t('events.resolvedAt'), resolvedAt && <Time key="resolved" at={resolvedAt} format="second" />],
        [t('events.resolvedBy'), resolvedBy && <Actor key="by" actor={resolvedBy} name={resolvedByName} />],
        [t('events.resolvedReason'), resolvedReason],
        [t('events.id'), <CopyText key="id" value={id} label={t('events.id')} />],
      ]}
    />
  );
}

/** What the sentences above or another row says already. */
const said = ['detail', 'reason', 'clientId', 'applied', 'direction'];

function dataRows({ kind, data, clientId, clientName }: Event): (readonly [label: string, value: ReactNode])[] {
  return Object.entries(data)
    .filter(([name, text]) => text !== '' && !said.includes(name))
    .filter(([name]) => name !== 'currency' || !Object.keys(data).some((other) => isEventAmount(other)))
    .filter(([name, text]) => name !== 'client' || clientId === null || text !== clientName)
    .map(([name]) => [eventFieldLabel(kind, name), <DataValue key={name} data={data} name={name} kind={kind} />]);
}

function DataValue({ data, name, kind }: Pick<Event, 'data' | 'kind'> & { readonly name: string }): ReactNode {
  const text = data[name] ?? '';
  if (name === 'source' && kind === 'payment.refused') return <PaymentSource source={text} />;
  if (name === 'paymentId') return <CopyText value={text} label={eventFieldLabel(kind, name)} />;
  if (isEventInstant(name)) return <Time at={text} />;
  const { currency } = data;
  if (isEventAmount(name) && currency) return <Money value={{ amount: text, currency }} />;
  const shown = eventDataText(data, name);
  return <span translate={shown === text ? 'no' : undefined}>{shown}</span>;
}
