import { Fieldset, SimpleGrid } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../../../i18n/t';
import { clientSections, inheritableFields, sectionLabel, type ClientField } from '../../../../ui/text/client-field';
import { inheritedValue } from '../../form/client-values';
import { FieldInput } from '../../form/FieldInput';
import { ownInputs } from '../../form/own-inputs';
import type { SectionProps } from '../../form/section-props';
import { SwitchedField } from '../../form/SwitchedField';

type FormProps = Pick<SectionProps, 'form'>;

/** The fields that a template may set, by the sections of the client form and with its inputs. */
export function TemplateSections({ form }: FormProps): ReactNode {
  return clientSections.map((section) => {
    const fields = inheritableFields.filter((field) => field.section === section);
    if (fields.length === 0) return null;
    return (
      <Fieldset key={section} legend={t(sectionLabel(section))}>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md" verticalSpacing="sm">
          {fields.map((field) => (
            <SettableField key={field.name} form={form} field={field} />
          ))}
        </SimpleGrid>
      </Fieldset>
    );
  });
}

/** One that the template sets or leaves to the client. */
function SettableField({ form, field }: FormProps & { readonly field: ClientField }): ReactNode {
  const { inherited } = form.values;
  const { name } = field;
  const isUnset = inherited.includes(name);
  const switchOver = (): void => {
    if (!isUnset) form.set(`#/${name}`, inheritedValue(field, null));
    form.set('#/inherited', isUnset ? inherited.filter((one) => one !== name) : [...inherited, name]);
  };
  const Own = ownInputs[name];
  return (
    <SwitchedField
      field={field}
      isOff={isUnset}
      status={t(isUnset ? 'templates.notSet' : 'templates.set')}
      action={t(isUnset ? 'templates.setField' : 'templates.leaveField')}
      actionLabel={(names) => t(isUnset ? 'templates.setFieldOf' : 'templates.leaveFieldOf', names)}
      onSwitch={switchOver}
    >
      {Own ? <Own form={form} client={null} /> : <FieldInput form={form} field={field} />}
    </SwitchedField>
  );
}
