import '../../i18n/late/rates';
import { Drawer, Title } from '@mantine/core';
import { IconArrowsExchange, IconPlus } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { t } from '../../i18n/t';
import { List } from '../../list/List';
import { ActionButton } from '../../session/ActionButton';
import { PageHeader } from '../../ui/PageHeader';
import { NewRateForm } from './NewRateForm';
import { CurrentRates } from './CurrentRates';
import { ratesList } from './rates-list';

const anyPair = 'any';

/** Current rates, what is missing, and the history. `?new=EUR-USD` adds one next to them. */
export default function RatesPage() {
  const [parameters, setParameters] = useSearchParams();
  const pair = parameters.get('new');
  const show = (next: string | null): void =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      if (next === null) after.delete('new');
      else after.set('new', next);
      return after;
    });
  const add = (
    <ActionButton
      operation="createExchangeRate"
      size="xs"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => show(anyPair)}
    >
      {t('rates.new')}
    </ActionButton>
  );
  return (
    <>
      <PageHeader title={t('app.nav.rates')} lead={t('rates.lead')} actions={add} />
      <CurrentRates onNew={show} />
      <Title order={2} size="h5" mb="xs">
        {t('rates.history')}
      </Title>
      <List
        definition={ratesList}
        empty={{ icon: IconArrowsExchange, title: t('rates.empty'), text: t('rates.emptyText'), docs: '/docs' }}
      />
      <Drawer
        opened={pair !== null}
        onClose={() => show(null)}
        position="right"
        size="md"
        title={t('rates.new')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {pair !== null && <NewRateForm key={pair} pair={pair} onClose={() => show(null)} />}
      </Drawer>
    </>
  );
}
