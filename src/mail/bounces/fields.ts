/** Header fields by their names in lower case, unfolded; of repeated ones the first. */
export function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), (value ?? '').trim());
  }
  return fields;
}

/** The first Message-ID of a field, with its angle brackets. */
export function messageIdIn(field: string | undefined): string | null {
  const [id] = /<[^<>\s]{1,990}>/.exec(field ?? '') ?? [];
  return id ?? null;
}

/** An enhanced status code at the beginning of a field, as `5.1.1`; empty: it has none. */
export function statusIn(field: string | undefined): string {
  const [status = ''] = /^\s*[245]\.\d{1,3}\.\d{1,3}(?!\d)/.exec(field ?? '') ?? [];
  return status.trim();
}
