import { until } from '../../support/run/lowwater.js';
import type { SunkMail } from '../../support/mail/smtp.js';
import { stage } from './stage.js';

/** The first email that arrives at an address. */
export async function mailTo(address: string): Promise<SunkMail> {
  const { mail } = stage();
  const find = (): SunkMail | undefined => mail.messages.find(({ to }) => to.includes(address));
  await until(`a mail to ${address}`, () => find() !== undefined);
  return find() as SunkMail;
}

/** How many have arrived there. */
export const mailsTo = (address: string): number =>
  stage().mail.messages.filter(({ to }) => to.includes(address)).length;
