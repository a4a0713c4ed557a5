import { IconListCheck } from '@tabler/icons-react';
import { t } from '../../i18n/t';
import { List } from '../../list/List';
import { PageHeader } from '../../ui/PageHeader';
import { jobsList } from './jobs-list';

/** Bulk work: what runs, and its outcome. */
export default function JobsPage() {
  return (
    <>
      <PageHeader title={t('app.nav.jobs')} lead={t('jobs.lead')} />
      <List
        definition={jobsList}
        hrefOf={({ id }) => `/jobs/${id}`}
        empty={{ icon: IconListCheck, title: t('jobs.empty'), text: t('jobs.emptyText'), docs: '/docs#tag/jobs' }}
      />
    </>
  );
}
