export const leastPasswordLength = 12;
export const mostPasswordLength = 256;

/**
 * Why a password is too easy to guess, or null where it is not. Length does the work; the rest refuses what is tried
 * first although it is long.
 */
export function passwordFault(password: string, email: string): string | null {
  const length = [...password].length;
  if (length < leastPasswordLength) return `must have at least ${leastPasswordLength} characters`;
  if (length > mostPasswordLength) return `must have at most ${mostPasswordLength} characters`;
  const plain = password.toLowerCase();
  const address = email.toLowerCase();
  if (plain.includes(address) || plain === address.split('@')[0]) return 'must not be the e-mail address';
  if (new Set(plain).size < 5) return 'must have at least 5 different characters';
  if (isRun(plain) || isCommon(plain)) return 'is one of those that are tried first: choose another';
  return null;
}

/** Neighbours on a keyboard or in the alphabet, forwards or backwards, over and over. */
const runs = ['abcdefghijklmnopqrstuvwxyz', '0123456789', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc4rfv5tgb'];

function isRun(plain: string): boolean {
  return runs.some((run) => {
    const backwards = [...run].reverse().join('');
    return [run, backwards].some((way) => way.repeat(Math.ceil(plain.length / way.length) + 1).includes(plain));
  });
}

/** Stems of the long ones among the passwords that leaked most often, and the names of this service. */
const stems = [
  ...['password', 'passw0rd', 'p@ssw0rd', 'p@ssword', 'qwerty', 'qwertyuiop', 'qwerty123', '1q2w3e4r', '1q2w3e4r5t'],
  ...['1qaz2wsx', 'zaq12wsx', 'administrator', 'admin', 'welcome', 'letmein', 'iloveyou', 'changeme', 'superman'],
  ...['football', 'baseball', 'princess', 'sunshine', 'trustno1', 'monkey', 'dragon', 'master', 'secret', 'default'],
  ...['abc123', 'asdfghjkl', 'zxcvbnm', 'internet', 'computer', 'whatever', 'michael', 'jennifer', 'lowwater'],
];

/** Nothing but such stems, digits and signs: `Password1234`, `adminadmin!!`. */
function isCommon(plain: string): boolean {
  const rest = stems.toSorted((a, b) => b.length - a.length).reduce((text, stem) => text.replaceAll(stem, ''), plain);
  return rest !== plain && /^[\d\W_]*$/.test(rest);
}
