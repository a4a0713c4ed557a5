import { DomainError } from '../../domain/errors.js';
import { dayMs } from '../../domain/durations.js';
import { toSecond } from '../../domain/monitoring/schedule.js';

/** A silence that someone forgets ends within a year. */
const maxDays = 366;

interface Times {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/**
 * Times as they are stored: whole seconds, a start in the past becomes now.
 *
 * @throws DomainError `invalid`
 */
export function silenceTimes({ startsAt, endsAt }: Times, now: number): Times {
  const from = Math.max(toSecond(startsAt.getTime()), toSecond(now));
  const until = toSecond(endsAt.getTime());
  if (until <= now) throw new DomainError('invalid', 'must be in the future', '/endsAt');
  if (until <= from) throw new DomainError('invalid', 'must be later than startsAt', '/endsAt');
  if (until - from > maxDays * dayMs) {
    throw new DomainError('invalid', `must be within ${maxDays} days of startsAt`, '/endsAt');
  }
  return { startsAt: new Date(from), endsAt: new Date(until) };
}
