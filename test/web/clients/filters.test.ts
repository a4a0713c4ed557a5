import { parametersOf } from '../../../web/src/list/definition';
import { clientFilters } from '../../../web/src/pages/clients/filters';
import { clientFields, sectionLabel, clientSections } from '../../../web/src/ui/text/client-field';

/** The advanced search of the manual: a filter for each field. */

/** Settings of Lowwater's own, and what belongs to a client's beginning. */
const unfiltered = ['openingBalance', 'checkEveryMinutes', 'warningThresholds'];

const parameters = clientFilters.flatMap(parametersOf);

it.each(clientFields.filter(({ name }) => !unfiltered.includes(name)).map(({ name }) => name))(
  'offers a filter for %s',
  (name) => {
    expect([name, `${name}From`].some((parameter) => parameters.includes(parameter))).toBe(true);
  },
);

it('offers each parameter once, apart from the currency of amounts', () => {
  const own = clientFilters.flatMap((filter) =>
    filter.kind === 'money' ? [filter.from, filter.to] : parametersOf(filter),
  );
  expect(own).toEqual([...new Set(own)]);
});

it('has the sections of the form in their order', () => {
  const sections = [...new Set(clientFilters.map(({ section }) => section))];
  expect(sections.filter((section) => section !== 'clients.balance')).toEqual(
    clientSections.map(sectionLabel).filter((section) => sections.includes(section)),
  );
});
