import type { ComponentProps, ReactNode } from 'react';
import { t } from '../../i18n/t';
import { SearchMultiSelect, SearchSelect } from './SearchSelect';
import {
  clientSource,
  clientTemplateSource,
  companySource,
  managerSource,
  paymentTermsSource,
  profileSource,
  resellerSource,
  userSource,
} from '../sources';

type One = Omit<ComponentProps<typeof SearchSelect>, 'search' | 'read' | 'searchKey'>;
type Several = Omit<ComponentProps<typeof SearchMultiSelect>, 'search' | 'read' | 'searchKey'>;

/** One client, by name, id, email or external id. */
export function ClientPicker(props: One): ReactNode {
  return <SearchSelect label={t('form.picker.client')} {...props} {...clientSource} />;
}

export function CompanyPicker(props: One): ReactNode {
  return <SearchSelect {...props} {...companySource} />;
}

/** Users that a rule notifies. */
export function UserPicker(props: Several): ReactNode {
  return <SearchMultiSelect label={t('form.picker.user')} {...props} {...userSource} />;
}

export function ProfilePicker(props: One): ReactNode {
  return <SearchSelect {...props} {...profileSource} />;
}

export function ResellerPicker(props: One): ReactNode {
  return <SearchSelect {...props} {...resellerSource} />;
}

export function ManagerPicker(props: One): ReactNode {
  return <SearchSelect {...props} {...managerSource} />;
}

export function ClientTemplatePicker(props: One): ReactNode {
  return <SearchSelect {...props} {...clientTemplateSource} />;
}

export function PaymentTermsPicker(props: One): ReactNode {
  return <SearchSelect {...props} {...paymentTermsSource} />;
}
