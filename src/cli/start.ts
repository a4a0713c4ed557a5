import { Command, InvalidArgumentError } from 'commander';
import { exitCodeHelp } from './exit-codes.js';
import { runCommand } from './run.js';
import { runLocalStack, type StartOptions } from './local-stack.js';

const help = `
Runs all of Lowwater on this machine: PostgreSQL, a Temporal server with its web UI, a mailbox that keeps every email,
the worker, and the API with its web page. Nothing else to install. The data folder keeps everything, timers included,
so the next start continues from there.

To use a server of your own, set:
  DATABASE_URL      postgres://user:password@host:port/database
  TEMPORAL_ADDRESS  host:port (with TEMPORAL_NAMESPACE, TEMPORAL_TLS, TEMPORAL_API_KEY)
  SMTP_URL          smtp://user:password@host:port

The first start adds demo data: the clients of an imaginary operator, and a generator of small charges and payments.
--empty starts without demo data. With DATABASE_URL set, only --demo adds it.

--reset deletes the data of earlier starts: the embedded database, Temporal's workflows, the mailbox, the first key,
and the first login. A database that was made with another baseline of the schema needs it once.

Ctrl-C stops everything in order. A second Ctrl-C forces the stop.
${exitCodeHelp}

Examples:
  $ npm start
  $ npm start -- --empty --port 9000
  $ npm -s start -- --json --port 0 --data-dir /tmp/lowwater`;

/** `lowwater start [--empty | --demo] [--reset] [--data-dir DIR] [--port N] [--json]` */
export function startCommand(): Command {
  return new Command('start')
    .description('run everything on this machine')
    .option('--empty', 'start without demo data and its charges')
    .option('--demo', 'add demo data, also to your own database')
    .option('--reset', 'delete the data of earlier starts first')
    .option('--data-dir <dir>', 'folder that keeps everything', '.lowwater')
    .option(
      '--port <n>',
      'port of the API and the web page (default: API_PORT or 8080; 0: free ports for all parts)',
      portNumber,
    )
    .option('--json', 'print only one JSON object with all addresses on stdout, when ready')
    .addHelpText('after', help)
    .action((options: StartOptions) => runCommand(() => runLocalStack(options)));
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('Use a number from 0 to 65535.');
  return port;
}
