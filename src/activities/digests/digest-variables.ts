import { dayMs } from '../../domain/durations.js';
import { restOfDay } from '../../domain/digests/digest-day.js';
import { withoutEndSlash } from '../../domain/urls.js';
import type { MailVariables } from '../../mail/variables.js';
import type { AccountEmail } from '../../storage/access/account-emails.js';
import { readDigest } from '../../storage/digests/digest-contents.js';
import type { Sql } from '../../storage/system/database.js';

/** What a daily digest says, as of now. What happened is reported of the last 24 hours. */
export async function digestVariables(
  sql: Sql,
  { resellerId, locale, timezone }: Pick<AccountEmail, 'resellerId' | 'locale' | 'timezone'>,
  { now, publicUrl }: { readonly now: number; readonly publicUrl: string | null },
): Promise<MailVariables> {
  const day = restOfDay(timezone, now);
  const contents = await readDigest(
    sql,
    resellerId,
    { from: new Date(now - dayMs), until: new Date(now) },
    { from: new Date(day.from), until: new Date(day.until) },
  );
  const { low, notified, recovered, ending } = contents;
  const time = new Intl.DateTimeFormat(locale, {
    timeZone: timezone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return {
    digest: {
      low_count: low.total,
      notified_count: notified.total,
      recovered_count: recovered.total,
      ending_count: ending.total,
      low: low.rows.map(({ name, side, available, currency, emptyAt }) => ({
        ...{ name, side: side ?? '', available: available ?? '', currency },
        days: emptyAt === null ? '' : String(Math.floor((emptyAt - now) / dayMs)),
      })),
      notified: notified.rows.map(({ name, notifications }) => ({ name, count: String(notifications) })),
      recovered: recovered.rows.map(({ name, available, currency }) => ({
        name,
        available: available ?? '',
        currency,
      })),
      ending: ending.rows.map(({ kind, name, at }) => ({ kind, name, at: time.format(at) })),
    },
    links: {
      low: publicUrl === null ? '' : `${withoutEndSlash(publicUrl)}/clients?state=low,critical,exhausted,silenced`,
    },
    now: new Date(now).toISOString(),
  };
}
