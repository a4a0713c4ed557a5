/** Cuts a text to at most `max` UTF-16 units, with an ellipsis, and not within a character. */
export function cutText(text: string, max: number): string {
  return text.length <= max ? text : `${startOf(text, max - 1)}…`;
}

function startOf(text: string, max: number): string {
  let length = 0;
  for (const character of text) {
    if (length + character.length > max) break;
    length += character.length;
  }
  return text.slice(0, length).trimEnd();
}
