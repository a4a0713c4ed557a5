/** "Firefox 140 on Linux" of what a browser says that it is; null where nothing is known in it. */
export function browserName(agent: string | null): string | null {
  if (!agent) return null;
  const browser = browsers.map(([pattern, name]) => named(agent, pattern, name)).find((found) => found !== null);
  const system = systems.find(([pattern]) => pattern.test(agent))?.[1];
  return [browser, system].filter(Boolean).join(' · ') || null;
}

/** Most say that they are all the others too: the most special one first. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/Edg\/(\d+)/, 'Edge'],
  [/OPR\/(\d+)/, 'Opera'],
  [/Firefox\/(\d+)/, 'Firefox'],
  [/(?:Headless)?Chrome\/(\d+)/, 'Chrome'],
  [/Version\/(\d+).*Safari/, 'Safari'],
  [/^curl\/(\d+)/, 'curl'],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
];

function named(agent: string, pattern: RegExp, name: string): string | null {
  const version = pattern.exec(agent)?.[1];
  return version === undefined ? null : `${name} ${version}`;
}
