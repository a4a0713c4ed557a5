export const leastPasswordLength = 12;
export const mostPasswordLength = 256;

/** What is wrong with the length of a password; null: nothing. How easy it is to guess is judged apart. */
export function passwordLengthFault(password: string): string | null {
  const length = [...password].length;
  if (length < leastPasswordLength) return `must have at least ${leastPasswordLength} characters`;
  if (length > mostPasswordLength) return `must have at most ${mostPasswordLength} characters`;
  return null;
}
