import { stage } from './stage.js';

/** The people of the demo data, one of each role; `admin` is the login of the first start. */
const emails = {
  viewer: 'vera@company-name.example',
  operator: 'oleh@company-name.example',
  manager: 'mary@sub-reseller-b.example',
  controller: 'carl@company-name.example',
  integrator: 'inna@company-name.example',
  sre: 'sam@company-name.example',
} as const;
export type Person = keyof typeof emails | 'admin';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

const password = 'correct horse battery staple';
const ready = new Map<Person, Promise<Credentials>>();

/** What the person types to log in; the demo's people get a password the first time they are asked for. */
export function credentialsOf(person: Person): Promise<Credentials> {
  const known = ready.get(person) ?? prepare(person);
  ready.set(person, known);
  return known;
}

async function prepare(person: Person): Promise<Credentials> {
  const { api, ready: started } = stage();
  if (person === 'admin') return started.login as Credentials;
  const email = emails[person];
  const user = (await api.list<{ id: string; email: string }>('/v1/users?limit=200')).find(
    (one) => one.email === email,
  );
  if (!user) throw new Error(`the demo has no ${person}`);
  await api.post(`/v1/users/${user.id}/password`, { password });
  return { email, password };
}
