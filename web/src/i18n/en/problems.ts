import type { Dictionary } from '../text';

export const problems = {} as const satisfies Dictionary;
