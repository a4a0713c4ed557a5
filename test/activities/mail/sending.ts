import {
  createMailTransport,
  type MailTransport,
  type MailTransportOptions,
  type OutgoingMail,
} from '../../../src/mail/smtp/transport.js';
import { startScriptedServer, type Script, type ScriptedServer } from './scripted-server.js';

/** A transport and the scripted server it sends to. */
export interface Sending {
  readonly server: ScriptedServer;
  readonly transport: MailTransport;
  stop(): Promise<void>;
}

export async function startSending(script: Script = {}, options: Partial<MailTransportOptions> = {}): Promise<Sending> {
  const server = await startScriptedServer(script);
  const from = 'Lowwater <lowwater@company.example>';
  const transport = createMailTransport({ url: server.url, from, domain: 'lowwater.example', ...options });
  const stop = async (): Promise<void> => {
    await transport.close();
    await server.stop();
  };
  return { server, transport, stop };
}

export const mailOf = (changes: Partial<OutgoingMail> = {}): OutgoingMail => ({
  messageId: '<0123456789abcdef@lowwater.example>',
  to: ['anna@customer.example'],
  subject: 'Balance low',
  html: '<p>Low</p>',
  text: 'Low\n.\n..\nend',
  date: new Date('2026-05-12T11:00:00Z'),
  ...changes,
});

/** Lets the client's socket receive what the server did: waits for turns of the event loop, not for a clock. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
