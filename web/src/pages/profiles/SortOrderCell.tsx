import { useQueryClient } from '@tanstack/react-query';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { api, etagOf, unwrap } from '../../api/client';
import type { components } from '../../api/schema';
import { integerError } from '../../form/checks';
import { IntegerInput } from '../../form/inputs/IntegerInput';
import { t } from '../../i18n/t';
import { refreshLists } from '../../list/refresh';
import { useCan } from '../../session/rights';
import { toastDone, toastFailure } from '../../ui/toast';

const furthest = 1_000_000;

interface SortOrderProps {
  readonly profile: components['schemas']['ProfileListItem'];
}

/** The place of a profile in the list, for those who may change it in place. */
export function SortOrderCell({ profile }: SortOrderProps): ReactNode {
  return useCan()('updateProfile') ? <SortOrderInput profile={profile} /> : profile.sortOrder;
}

/** Enter or leaving the field saves, Escape undoes. */
function SortOrderInput({ profile }: SortOrderProps): ReactNode {
  const { id, name, sortOrder } = profile;
  const queries = useQueryClient();
  const [read, setRead] = useState(sortOrder);
  const [value, setValue] = useState<number | string>(sortOrder);
  const [isSaving, setSaving] = useState(false);
  if (read !== sortOrder) {
    // A colleague has moved it: leaving the field must not move it back.
    setRead(sortOrder);
    setValue(sortOrder);
  }
  const fault = value === '' ? t('form.required') : integerError(value, -furthest, furthest);
  const save = async (): Promise<void> => {
    if (value === sortOrder || isSaving) return;
    if (fault !== null) return setValue(sortOrder);
    setSaving(true);
    try {
      const params = { path: { id }, header: { 'If-Match': etagOf(profile) } };
      await unwrap(api.PATCH('/v1/profiles/{id}', { params, body: { sortOrder: Number(value) } }));
      toastDone(t('profiles.sortOrder.saved', { name, n: Number(value) }));
    } catch (error) {
      setValue(sortOrder);
      toastFailure(error);
    } finally {
      setSaving(false);
      await refreshLists(queries, 'profiles');
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') void save();
    if (event.key === 'Escape') setValue(sortOrder);
  };
  return (
    <IntegerInput
      size="xs"
      w={72}
      hideControls
      display="inline-block"
      aria-label={t('profiles.sortOrder.of', { name })}
      readOnly={isSaving}
      error={fault !== null}
      styles={{ input: { textAlign: 'right', fontVariantNumeric: 'tabular-nums', height: 28, minHeight: 28 } }}
      value={value}
      onChange={setValue}
      onBlur={() => void save()}
      onKeyDown={onKeyDown}
    />
  );
}
