import type { MailTransport } from '../../../src/mail/smtp/transport.js';

/** What the server does with an email; `refuse` is for now, `refuse-permanent` for good. */
export type MailMode = 'accept' | 'refuse' | 'refuse-permanent' | 'uncertain';

export interface TakenMail {
  readonly to: readonly string[];
  readonly messageId: string;
  readonly subject: string;
  readonly text: string;
  readonly attachments: readonly { readonly name: string; readonly content: Buffer }[];
}

/** A mail server that does what a test sets, and keeps what it took. */
export interface FakeMail extends MailTransport {
  mode: MailMode;
  /** for one recipient, in place of `mode`; addresses as they are written */
  readonly modes: Map<string, MailMode>;
  /** emails that were transmitted completely, in that order; uncertain ones too, because they may have arrived */
  readonly taken: TakenMail[];
  /** attempts to send, whatever their outcome */
  attempts: number;
}

export function fakeMail(): FakeMail {
  const taken: TakenMail[] = [];
  return {
    mode: 'accept',
    modes: new Map(),
    taken,
    attempts: 0,
    async send(message, hooks) {
      this.attempts += 1;
      const mode = this.modes.get(message.to[0] ?? '') ?? this.mode;
      if (mode === 'refuse') return { outcome: 'refused', permanent: false, code: 451, reply: '451 later' };
      if (mode === 'refuse-permanent') return { outcome: 'refused', permanent: true, code: 550, reply: '550 no' };
      await hooks.beforeEnd();
      const { to, messageId, subject, text, attachments = [] } = message;
      taken.push({ to, messageId, subject, text, attachments });
      if (mode === 'uncertain') return { outcome: 'uncertain', reply: 'the connection broke after the data' };
      return { outcome: 'accepted', accepted: [...message.to], rejected: [], reply: '250 ok' };
    },
    toEml: async () => '',
    verify: async () => undefined,
    close: async () => undefined,
  };
}
