import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { FormEvent, ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { isApiError } from '../../api/problems';
import { t } from '../../i18n/t';
import { FailedState } from '../FailedState';
import { PageHeader } from '../PageHeader';

interface EntityFailureProps {
  readonly error: unknown;
  readonly onRetry: () => void;
  /** where things of the kind are listed */
  readonly back: { readonly to: string; readonly label: string };
  /** for one that is not there: `Client not found` */
  readonly missing: string;
  readonly missingText: string;
  /** the parameter of the list that searches it; absent: it has none */
  readonly searchBy?: string;
  /** what the search adds: deleted ones, which the list hides */
  readonly searchWith?: Readonly<Record<string, string>>;
}

/** In place of the page of one thing that could not be read: there is none of this id, or reading failed. */
export function EntityFailure(props: EntityFailureProps): ReactNode {
  const { error, onRetry, back, missing, missingText, searchBy, searchWith = {} } = props;
  // An id that is no number is refused as such: to who follows a link it is the same.
  const isMissing = isApiError(error) && (error.status === 404 || error.errors[0]?.pointer.startsWith('#/path/'));
  if (!isMissing) {
    return (
      <>
        <PageHeader title={back.label} back={back} />
        <FailedState error={error} onRetry={onRetry} />
      </>
    );
  }
  return (
    <>
      <PageHeader title={missing} back={back} />
      <Stack maw={520}>
        <Text>{missingText}</Text>
        {searchBy && <SearchForm list={back.to} parameter={searchBy} others={searchWith} />}
      </Stack>
    </>
  );
}

interface SearchFormProps {
  readonly list: string;
  readonly parameter: string;
  readonly others: Readonly<Record<string, string>>;
}

function SearchForm({ list, parameter, others }: SearchFormProps) {
  const navigate = useNavigate();
  const search = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('text')).trim();
    void navigate(text === '' ? list : `${list}?${new URLSearchParams({ [parameter]: text, ...others })}`);
  };
  return (
    <form role="search" onSubmit={search}>
      <Group align="flex-end" wrap="nowrap">
        <TextInput
          name="text"
          type="search"
          flex={1}
          label={t('common.search')}
          leftSection={<IconSearch size={16} aria-hidden />}
        />
        <Button type="submit" variant="default">
          {t('common.search')}
        </Button>
      </Group>
    </form>
  );
}
