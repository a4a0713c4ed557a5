import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { referenceSources } from '../../../form/sources';
import { displayNames } from '../../../i18n/intl';
import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import { EmptyCell } from '../../../ui/cells/EmptyCell';
import { emptyWordOf, fieldText, inheritableFields, type InheritableField } from '../../../ui/text/client-field';
import { Money } from '../../../ui/text/Money';

interface InheritedTextProps {
  readonly name: InheritableField;
  /** null: not set; `unlimited` and `none`: explicitly nothing */
  readonly value: string | number | boolean | null;
  readonly currency: string;
}

/** A value of a field that a template may set, in words. */
export function InheritedText({ name, value, currency }: InheritedTextProps): ReactNode {
  const field = inheritableFields.find((one) => one.name === name);
  if (!field || value === null) return <EmptyCell />;
  const { type, to } = field.spec;
  if (value === emptyWordOf(field.spec)) return t(value === 'unlimited' ? 'common.unlimited' : 'common.none');
  if (type === 'money') return <Money value={{ amount: String(value), currency }} />;
  if (type === 'language') return displayNames(intlLocale(), { type: 'language' }).of(String(value));
  if (to) return <ReferenceName to={to} id={String(value)} />;
  return fieldText(field, value);
}

function ReferenceName({ to, id }: { readonly to: keyof typeof referenceSources; readonly id: string }): ReactNode {
  const { searchKey, read } = referenceSources[to];
  const { data } = useQuery({
    queryKey: ['options', searchKey, 'name', id],
    queryFn: ({ signal }) => read(id, signal),
    staleTime: 60_000,
  });
  return data ?? id;
}
