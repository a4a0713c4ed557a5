import { t } from '../../i18n/t';
import { PageHeader } from '../../ui/PageHeader';

export default function Page() {
  return <PageHeader title={t('app.nav.profiles')} />;
}
