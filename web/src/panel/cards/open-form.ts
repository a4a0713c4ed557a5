import type { components } from '../../api/schema';

type Registration = components['schemas']['CardRegistration'];

/** Which registration the gateway's form belongs to, while the browser is there. */
const place = 'lowwater.panel.cardRegistration';

/** Where the gateway sends the browser afterwards. */
export const returnMark = 'entered';

/** Leaves for the page of the gateway in which the card is entered: no card number passes here. */
export function openGatewayForm({ id, url, method, fields }: Registration): void {
  sessionStorage.setItem(place, id);
  if (method === 'GET') {
    location.assign(url);
    return;
  }
  const form = document.createElement('form');
  form.method = 'post';
  form.action = url;
  for (const [name, value] of Object.entries(fields)) {
    const field = document.createElement('input');
    Object.assign(field, { type: 'hidden', name, value });
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}

/** The registration whose form the browser comes back from; null: none. */
export function enteredRegistration(search: string): string | null {
  return new URLSearchParams(search).has(returnMark) ? sessionStorage.getItem(place) : null;
}

export function forgetRegistration(): void {
  sessionStorage.removeItem(place);
}
