import '../../i18n/late/silences';
import { Drawer } from '@mantine/core';
import { IconBellOff, IconPlus } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { t } from '../../i18n/t';
import { List } from '../../list/List';
import { ActionButton } from '../../session/ActionButton';
import { PageHeader } from '../../ui/PageHeader';
import { SilenceDetails } from './SilenceDetails';
import { SilenceForm } from './SilenceForm';
import { silencesList } from './silences-list';

const fresh = 'new';

/** Silences over many clients; `?silence=7` shows one next to the list, `?silence=new` creates one. */
export default function SilencesPage() {
  const [parameters, setParameters] = useSearchParams();
  const shown = parameters.get('silence');
  const show = (next: string | null): void =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      if (next === null) after.delete('silence');
      else after.set('silence', next);
      return after;
    });
  const close = (): void => show(null);
  const add = (
    <ActionButton
      operation="createSilence"
      size="xs"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => show(fresh)}
    >
      {t('silences.create')}
    </ActionButton>
  );
  return (
    <>
      <PageHeader title={t('app.nav.silences')} lead={t('silences.lead')} actions={add} />
      <List
        definition={silencesList}
        onOpen={({ id }) => show(id)}
        empty={{
          icon: IconBellOff,
          title: t('silences.empty'),
          text: t('silences.emptyText'),
          docs: '/docs#tag/silences',
        }}
      />
      <Drawer
        opened={shown !== null}
        onClose={close}
        position="right"
        size="md"
        title={t(shown === fresh ? 'silences.create' : 'silences.one')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {shown === fresh && <SilenceForm onClose={close} />}
        {shown !== null && shown !== fresh && <SilenceDetails key={shown} id={shown} onClose={close} />}
      </Drawer>
    </>
  );
}
