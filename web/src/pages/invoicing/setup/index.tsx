import '../../../i18n/late/terms';
import { Tabs } from '@mantine/core';
import {
  IconCalendarDollar,
  IconFileInvoice,
  IconNumbers,
  IconReceiptTax,
  IconUsersGroup,
  IconWritingSign,
} from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { t } from '../../../i18n/t';
import { PageHeader } from '../../../ui/PageHeader';
import { ScrollTabsList } from '../../../ui/tabs/ScrollTabsList';
import { AgreementForm } from './AgreementForm';
import { ClassForm } from './ClassForm';
import { agreementsList, classesList, taxesList, templatesList, termsList } from './lists';
import { NumbersTab } from './NumbersTab';
import { RecordTab } from './RecordTab';
import { readAgreement, readClass, readTax, readTemplate, readTerms } from './queries';
import { TaxForm } from './TaxForm';
import { TemplateForm } from './TemplateForm';
import { TermsForm } from './TermsForm';

const tabs = ['terms', 'taxes', 'templates', 'numbers', 'classes', 'agreements'] as const;
const icons = {
  terms: IconCalendarDollar,
  taxes: IconReceiptTax,
  templates: IconFileInvoice,
  numbers: IconNumbers,
  classes: IconUsersGroup,
  agreements: IconWritingSign,
};

/** What clients are invoiced by, and classed as: payment terms, tax profiles, invoice templates, customer classes. */
export default function BillingSetupPage() {
  const [parameters, setParameters] = useSearchParams();
  const tab = tabs.find((known) => known === parameters.get('tab')) ?? 'terms';
  // Filters of one list mean nothing on another tab.
  const choose = (next: string | null): void => setParameters(next && next !== 'terms' ? { tab: next } : {});
  return (
    <>
      <PageHeader title={t('app.nav.billingSetup')} lead={t('terms.lead')} />
      <Tabs value={tab} onChange={choose} keepMounted={false}>
        <ScrollTabsList mb="md">
          {tabs.map((name) => {
            const TabIcon = icons[name];
            return (
              <Tabs.Tab key={name} value={name} leftSection={<TabIcon size={16} aria-hidden />}>
                {t(`terms.tab.${name}`)}
              </Tabs.Tab>
            );
          })}
        </ScrollTabsList>
        <Tabs.Panel value="terms">
          <RecordTab
            name="terms"
            definition={termsList}
            icon={icons.terms}
            create="createPaymentTerms"
            read={readTerms}
            form={TermsForm}
          />
        </Tabs.Panel>
        <Tabs.Panel value="taxes">
          <RecordTab
            name="taxes"
            definition={taxesList}
            icon={icons.taxes}
            create="createTaxProfile"
            read={readTax}
            form={TaxForm}
          />
        </Tabs.Panel>
        <Tabs.Panel value="templates">
          <RecordTab
            name="templates"
            definition={templatesList}
            icon={icons.templates}
            create="createInvoiceTemplate"
            read={readTemplate}
            form={TemplateForm}
          />
        </Tabs.Panel>
        <Tabs.Panel value="numbers">
          <NumbersTab />
        </Tabs.Panel>
        <Tabs.Panel value="classes">
          <RecordTab
            name="classes"
            definition={classesList}
            icon={icons.classes}
            create="createCustomerClass"
            read={readClass}
            form={ClassForm}
          />
        </Tabs.Panel>
        <Tabs.Panel value="agreements">
          <RecordTab
            name="agreements"
            definition={agreementsList}
            icon={icons.agreements}
            create="createAgreement"
            read={readAgreement}
            form={AgreementForm}
          />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
