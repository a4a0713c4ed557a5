import { Command, InvalidArgumentError } from 'commander';
import { exitCodeHelp } from './exit-codes.js';
import { runCommand } from './run.js';
import { runLocalStack, type StartOptions } from './local-stack.js';

const help = `
Starts all of Lowwater on this machine: a real PostgreSQL, a real Temporal server with its pages, an SMTP server that
keeps the mail in a mailbox, the worker, the API and its web page. Nothing needs to be installed for it. Everything is
kept in the data folder; the next start finds it as it was, timers included.

Where one of these is set, that part is yours instead:
  DATABASE_URL      postgres://user:password@host:port/database
  TEMPORAL_ADDRESS  host:port (with TEMPORAL_NAMESPACE, TEMPORAL_TLS, TEMPORAL_API_KEY)
  SMTP_URL          smtp://user:password@host:port

The first start brings demo data: the clients of an imaginary operator, and a generator of small charges and payments,
so that there is something to see. --empty starts without. With a DATABASE_URL there is none unless --demo asks for it.

--reset deletes the data of earlier starts: the embedded database, Temporal's workflows, the mailbox, the first key and
login. A database that was made with another baseline of the schema needs it once.

Ctrl-C stops everything in order; a second one ends it at once.
${exitCodeHelp}

Examples:
  $ npm start
  $ npm start -- --empty --port 9000
  $ npm -s start -- --json --port 0 --data-dir /tmp/lowwater`;

/** `lowwater start [--empty | --demo] [--reset] [--data-dir DIR] [--port N] [--json]` */
export function startCommand(): Command {
  return new Command('start')
    .description('run everything on this machine')
    .option('--empty', 'without demo data, and without its traffic')
    .option('--demo', 'with demo data, also in a database of your own')
    .option('--reset', 'delete the data of earlier starts first')
    .option('--data-dir <dir>', 'where everything is kept', '.lowwater')
    .option(
      '--port <n>',
      'port of the API and the web page (default: API_PORT or 8080; 0: free ports for all)',
      portNumber,
    )
    .option('--json', 'when ready, print where everything is as one JSON object on stdout, and nothing else')
    .addHelpText('after', help)
    .action((options: StartOptions) => runCommand(() => runLocalStack(options)));
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('It is a number from 0 to 65535.');
  return port;
}
