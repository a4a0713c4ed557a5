import type { ReactNode } from 'react';
import { t } from '../../../i18n/t';
import type { ClientField } from '../../../ui/text/client-field';
import { inheritedValue, type TemplateValues } from './client-values';
import type { SectionProps } from './section-props';
import { SwitchedField } from './SwitchedField';

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
  const isInherited = inherited.includes(name);
  const isSet = template[name as keyof TemplateValues] !== undefined;
  const switchOver = (): void => {
    if (!isInherited) form.set(`#/${name}`, inheritedValue(field, template));
    form.set('#/inherited', isInherited ? inherited.filter((one) => one !== name) : [...inherited, name]);
  };
  return (
    <SwitchedField
      field={field}
      isOff={isInherited}
      status={t(
        !isInherited ? 'clients.inherit.own' : isSet ? 'clients.inherit.byTemplate' : 'clients.inherit.byDefault',
      )}
      action={t(isInherited ? 'clients.inherit.override' : 'clients.inherit.return')}
      actionLabel={(names) => t(isInherited ? 'clients.inherit.overrideOf' : 'clients.inherit.returnOf', names)}
      onSwitch={switchOver}
    >
      {children}
    </SwitchedField>
  );
}
