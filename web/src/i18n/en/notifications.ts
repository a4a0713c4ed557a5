import type { Dictionary } from '../text';

export const notifications = {} as const satisfies Dictionary;
