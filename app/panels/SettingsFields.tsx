import { Slot } from 'radix-ui';
import type { ReactNode } from 'react';
import form from './form.module.css';
import type { SettingsField, SettingsForm } from './settings-form.ts';
import styles from './SettingsDialog.module.css';
import ui from './ui.module.css';

type FieldsProps = {
  id: string;
  values: SettingsForm;
  refusals: Partial<Record<SettingsField, string>>;
  set: (some: Partial<SettingsForm>) => void;
};

/** How much a run may do before it asks. */
export function RunLimitFields({ id, values, refusals, set }: FieldsProps) {
  return (
    <>
      <Field
        id={`${id}-ask`}
        label="Ask above so many pictures"
        hint="A run that would make more new pictures than this asks first."
        refusal={refusals.askAbove ?? null}
      >
        <input
          className={ui.input}
          inputMode="numeric"
          value={values.askAbove}
          onChange={(event) => set({ askAbove: event.currentTarget.value })}
        />
      </Field>
      <div className={styles.pair}>
        <Field
          id={`${id}-run-budget`}
          label="Budget of a run, in US dollars"
          hint="It stops before it goes over it, and asks. Empty: none."
          refusal={refusals.runBudget ?? null}
        >
          <input
            className={ui.input}
            inputMode="decimal"
            placeholder="none"
            value={values.runBudget}
            onChange={(event) => set({ runBudget: event.currentTarget.value })}
          />
        </Field>
        <Field
          id={`${id}-day-budget`}
          label="Budget of a day, in US dollars"
          hint="All graphs and tabs together, from midnight to midnight. Empty: none."
          refusal={refusals.dayBudget ?? null}
        >
          <input
            className={ui.input}
            inputMode="decimal"
            placeholder="none"
            value={values.dayBudget}
            onChange={(event) => set({ dayBudget: event.currentTarget.value })}
          />
        </Field>
      </div>
    </>
  );
}

type FieldProps = { id: string; label: string; hint: string; refusal: string | null; children: ReactNode };

/** A setting with its name above it, and below it what it means or what is wrong with it. */
export function Field({ id, label, hint, refusal, children }: FieldProps) {
  return (
    <div className={form.field}>
      <label className={form.label} htmlFor={id}>
        {label}
      </label>
      <Slot.Root id={id} aria-invalid={refusal !== null} aria-describedby={`${id}-hint`}>
        {children}
      </Slot.Root>
      {refusal !== null && (
        <p className={form.refusal} role="alert">
          {refusal}
        </p>
      )}
      <p className={form.hint} id={`${id}-hint`}>
        {hint}
      </p>
    </div>
  );
}
