import { noticeKinds, type AgreementFields, type NoticeKind } from '../agreements/agreement.js';
import { earliestEffective, nextNotification } from '../agreements/notice-times.js';

/** What the rates of a file are held against, as of the beginning of their comparison (docs/rates.md#rates-that-come-too-soon). */
export interface ImportTerms {
  /** of the rate table; null: it has none, and no rate is too soon */
  readonly agreement: AgreedTimes | null;
  /** when the table was last exported; null: never */
  readonly lastExportedAt: string | null;
  /** the latest time at which a client was notified of the table; null: never */
  readonly lastNotifiedAt: string | null;
}

export interface AgreedTimes {
  readonly id: string;
  readonly name: string;
  /** the next notification of the agreement, which announces the rates */
  readonly announcedAt: string;
  /** the first time at which a rate of each kind may take effect, or end */
  readonly earliest: Readonly<Record<NoticeKind, string>>;
}

type Agreement = Pick<AgreementFields, 'notificationDays' | 'hour' | 'timezone' | 'terms' | 'name'> & {
  readonly id: string;
};

/** The times of an agreement for rates that are imported at an instant. */
export function agreedTimes(agreement: Agreement, at: number): AgreedTimes {
  const announcedAt = nextNotification(agreement, at);
  const timeOf = (kind: NoticeKind): string => new Date(earliestEffective(agreement, kind, announcedAt)).toISOString();
  const earliest = Object.fromEntries(noticeKinds.map((kind) => [kind, timeOf(kind)])) as Record<NoticeKind, string>;
  return { id: agreement.id, name: agreement.name, announcedAt: new Date(announcedAt).toISOString(), earliest };
}

/** Whether two checks of a file would find the same rates too soon. */
export function areSameTimes(one: AgreedTimes | null, other: AgreedTimes | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.id === other.id &&
    one.announcedAt === other.announcedAt &&
    noticeKinds.every((kind) => one.earliest[kind] === other.earliest[kind])
  );
}

/** When the series end that a file lacks, in mode `replace`: at once, or as soon as the agreement allows. */
export function closingTime(agreement: AgreedTimes | null, ifEarly: 'warn' | 'shift' | 'reject', now: number): number {
  if (agreement === null || ifEarly === 'warn') return now;
  return Math.max(now, Date.parse(agreement.earliest.closed));
}
