import {
  allowedAddresses,
  isAllowedAddress,
  lookupOf,
  parseWebhookUrl,
  RefusedAddress,
  requirePublicUrl,
} from '../../../../src/webhooks/address-guard.js';

const strict = { allowLoopback: false };
const names: Record<string, readonly string[]> = {
  'public.example': ['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'],
  'inside.example': ['10.0.0.7'],
  'mixed.example': ['93.184.216.34', '127.0.0.1'],
  'mapped.example': ['::ffff:10.0.0.1'],
  'metadata.google.internal': ['169.254.169.254'],
  localhost: ['::1', '127.0.0.1'],
  'localhost.': ['127.0.0.1'],
  '127.0.0.1.nip.example': ['127.0.0.1'],
  'empty.example': [],
};
const resolve = async (host: string): Promise<readonly string[]> => {
  const addresses = names[host];
  if (!addresses) throw new Error('ENOTFOUND');
  return addresses;
};

test.each([
  'https://public.example/hooks',
  'https://public.example:8443/hooks?tenant=7',
  'https://93.184.216.34/',
  'https://[2606:2800:220:1:248:1893:25c8:1946]/',
])('%s is taken', async (url) => {
  await expect(requirePublicUrl(url, { ...strict, resolve })).resolves.toBeUndefined();
});

test.each([
  ['https://127.0.0.1/', /public/],
  ['https://2130706433/', /public/],
  ['https://0x7f000001/', /public/],
  ['https://0177.0.0.1/', /public/],
  ['https://127.1/', /public/],
  ['https://0/', /public/],
  ['https://[::1]/', /public/],
  ['https://[::]/', /public/],
  ['https://[::ffff:127.0.0.1]/', /public/],
  ['https://[::ffff:7f00:1]/', /public/],
  ['https://[::127.0.0.1]/', /public/],
  ['https://[64:ff9b::7f00:1]/', /public/],
  ['https://[2002:7f00:1::]/', /public/],
  ['https://[fe80::1]/', /public/],
  ['https://[fd00:ec2::254]/', /public/],
  ['https://169.254.169.254/latest/meta-data/', /public/],
  ['https://168.63.129.16/', /public/],
  ['https://100.100.100.200/', /public/],
  ['https://10.1.2.3/', /public/],
  ['https://172.16.0.1/', /public/],
  ['https://192.168.1.1/', /public/],
  ['https://224.0.0.1/', /public/],
  ['https://255.255.255.255/', /public/],
  ['https://１２７.０.０.１/', /public/],
  ['https://localhost/', /public/],
  ['https://LOCALHOST/', /public/],
  ['https://localhost./', /public/],
  ['https://inside.example/', /public/],
  ['https://mixed.example/', /public/],
  ['https://mapped.example/', /public/],
  ['https://metadata.google.internal/', /public/],
  ['https://127.0.0.1.nip.example/', /public/],
  ['https://unknown.example/', /resolves/],
  ['https://empty.example/', /resolves/],
  ['https://user@public.example/', /user or password/],
  ['https://public.example@127.0.0.1/', /user or password/],
  ['https://user:secret@public.example/', /user or password/],
  ['https://public.example/#secret', /after #/],
  ['http://public.example/', /https/],
  ['ftp://public.example/', /https/],
  ['file:///etc/passwd', /https/],
  ['gopher://127.0.0.1:6379/_x', /https/],
  ['javascript:alert(1)', /https/],
  ['public.example/hooks', /URL/],
  ['//public.example/hooks', /URL/],
  ['', /URL/],
])('%s is refused', async (url, reason) => {
  const refused = requirePublicUrl(url, { ...strict, resolve });
  await expect(refused).rejects.toBeInstanceOf(RefusedAddress);
  await expect(refused).rejects.toThrow(reason);
});

test('for development, this machine is reached also without TLS, and no other address of the inside', async () => {
  const options = { allowLoopback: true, resolve };
  for (const url of ['http://127.0.0.1:9000/hooks', 'http://localhost/', 'https://[::1]/', 'https://public.example/']) {
    await expect(requirePublicUrl(url, options)).resolves.toBeUndefined();
  }
  for (const url of [
    'http://public.example/',
    'http://10.0.0.1/',
    'https://inside.example/',
    'https://169.254.169.254/',
  ]) {
    await expect(requirePublicUrl(url, options)).rejects.toBeInstanceOf(RefusedAddress);
  }
});

test('an address with a zone, or what is none, is not public', () => {
  for (const address of ['fe80::1%eth0', '2606:2800:220:1::%1', 'public.example', '']) {
    expect(isAllowedAddress(address, strict)).toBe(false);
  }
});

test('a connection goes to the address that was checked, whatever the name resolves to by then', async () => {
  const answers = [['93.184.216.34'], ['127.0.0.1']];
  const rebinding = async (): Promise<readonly string[]> => answers.shift() ?? [];
  const url = parseWebhookUrl('https://rebind.example/', strict);
  const lookup = lookupOf(await allowedAddresses(url, { ...strict, resolve: rebinding }));
  const found = await new Promise((done) => lookup('rebind.example', {}, (_error, address) => done(address)));
  expect(found).toBe('93.184.216.34');
  // The next attempt asks again, and is refused.
  await expect(allowedAddresses(url, { ...strict, resolve: rebinding })).rejects.toThrow(/public/);
});
