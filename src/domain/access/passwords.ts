export const minPasswordLength = 12;
export const maxPasswordLength = 256;

/** What is wrong with the length of a password; null: nothing. How easy it is to guess is judged apart. */
export function passwordLengthError(password: string): string | null {
  const length = [...password].length;
  if (length < minPasswordLength) return `must have at least ${minPasswordLength} characters`;
  if (length > maxPasswordLength) return `must have up to ${maxPasswordLength} characters`;
  return null;
}
