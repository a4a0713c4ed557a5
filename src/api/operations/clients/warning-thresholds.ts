import { z } from '../../contract/zod.js';

/** "Define several balance warning thresholds as comma-separated values" (docs/manuals.md#warning-thresholds). */
export const warningThresholds = z
  .union([z.string().max(1000), z.array(z.string().max(40)).max(50)], {
    error: 'must be a list of thresholds, such as ["75%", "950.00"], or one comma-separated string',
  })
  .transform((given) => splitThresholds(given));

function splitThresholds(given: string | readonly string[]): string[] {
  const parts = typeof given === 'string' ? given.split(',') : given;
  const texts = parts.map((part) => part.trim().replace(/\s+%$/, '%'));
  return typeof given === 'string' ? texts.filter((text) => text !== '') : texts;
}
