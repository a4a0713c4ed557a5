/** @jest-environment ./test/web/support/page-environment.cjs */
import { screen } from '@testing-library/react';
import { ImportFault } from '../../../web/src/ui/ImportFault';
import { renderPage } from '../support/render-page';

test.each([
  ['invalid_value', 'Value not accepted'],
  ['already_exists', 'Already taken.'],
  ['client_unlimited', 'The client has unlimited credit.'],
])('a row that is refused with %s says so in the words of the page, above those of the service', (code, text) => {
  renderPage(<ImportFault code={code} detail="must be an ISO 4217 code" />);
  expect(screen.getByText(text)).not.toHaveAttribute('lang');
  expect(screen.getByText('Must be an ISO 4217 code.')).toHaveAttribute('lang', 'en');
});

test('a code that the page does not know leaves the words of the service', () => {
  renderPage(<ImportFault code="of_tomorrow" detail="must fit" />);
  expect(screen.getByText('Must fit.')).toBeVisible();
  expect(document.body.textContent).not.toContain('of_tomorrow');
});
