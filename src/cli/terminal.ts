/** What people see of a command: progress and messages on stderr, so that stdout carries the answer alone. */

/** One line on stderr. */
export function printStatus(line = ''): void {
  process.stderr.write(`${line}\n`);
}

/** The answer of a command, on stdout. */
export function printOutput(text: string): void {
  process.stdout.write(`${text}\n`);
}

type Stream = NodeJS.WriteStream;

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

/** Colors a text where the stream is a terminal that can, and NO_COLOR does not say otherwise. */
export function colorize(style: keyof typeof codes, text: string, stream: Stream = process.stderr): string {
  return stream.isTTY && stream.hasColors() ? `\x1b[${codes[style]}m${text}\x1b[0m` : text;
}

/** `0.4 s`, `12 s` */
export function seconds(ms: number): string {
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}
