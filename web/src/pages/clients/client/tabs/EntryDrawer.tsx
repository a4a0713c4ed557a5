import { Drawer, Stack } from '@mantine/core';
import { t } from '../../../../i18n/t';
import { intlLocale } from '../../../../i18n/language';
import { useZone } from '../../../../i18n/zone';
import { List } from '../../../../list/List';
import { Actor } from '../../../../ui/audit/Actor';
import { CopyText } from '../../../../ui/CopyText';
import { Fields } from '../../../../ui/Fields';
import { Money, SignedMoney } from '../../../../ui/text/Money';
import { moneyText } from '../../../../ui/text/money-text';
import { Time } from '../../../../ui/text/Time';
import { timeText } from '../../../../ui/text/time-text';
import type { Client } from '../queries';
import { dayText } from '../../../../ui/text/time-text';
import type { Activity } from './activity-list';
import { chargesList } from './charges-list';

interface EntryDrawerProps {
  readonly client: Client;
  /** null: closed */
  readonly row: Activity | null;
  readonly onClose: () => void;
}

/** An entry of the ledger, or the charges of a day. */
export function EntryDrawer({ client, row, onClose }: EntryDrawerProps) {
  const zone = useZone(client.timezone);
  return (
    <Drawer
      opened={row !== null}
      onClose={onClose}
      position="right"
      size={row?.day ? 'xl' : 'md'}
      title={row && titleOf(row, zone)}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {row?.entry && <EntryFields client={client} entry={row.entry} />}
      {row?.day && (
        <Stack gap="xs">
          <Fields rows={[[t('client.entry.sum'), <SignedMoney amount={row.amount} currency={row.currency} />]]} />
          <List
            definition={chargesList}
            prefix="c."
            fixed={{ clientId: client.id, kind: 'charge', from: row.day.from, to: row.day.to }}
            empty={{ title: t('client.entries.none') }}
          />
        </Stack>
      )}
    </Drawer>
  );
}

/** `Payment of 100.00 USD, Nov 30, 2026`: what people look for, which is not its id. */
function titleOf({ kind, amount, currency, at, day, count }: Activity, zone: string): string {
  if (day) return t('client.entries.ofDay', { n: count, date: dayText(day.date) });
  return t('client.entry.title', {
    kind: t(`client.entry.${kind}`),
    amount: moneyText(amount, currency, intlLocale()),
    date: timeText(Date.parse(at), zone, intlLocale(), 'date'),
  });
}

interface EntryFieldsProps {
  readonly client: Client;
  readonly entry: NonNullable<Activity['entry']>;
}

function EntryFields({ client, entry }: EntryFieldsProps) {
  const { id, kind, amount, currency, at, recordedAt, liveAfter, source, note } = entry;
  return (
    <Fields
      rows={[
        [t('client.entry.amount'), <SignedMoney amount={amount} currency={currency} />],
        [t('client.entry.at'), <Time at={at} format="second" clientZone={client.timezone} />],
        [
          t('client.entry.liveAfter'),
          kind === 'invoice' ? t('client.entry.unchanged') : <Money value={{ amount: liveAfter, currency }} />,
        ],
        [t('client.entry.id'), <CopyText value={id} label={t('client.entry.id')} />],
        [t('client.entry.source'), <Actor actor={source} name={null} />],
        [t('client.entry.recordedAt'), <Time at={recordedAt} format="second" clientZone={client.timezone} />],
        [t('client.entry.note'), note],
      ]}
    />
  );
}
