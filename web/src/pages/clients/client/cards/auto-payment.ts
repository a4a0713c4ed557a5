import type { components } from '../../../../api/schema';

/** The automatic payments of a client, with its card. */
export type AutoPayment = components['schemas']['AutoPayment'];
