import { formatCents, moneyOf } from '../../../src/domain/money.js';
import { hasAddress } from '../../../src/domain/notifications/channels.js';
import type { Sql } from '../../../src/storage/system/database.js';
import { readSent, type SentRow } from '../../../src/storage/system/simulation.js';
import { termsOf } from '../../../src/simulate/rules.js';
import { recipientText } from '../../../src/simulate/scenario-channels.js';
import { formatInstant, type Scenario, type ScenarioNotification } from '../../../src/simulate/scenario.js';

/** What a client's rules did: the notifications that count, events, and capacities, moved back in time, in order of their decisions and of the rules. */
export async function sentMails(
  sql: Sql,
  scenario: Scenario,
  clientId: string,
  shiftMs: number,
): Promise<ScenarioNotification[]> {
  const rows = await readSent(sql, clientId, new Date(scenario.untilMs + shiftMs));
  const mails = rows.map((row) => {
    const checkMs = row.checkAt.getTime() - shiftMs;
    return { checkMs, place: placeOf(scenario, checkMs, row.rule), row };
  });
  mails.sort((a, b) => a.checkMs - b.checkMs || a.place - b.place);
  return mails.map(({ checkMs, row }) => ({
    at: formatInstant(checkMs),
    rule: row.rule,
    to: row.recipients.map(textOf),
    available: formatCents(moneyOf(row.available)),
    number: row.number,
    ...(row.isCapacity && { capacity: row.capacity }),
    ...failedOf(row),
  }));
}

function failedOf({ recipients }: SentRow): Pick<ScenarioNotification, 'failed'> {
  const failed = recipients.filter(({ hasFailed }) => hasFailed).map(textOf);
  return failed.length > 0 ? { failed } : {};
}

function textOf({ recipient, channel }: SentRow['recipients'][number]): string {
  if (channel === null) return recipient;
  return recipientText({ channel, address: hasAddress(channel.format) ? recipient : null });
}

/** The place of a rule among the client's rules as they were at a check. */
function placeOf(scenario: Scenario, checkMs: number, rule: string): number {
  let { profile } = scenario;
  const { client, rates } = scenario;
  for (const event of scenario.events) if (event.kind === 'profile' && event.atMs <= checkMs) profile = event.profile;
  return termsOf(profile, client, client.balanceModel, rates).rules.findIndex(({ key }) => key === rule);
}
