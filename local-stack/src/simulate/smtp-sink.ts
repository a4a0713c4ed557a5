import { SMTPServer } from 'smtp-server';

/** A real SMTP server on this machine that takes emails and forgets them, or refuses them for now. */
interface SmtpSink {
  /** `smtp://127.0.0.1:<port>` */
  readonly url: string;
  /** false: every email is refused with a temporary failure */
  up: boolean;
  stop(): Promise<void>;
}

export async function startSmtpSink(): Promise<SmtpSink> {
  const sink = { url: '', up: true, stop: () => closed(server) };
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onMailFrom: (_address, _session, callback) => callback(sink.up ? null : temporaryFailure()),
    onData: (stream, _session, callback) => {
      stream.on('end', () => callback());
      stream.resume();
    },
  });
  // Connections that break off are no concern of a simulation.
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the SMTP server has no port');
  sink.url = `smtp://127.0.0.1:${address.port}`;
  return sink;
}

function temporaryFailure(): Error {
  return Object.assign(new Error('try again later'), { responseCode: 451 });
}

function closed(server: SMTPServer): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
