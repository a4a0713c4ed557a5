import type { ScenarioNotification } from './scenario.js';

/** One line of a comparison: `expected` or `got` is null where only the other side has the email. */
export interface ComparedMail {
  readonly expected: ScenarioNotification | null;
  readonly got: ScenarioNotification | null;
  /** what is not the same, in words; empty where the two agree */
  readonly differences: readonly string[];
}

/** Pairs each notification with the expected one of the same rule at the same instant, in order of time. */
export function compareMails(
  expected: readonly ScenarioNotification[],
  got: readonly ScenarioNotification[],
): ComparedMail[] {
  const unmatched = [...got];
  const pairs = expected.map((mail): ComparedMail => {
    const index = unmatched.findIndex((other) => nameOf(other) === nameOf(mail));
    if (index < 0) return { expected: mail, got: null, differences: [`missing: ${describeMail(mail)}`] };
    const [other] = unmatched.splice(index, 1);
    return pairOf(mail, other as ScenarioNotification);
  });
  const extra = unmatched.map((mail): ComparedMail => ({
    expected: null,
    got: mail,
    differences: [`not expected: ${describeMail(mail)}`],
  }));
  return [...pairs, ...extra].sort((a, b) => instantOf(a).localeCompare(instantOf(b)));
}

/** Readable differences, none where both lists are the same in the same order. */
export function differencesOf(
  expected: readonly ScenarioNotification[],
  got: readonly ScenarioNotification[],
): string[] {
  const differences = compareMails(expected, got).flatMap((pair) => pair.differences);
  if (differences.length > 0) return differences;
  const index = expected.findIndex((mail, place) => nameOf(mail) !== nameOf(got[place] as ScenarioNotification));
  if (index < 0) return [];
  const [wanted, came] = [expected[index], got[index]] as [ScenarioNotification, ScenarioNotification];
  return [`order: notification ${index + 1} is ${nameOf(came)}, expected ${nameOf(wanted)}`];
}

/** `2026-03-02T00:00:00Z user number 1, available 90.00, to owner@operator.example` */
function describeMail(mail: ScenarioNotification): string {
  const what =
    mail.capacity !== undefined
      ? `capacity ${capacityText(mail)}`
      : mail.mailTime === null
        ? 'balance mail time cleared'
        : `to ${mail.to.join(', ') || 'the events log'}`;
  return `${nameOf(mail)} number ${mail.number}, available ${mail.available}, ${what}`;
}

function pairOf(expected: ScenarioNotification, got: ScenarioNotification): ComparedMail {
  const fields: readonly (readonly [string, string, string])[] = [
    ['capacity', capacityText(expected), capacityText(got)],
    ['number', String(expected.number), String(got.number)],
    ['available', expected.available, got.available],
    ['to', expected.to.join(', '), got.to.join(', ')],
    ['failed', failedText(expected), failedText(got)],
    ['mailTime', String(expected.mailTime), String(got.mailTime)],
  ];
  const differences = fields
    .filter(([, wanted, came]) => wanted !== came)
    .map(([field, wanted, came]) => `${nameOf(expected)}: ${field} is ${came}, expected ${wanted}`);
  return { expected, got, differences };
}

function failedText({ failed = [] }: ScenarioNotification): string {
  return failed.join(', ') || 'none';
}

function capacityText({ capacity }: ScenarioNotification): string {
  return capacity === undefined ? 'none' : capacity === null ? 'unlimited' : String(capacity);
}

function nameOf(mail: ScenarioNotification): string {
  return `${mail.at} ${mail.rule}`;
}

function instantOf(pair: ComparedMail): string {
  return (pair.expected ?? pair.got)?.at ?? '';
}
