/** A text that `like` takes literally. */
export function likeText(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** A pattern for `like` on a column in lower case: the text anywhere within. */
export function containing(text: string): string {
  return `%${likeText(text.toLowerCase())}%`;
}

/** The same for a text in which `*` matches any text. */
export function withWildcards(text: string): string {
  return likeText(text.toLowerCase()).replaceAll('*', '%');
}
