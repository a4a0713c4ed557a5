import { z } from '../../contract/zod.js';

/** "Define several balance warning thresholds as comma-separated values": a decimal point, and no decimal comma (docs/manuals.md#warning-thresholds). */
export const warningThresholds = z
  .union([z.string().max(1000), z.array(z.string().max(40)).max(50)], {
    error: 'must be a list of thresholds, such as ["75%", "950.00"], or one comma-separated string',
  })
  .transform((given, ctx) => {
    const texts = splitThresholds(given);
    const empty = texts.indexOf('');
    if (empty === -1) return texts;
    ctx.addIssue({
      code: 'custom',
      path: [empty],
      message: 'must not be empty: remove the comma, or add a threshold',
      input: given,
    });
    return z.NEVER;
  });

function splitThresholds(given: string | readonly string[]): string[] {
  if (typeof given === 'string' && given.trim() === '') return [];
  const parts = typeof given === 'string' ? given.split(',') : given;
  return parts.map((part) => part.trim().replace(/\s+%$/, '%'));
}
