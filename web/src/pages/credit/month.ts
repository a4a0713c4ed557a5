import { daysIn, instantOf, wallClock, weekday } from '../../ui/text/zoned';
import type { Grant } from './grants-list';

/** `2026-11` */
export type MonthText = string;

/** One cell of the calendar. */
export interface Day {
  /** `2026-11-25` */
  readonly date: string;
  readonly day: number;
  readonly isOfMonth: boolean;
  /** instants: `from <= t < to` */
  readonly from: number;
  readonly to: number;
}

export interface DayEvents {
  readonly starts: readonly Grant[];
  readonly ends: readonly Grant[];
}

export function monthOf(instant: number, zone: string): MonthText {
  return dateOf(instant, zone).slice(0, 7);
}

export function dateOf(instant: number, zone: string): string {
  const { year, month, day } = wallClock(instant, zone);
  return [year, two(month), two(day)].join('-');
}

/** @param by months */
export function shiftMonth(month: MonthText, by: number): MonthText {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

export const isMonth = (text: string | null): text is MonthText => /^\d{4}-(0[1-9]|1[0-2])$/.test(text ?? '');

/** Whole weeks around a month. @param firstWeekday 0 is Sunday */
export function weeksOf(month: MonthText, zone: string, firstWeekday: number): Day[][] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const before = (weekday({ year, month: number, day: 1 }) - firstWeekday + 7) % 7;
  const weeks = Math.ceil((before + daysIn(year, number)) / 7);
  const start = (day: number): number => instantOf({ year, month: number, day, hour: 0, minute: 0 }, zone);
  return Array.from({ length: weeks }, (_week, week) =>
    Array.from({ length: 7 }, (_day, place) => {
      const day = week * 7 + place - before + 1;
      const date = new Date(Date.UTC(year, number - 1, day)).toISOString().slice(0, 10);
      const isOfMonth = date.startsWith(month);
      return { date, day: Number(date.slice(8)), isOfMonth, from: start(day), to: start(day + 1) };
    }),
  );
}

/** Whether it was ever active: one that is canceled before its start never was. */
function hasStarted({ status, validFrom, endedAt }: Grant): boolean {
  return status !== 'cancelled' || endedAt === null || Date.parse(endedAt) > Date.parse(validFrom);
}

export const endOf = ({ endedAt, validUntil }: Grant): number => Date.parse(endedAt ?? validUntil);

export function eventsOf(grants: readonly Grant[], { from, to }: Pick<Day, 'from' | 'to'>): DayEvents {
  const isWithin = (instant: number): boolean => from <= instant && instant < to;
  const real = grants.filter(hasStarted);
  return {
    starts: real.filter(({ validFrom }) => isWithin(Date.parse(validFrom))),
    ends: real.filter((grant) => isWithin(endOf(grant))),
  };
}

const two = (value: number): string => String(value).padStart(2, '0');
