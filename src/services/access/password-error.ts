import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { passwordLengthError } from '../../domain/access/passwords.js';

/** Whose password it is: their name and address are guessed first. */
export interface PasswordOwner {
  readonly email: string;
  readonly name: string;
}

/** The time to judge a password grows faster than its length; what is hard to guess shows before. */
const judgedCharacters = 128;

/** Of 0 to 4: over 10^8 guesses, each of which costs a whole argon2id. */
const leastScore = 3;

const remedy = 'use at least four unrelated words, or a generated password';

/**
 * Why a password cannot be taken, and what to do instead; null where it is good. Passwords that are set already are
 * never judged again.
 */
export async function passwordError(password: string, owner: PasswordOwner): Promise<string | null> {
  const lengthError = passwordLengthError(password);
  if (lengthError !== null) return lengthError;
  const judge = await loadJudge();
  const { score, feedback } = judge.check(password.slice(0, judgedCharacters), knownWords(owner));
  if (score >= leastScore) return null;
  const why = feedback.warning === null ? undefined : reasons[feedback.warning];
  return `is easy to guess${why ? `, it ${why}` : ''}: ${remedy}`;
}

/** Whole and in their words: `anna.example@operator.example` is also `anna`, `example`, and `operator`. */
function knownWords({ email, name }: PasswordOwner): string[] {
  const whole = ['Lowwater', email, email.split('@')[0] ?? '', name];
  const words = whole.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]);
  return [...new Set(words.map((word) => word.toLowerCase()).filter((word) => word.length > 2))];
}

/** By the library's names of its warnings. */
const reasons: Readonly<Record<string, string>> = {
  straightRow: 'follows a row of keys',
  keyPattern: 'follows neighboring keys',
  simpleRepeat: 'repeats a character',
  extendedRepeat: 'repeats a few characters',
  sequences: 'contains a sequence such as abc',
  recentYears: 'is mostly a year',
  dates: 'is mostly a date',
  topTen: 'is a common password',
  topHundred: 'is a common password',
  common: 'is a common password',
  similarToCommon: 'is close to a common password',
  wordByItself: 'is mostly one word',
  namesByThemselves: 'is mostly a name',
  commonNames: 'is mostly a name',
  userInputs: 'contains the name or email address of the user, or the name Lowwater',
};

let judge: Promise<ZxcvbnFactory> | null = null;

/** The dictionaries take half a second to read, and memory: only a process that sets a password loads them. */
function loadJudge(): Promise<ZxcvbnFactory> {
  judge ??= readDictionaries();
  return judge;
}

async function readDictionaries(): Promise<ZxcvbnFactory> {
  const [core, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  return new core.ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
  });
}
