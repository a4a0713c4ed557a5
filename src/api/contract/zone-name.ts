import { timezone } from './schemas.js';
import { z } from './zod.js';

/** A zone by its name: to the database, an offset such as `+02:00` means the contrary. */
export const zoneName = z
  .string()
  .regex(/^[A-Za-z]/, 'must be an IANA time zone, such as "Europe/Kyiv"')
  .pipe(timezone);
