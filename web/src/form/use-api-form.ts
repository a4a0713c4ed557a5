import { useForm, type UseFormReturnType } from '@mantine/form';
import { useEffect, useId, useRef, useState } from 'react';
import { fieldErrorText, impactToConfirm, isApiError, type ApiError, type FieldProblem } from '../api/problems';
import { conflictOf, resolveConflict, type Choice, type Conflict, type ConflictSubject } from './dialogs/conflict';
import { sameValue } from '../ui/audit/diff';
import type { FieldError } from './checks';
import { focusFirst } from './focus';
import type { NotificationImpact } from './ImpactSummary';
import { controlId, pathOf, type Pointer, type ValueAt } from './pointer';

type Fields = Record<string, unknown>;

export interface ApiFormOptions<Values extends Fields, Saved> {
  readonly initialValues: Values;
  /** the version that was read; null for something new */
  readonly etag?: string | null;
  /** the server's own checks, by the pointers of the API */
  readonly validate?: (values: Values) => Readonly<Record<Pointer, FieldError>>;
  /** `confirmed`: how many clients the user agreed to notify, where the service asked for that */
  readonly save: (values: Values, etag: string | null, confirmed?: number) => Promise<Saved>;
  /** `stays`: the user continues in the form, which the page fills with the saved version */
  readonly onSaved: (saved: Saved, stays: boolean) => void | Promise<void>;
  /** for a form that can be saved without leaving it: the version that was saved, from which it continues */
  readonly savedVersion?: (saved: Saved) => { readonly values: Values; readonly etag: string };
  /** what the form changes, as the audit log names it: a conflict says who changed it last */
  readonly subject?: ConflictSubject;
  /** the form's values of a resource as a GET shows it: what a conflict (412) is compared with */
  readonly toValues?: (resource: unknown) => Values;
}

interface ControlProps {
  readonly id: string;
  readonly onChange: (value: unknown) => void;
  readonly onBlur: () => void;
  readonly error: string | undefined;
}

/** What spreads onto an input: `<TextInput label=… {...form.field('#/name')} />`. */
export interface FieldProps<Value> extends ControlProps {
  readonly value: Value;
}

/** What spreads onto a checkbox or a switch. */
interface CheckboxProps extends ControlProps {
  readonly checked: boolean;
}

/** A failure that belongs to no field that is shown. */
export interface Remainder {
  readonly error: unknown;
  readonly faults: readonly FieldProblem[];
}

export interface ApiForm<Values extends Fields> {
  readonly id: string;
  readonly values: Values;
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  readonly field: <P extends Pointer>(pointer: P) => FieldProps<ValueAt<Values, P>>;
  readonly checkbox: (pointer: Pointer) => CheckboxProps;
  readonly set: (pointer: Pointer, value: unknown) => void;
  /** for lists of rules: `form.mantine.insertListItem('advancedRules', …)` */
  readonly mantine: UseFormReturnType<Values>;
  /** give it to `<form onSubmit>` */
  readonly submit: (event?: { preventDefault: () => void }) => void;
  /** saves, and stays in the form */
  readonly apply: () => void;
  /** puts the faults of a problem on their fields and focuses the first */
  readonly applyProblem: (error: unknown) => void;
  readonly remainder: Remainder | null;
  readonly conflict: Conflict | null;
  /** null: the form says nothing of it */
  readonly subject: ConflictSubject | null;
  /** saves again on top of what the colleague saved */
  readonly resolve: (choices: Readonly<Record<string, Choice>>) => void;
  readonly dropConflict: () => void;
  /** what saving would do, while that waits for the user's confirmation; null: nothing waits */
  readonly impact: NotificationImpact | null;
  /** saves again, with the number of clients that are notified */
  readonly confirmImpact: () => void;
  readonly dropImpact: () => void;
  /** for the guard of unsaved changes: read before leaving */
  readonly mayLeave: () => boolean;
}

/** What Mantine gives, whose own type is any. */
type GivenProps = Partial<InputProps> & Pick<InputProps, 'onChange'>;

interface InputProps extends ControlProps {
  readonly value?: unknown;
  readonly checked?: boolean | undefined;
}

interface ConflictState<Values> {
  readonly conflict: Conflict;
  readonly theirs: Values;
  readonly etag: string;
}

interface ImpactState<Values> {
  readonly impact: NotificationImpact;
  readonly values: Values;
  readonly etag: string | null;
}

/** A form over one operation of the API: fields named by its pointers, its problems on them, its conflicts shown. */
export function useApiForm<Values extends Fields, Saved>(options: ApiFormOptions<Values, Saved>): ApiForm<Values> {
  const { initialValues, validate, save, onSaved, toValues } = options;
  const id = useId();
  const shown = useRef(new Set<string>());
  const isSaved = useRef(false);
  // Kept over the questions that a save may raise: a conflict, many notifications.
  const stays = useRef(false);
  const [etag, setEtag] = useState(options.etag ?? null);
  const [isSaving, setSaving] = useState(false);
  const [remainder, setRemainder] = useState<Remainder | null>(null);
  const [conflict, setConflict] = useState<ConflictState<Values> | null>(null);
  const [waiting, setWaiting] = useState<ImpactState<Values> | null>(null);
  const [read, setRead] = useState(initialValues);
  const [focus, setFocus] = useState<readonly string[]>([]);
  const form = useForm<Values>({
    initialValues,
    validateInputOnBlur: true,
    validate: (values) => byPath(validate?.(values) ?? {}),
  });
  useEffect(() => {
    if (focus.length > 0) focusFirst(focus.map((path) => controlId(id, path)));
  }, [focus, id]);

  const applyProblem = (error: unknown): void => {
    const faults = isApiError(error) ? error.errors : [];
    const byField = new Map<string, string>();
    const rest: FieldProblem[] = [];
    for (const fault of faults) {
      const path = shownPathOf(pathOf(fault.pointer), shown.current);
      if (path === null) rest.push(fault);
      else byField.set(path, [byField.get(path), fieldErrorText(fault)].filter(Boolean).join(' '));
    }
    form.setErrors(Object.fromEntries(byField));
    setRemainder(byField.size > 0 && rest.length === 0 ? null : { error, faults: rest });
    setFocus([...byField.keys()]);
  };
  const meetConflict = (error: ApiError, mine: Values): boolean => {
    if (!error.isConflict || !toValues || error.etag === null) return false;
    const theirs = toValues(error.current);
    setConflict({ conflict: conflictOf(read, mine, theirs), theirs, etag: error.etag });
    return true;
  };
  const awaitConfirmation = (error: unknown, values: Values, version: string | null): boolean => {
    const impact = impactToConfirm(error);
    if (impact) setWaiting({ impact, values, etag: version });
    return impact !== null;
  };
  /** What was typed while the request was under way stays, as a change of the saved version. */
  const continueWith = (saved: { readonly values: Values; readonly etag: string }, sent: Values): void => {
    setEtag(saved.etag);
    setRead(saved.values);
    if (sameValue(form.getValues(), sent)) form.setValues(saved.values);
    form.resetDirty(saved.values);
  };
  const send = async (values: Values, version: string | null, confirmed?: number): Promise<void> => {
    setSaving(true);
    setRemainder(null);
    setWaiting(null);
    try {
      const saved = await save(values, version, confirmed);
      isSaved.current = !stays.current;
      form.resetDirty(values);
      if (stays.current && options.savedVersion) continueWith(options.savedVersion(saved), values);
      await onSaved(saved, stays.current);
    } catch (error) {
      if (awaitConfirmation(error, values, version)) return;
      if (!isApiError(error) || !meetConflict(error, values)) applyProblem(error);
    } finally {
      setSaving(false);
    }
  };

  const checkAndSend = (isStaying: boolean): void => {
    const { hasErrors, errors } = form.validate();
    if (hasErrors) return setFocus(Object.keys(errors));
    if (isSaving) return;
    stays.current = isStaying;
    void send(form.values, etag);
  };

  const propsOf = (pointer: Pointer, type: 'input' | 'checkbox'): InputProps => {
    const path = pathOf(pointer);
    shown.current.add(path);
    const { value, checked, onChange, onBlur, error }: GivenProps = form.getInputProps(path, { type });
    return { id: controlId(id, pointer), value, checked, onChange, onBlur: () => onBlur?.(), error };
  };

  return {
    id,
    values: form.values,
    isDirty: form.isDirty(),
    isSaving,
    mantine: form,
    field(pointer) {
      const props = propsOf(pointer, 'input');
      return { ...props, value: props.value as ValueAt<Values, typeof pointer> };
    },
    checkbox(pointer) {
      const props = propsOf(pointer, 'checkbox');
      return { ...props, checked: props.checked === true };
    },
    set: (pointer, value) => form.getInputProps(pathOf(pointer)).onChange(value),
    submit(event) {
      event?.preventDefault();
      checkAndSend(false);
    },
    apply: () => checkAndSend(true),
    applyProblem,
    remainder,
    conflict: conflict?.conflict ?? null,
    subject: options.subject ?? null,
    resolve(choices) {
      if (!conflict) return;
      const merged = resolveConflict(form.values, conflict.conflict, choices);
      form.setValues(merged);
      setRead(conflict.theirs);
      setEtag(conflict.etag);
      setConflict(null);
      void send(merged, conflict.etag);
    },
    dropConflict: () => setConflict(null),
    impact: waiting?.impact ?? null,
    confirmImpact() {
      if (waiting) void send(waiting.values, waiting.etag, waiting.impact.newlyNotified.count);
    },
    dropImpact: () => setWaiting(null),
    mayLeave: () => isSaved.current || !form.isDirty(),
  };
}

/** The field of a fault: of one value of a list the field of the list, unless each has its own; null: none is shown. */
function shownPathOf(path: string, shown: ReadonlySet<string>): string | null {
  if (shown.has(path)) return path;
  const end = path.lastIndexOf('.');
  return end < 0 ? null : shownPathOf(path.slice(0, end), shown);
}

function byPath(faults: Readonly<Record<string, FieldError>>): Record<string, string> {
  const set = Object.entries(faults).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries(set.map(([pointer, fault]) => [pathOf(pointer), fault]));
}

/**
 * The faults of every item of a list: `each('#/advancedRules', rules, (rule) => ({ threshold:
 * moneyError(rule.threshold) }))`.
 */
export function each<Item>(
  pointer: Pointer,
  items: readonly Item[],
  errorsOf: (item: Item, index: number) => Readonly<Record<string, FieldError>>,
): Record<Pointer, FieldError> {
  const entries = items.flatMap((item, index) =>
    Object.entries(errorsOf(item, index)).map(([name, fault]) => [`${pointer}/${index}/${name}`, fault] as const),
  );
  return Object.fromEntries(entries);
}
