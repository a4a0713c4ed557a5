import hoodiecrow from 'hoodiecrow-imap';
import type { AddressInfo } from 'node:net';

/** An email as it is in a folder. */
interface FolderMessage {
  readonly raw: string;
  readonly flags: readonly string[];
}

export interface TestImap {
  /** with user and password */
  readonly url: string;
  readonly port: number;
  /** Puts an unread email into the inbox. */
  deliver(raw: string): void;
  folder(name: string): readonly FolderMessage[];
  /** The next command of this name loses its connection before it is carried out. */
  breakOff(command: string): void;
  stop(): Promise<void>;
}

/** A real IMAP server with an inbox and the folder `Done`, without TLS. */
export async function startImap(): Promise<TestImap> {
  const server = hoodiecrow({
    plugins: ['ID', 'SASL-IR', 'AUTH-PLAIN', 'NAMESPACE', 'LITERALPLUS', 'UNSELECT', 'MOVE', 'UIDPLUS', 'ENABLE'],
    users: { bounces: { password: 'hush' } },
    storage: { INBOX: {}, '': { separator: '/', folders: { Done: {} } } },
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `imap://bounces:hush@127.0.0.1:${port}?ignoreTLS=true`,
    port,
    deliver: (raw) => server.appendMessage('INBOX', [], false, raw),
    folder: (name) => server.getMailbox(name).messages.map(({ raw, flags }) => ({ raw, flags: [...flags] })),
    breakOff(command) {
      const handler = server.getCommandHandler(command);
      if (!handler) throw new Error(`the server has no command ${command}`);
      server.commandHandlers[command] = (connection) => {
        server.commandHandlers[command] = handler;
        connection.socket.destroy();
      };
    },
    stop: () => new Promise((done) => server.close(done)),
  };
}
