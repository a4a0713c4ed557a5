import { fault, type Fault } from './faults.js';

/** What the guard says, and the variables that an author may have meant. */

/** What is said of a node that has no translation. Its type is not one of those declared, so it is read as text. */
export function refusal({ typename }: { readonly typename: string }): Fault {
  switch (typename) {
    case 'FunCall':
    case 'Caller':
    case 'CallExtension':
      return fault('call');
    case 'InlineIf':
      return fault('inline_if');
    case 'Array':
    case 'Dict':
      return fault('collection');
    case 'Add':
    case 'Sub':
    case 'Mul':
    case 'Div':
    case 'FloorDiv':
    case 'Mod':
    case 'Pow':
    case 'Neg':
    case 'Pos':
    case 'Concat':
    case 'In':
    case 'Is':
      return fault('operator');
    case 'IfAsync':
    case 'AsyncEach':
    case 'AsyncAll':
    case 'Switch':
    case 'Set':
    case 'Macro':
    case 'Include':
    case 'Import':
    case 'FromImport':
    case 'Extends':
    case 'Block':
    case 'Capture':
      return fault('tag');
    default:
      return fault('node', { name: typename });
  }
}

/** Listed variables that an author may have meant by `path`, at most three. */
export function nearNames(listed: readonly string[], path: string): string[] {
  const last = lastName(path);
  return listed.filter((name) => name.startsWith(`${path}.`) || isNear(lastName(name), last)).slice(0, 3);
}

function lastName(path: string): string {
  return path.split('.').at(-1)?.toLowerCase() ?? '';
}

/** One name contains the other, or they differ in at most two letters. */
function isNear(listed: string, written: string): boolean {
  if (written.length < 3) return false;
  if (listed.includes(written) || written.includes(listed)) return true;
  return Math.abs(listed.length - written.length) <= 2 && distance(listed, written) <= 2;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
