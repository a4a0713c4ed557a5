import { t } from '../../i18n/t';
import { PanelPage } from '../PanelPage';
import { BillingEmailCard } from '../settings/BillingEmailCard';
import { ContactsCard } from '../settings/ContactsCard';
import { PasswordCard } from '../settings/PasswordCard';
import { ThresholdsCard } from '../settings/ThresholdsCard';

/** What a client changes itself. */
export function SettingsPage() {
  return (
    <PanelPage title={t('panel.settings')}>
      <ContactsCard />
      <BillingEmailCard />
      <ThresholdsCard />
      <PasswordCard />
    </PanelPage>
  );
}
