import { printOutput, colorize } from '../../../src/cli/terminal.js';
import type { ReadyLine } from './ready-line.js';

/** Says on stdout that everything is up, and where: for programs one JSON object in one line, for people a table. */
export function printReady(ready: ReadyLine, options: { json: boolean; dataDir: string; note: string }): void {
  if (options.json) {
    printOutput(JSON.stringify(ready));
    return;
  }
  const bold = (text: string): string => colorize('bold', text, process.stdout);
  const rows: [string, string][] = [
    ['Web address', ready.api],
    ['Login', loginText(ready)],
    ['API documentation', ready.docs],
    ['API key', ready.apiKey],
  ];
  if (ready.mailbox) rows.push(['Mailbox', `${ready.mailbox}   (shows every email)`]);
  else rows.push(['Mail server', ready.smtp]);
  rows.push(
    ready.temporalUi ? ['Temporal', `${ready.temporalUi}   (${ready.temporal})`] : ['Temporal', ready.temporal],
  );
  rows.push(['Database', ready.database], ['Data folder', options.dataDir]);
  const lines = rows.map(([name, value]) => `  ${name.padEnd(19)}${value}`);
  printOutput(`\n${bold('Lowwater is running.')}\n\n${lines.join('\n')}\n\n${options.note}\nPress Ctrl-C to stop.\n`);
}

function loginText({ login }: ReadyLine): string {
  if (login === null) return 'an existing user (to set a password: lowwater set-password EMAIL)';
  if (login.password !== null) return `${login.email} / ${login.password}`;
  return `${login.email}   (password changed; to set a new one: lowwater set-password ${login.email})`;
}
