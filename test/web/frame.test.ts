import { healthBanners } from '../../web/src/app/bars/banners';
import { matches } from '../../web/src/app/palette/palette-entries';
import { browserName } from '../../web/src/pages/access/me/browser-name';
import { loginPath, returnPath } from '../../web/src/session/return-path';

describe('the way through the login', () => {
  it.each(['/', '/clients/7?tab=credit#why', '/settings?tab=system'])('comes back to %s', (path) => {
    expect(returnPath(new URLSearchParams(loginPath(path).split('?')[1]).get('next'))).toBe(path);
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'clients', '', '/login?next=/', null])(
    'never leads elsewhere: %s',
    (next) => {
      expect(returnPath(next)).toBe('/');
    },
  );
});

describe('banners', () => {
  const check = (name: Parameters<typeof healthBanners>[0][number]['name'], status: 'ok' | 'degraded' | 'down') => {
    return { name, status, since: null, detail: '', remedy: null };
  };

  it('stand in a fixed order and leave out what is well', () => {
    const checks = [
      check('outbox', 'degraded'),
      check('smtp', 'down'),
      check('temporal', 'ok'),
      check('worker', 'down'),
    ];
    expect(healthBanners(checks).map(({ name, isDown }) => [name, isDown])).toEqual([
      ['worker', true],
      ['smtp', true],
      ['outbox', false],
    ]);
  });
});

describe('the palette', () => {
  it('finds by the beginnings of words', () => {
    expect(matches('Exchange rates', 'ra ex')).toBe(true);
    expect(matches('Theme: Dark', 'dark')).toBe(true);
    expect(matches('Exchange rates', 'ates')).toBe(false);
  });
});

describe('the name of a browser', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox 140 · Linux'],
    ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/147.0 Safari/537.36 Edg/147.0', 'Edge 147 · Windows'],
    ['something', null],
    [null, null],
  ])('of %s', (agent, name) => {
    expect(browserName(agent)).toBe(name);
  });
});
