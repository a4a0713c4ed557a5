import { Anchor, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { t } from '../../../i18n/t';
import { fieldLabel, type ClientField } from '../../../ui/text/client-field';
import { inheritedValue, type TemplateValues } from './client-values';
import classes from './form.module.css';
import type { SectionProps } from './section-props';

interface InheritableProps extends Pick<SectionProps, 'form'> {
  readonly field: ClientField;
  /** of the client's template */
  readonly template: TemplateValues;
  readonly children: ReactNode;
}

/** A field that the template of the client may set: it is filled in only once the user overrides it. */
export function Inheritable({ form, field, template, children }: InheritableProps): ReactNode {
  const { inherited } = form.values;
  const { name } = field;
  const label = t(fieldLabel(name));
  const isInherited = inherited.includes(name);
  const isSet = template[name as keyof TemplateValues] !== undefined;
  const switchOver = (): void => {
    if (!isInherited) form.set(`#/${name}`, inheritedValue(field, template));
    form.set('#/inherited', isInherited ? inherited.filter((one) => one !== name) : [...inherited, name]);
  };
  return (
    <div {...(isWide(field) && { style: { gridColumn: '1 / -1' } })}>
      <fieldset disabled={isInherited} className={classes['bare']}>
        {children}
      </fieldset>
      <Group gap="xs" mt={4}>
        <Text size="xs" c="dimmed">
          {t(!isInherited ? 'clients.inherit.own' : isSet ? 'clients.inherit.byTemplate' : 'clients.inherit.byDefault')}
        </Text>
        <Anchor
          component="button"
          type="button"
          size="xs"
          aria-label={t(isInherited ? 'clients.inherit.overrideOf' : 'clients.inherit.returnOf', { field: label })}
          onClick={switchOver}
        >
          {t(isInherited ? 'clients.inherit.override' : 'clients.inherit.return')}
        </Anchor>
      </Group>
    </div>
  );
}

/** Inputs that have a row for themselves. */
function isWide({ name, spec }: ClientField): boolean {
  return spec.type === 'flag' || name === 'balanceModel';
}
