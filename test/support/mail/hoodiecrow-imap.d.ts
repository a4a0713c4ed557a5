/** What the tests use of an IMAP server in JavaScript that has no types. */
declare module 'hoodiecrow-imap' {
  import type { Server } from 'node:net';

  interface StoredMessage {
    readonly raw: string;
    readonly uid: number;
    readonly flags: string[];
  }

  type CommandHandler = (connection: { readonly socket: { destroy(): void } }, ...rest: unknown[]) => void;

  interface ImapServer {
    readonly server: Server;
    readonly commandHandlers: Record<string, CommandHandler>;
    getCommandHandler(command: string): CommandHandler | false;
    getMailbox(path: string): { readonly messages: readonly StoredMessage[] };
    appendMessage(path: string, flags: readonly string[], internalDate: false, raw: string): void;
    listen(port: number, host: string, done: () => void): void;
    close(done: () => void): void;
  }

  export default function hoodiecrow(options: {
    readonly plugins: readonly string[];
    readonly users: Readonly<Record<string, { readonly password: string }>>;
    readonly storage: Readonly<Record<string, unknown>>;
  }): ImapServer;
}
