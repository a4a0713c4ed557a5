/** Which names of fields name secrets, however they are written: `apiKey`, `x-api-key`, `API_KEY`, `apikey`. */

/** Anywhere in a name. */
const secretParts =
  /password|passwort|passphrase|passcode|passwd|pwd|secret|token|authorization|cookie|credential|signature|apikey|accesskey|privatekey|cardnumber|cvc|cvv/;

/** What ends in `pass` and has nothing to do with a password. */
const otherPasses = /(?:by|com|encom|tres|sur|under|over)pass$/;

/** Names around secrets that are none: `previousSecretUntil`, `tokenCount`. */
const aboutSecrets = /(?:Until|At|Hours|Days|Count|Length|_until|_at|_hours|_days|_count|_length)$/;

export function isSecretName(name: string): boolean {
  if (aboutSecrets.test(name)) return false;
  const joined = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return secretParts.test(joined) || joined === 'pass' || (joined.endsWith('pass') && !otherPasses.test(joined));
}
