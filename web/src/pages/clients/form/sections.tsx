import { Fieldset, SimpleGrid, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t';
import { clientFields, clientSections, sectionLabel, type ClientField } from '../../../ui/text/client-field';
import type { ClientValues } from './client-values';
import { FieldInput } from './FieldInput';
import { Inheritable } from './Inheritable';
import { ownInputs } from './own-inputs';
import classes from './form.module.css';
import type { SectionProps } from './section-props';
import { useTemplate } from './use-template';

/** The fields of the catalogue by section; `ownInputs` replace the usual ones. */
export function FieldSections({ form, client }: SectionProps): ReactNode {
  const template = useTemplate(form);
  return clientSections.map((section) => (
    <Fieldset
      key={section}
      legend={t(sectionLabel(section))}
      // Where the navigation between sections leads.
      id={`section-${section}`}
      data-form-section={t(sectionLabel(section))}
      tabIndex={-1}
      className={classes['section']}
    >
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm">
        {clientFields
          .filter((field) => field.section === section && isShown(form, field))
          .map((field) => {
            const Own = ownInputs[field.name];
            const input = Own ? (
              <Own key={field.name} form={form} client={client} />
            ) : (
              <FieldInput key={field.name} form={form} field={field} />
            );
            if (template === null || field.spec.inheritable !== true) return input;
            return (
              <Inheritable key={field.name} form={form} field={field} template={template}>
                {input}
              </Inheritable>
            );
          })}
      </SimpleGrid>
    </Fieldset>
  ));
}

/** What has no effect while its flag is off is not shown, unless something is wrong with it. */
function isShown(form: SectionProps['form'], { name, spec }: ClientField): boolean {
  if (spec.switchedBy === undefined) return true;
  return form.values[spec.switchedBy as keyof ClientValues] === true || form.field(`#/${name}`).error !== undefined;
}

export function ReasonField({ form }: SectionProps): ReactNode {
  return (
    <TextInput
      label={t('common.reason')}
      placeholder={t('form.reason.placeholder')}
      maxLength={500}
      {...form.field('#/reason')}
    />
  );
}
