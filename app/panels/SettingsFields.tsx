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
      <NumberSetting
        id={`${id}-ask`}
        label="Ask above so many pictures"
        hint="A run that would make more new pictures than this asks first."
        refusal={refusals.askAbove ?? null}
        value={values.askAbove}
        onValue={(askAbove) => set({ askAbove })}
      />
      <div className={styles.pair}>
        <NumberSetting
          id={`${id}-run-budget`}
          label="Budget of a run, in US dollars"
          hint="It stops before it goes over it, and asks. Empty: none."
          refusal={refusals.runBudget ?? null}
          inputMode="decimal"
          placeholder="none"
          value={values.runBudget}
          onValue={(runBudget) => set({ runBudget })}
        />
        <NumberSetting
          id={`${id}-day-budget`}
          label="Budget of a day, in US dollars"
          hint="All graphs and tabs together, from midnight to midnight. Empty: none."
          refusal={refusals.dayBudget ?? null}
          inputMode="decimal"
          placeholder="none"
          value={values.dayBudget}
          onValue={(dayBudget) => set({ dayBudget })}
        />
      </div>
    </>
  );
}

type NumberProps = Omit<FieldProps, 'children'> & {
  inputMode?: 'numeric' | 'decimal';
  placeholder?: string;
  value: string;
  onValue: (value: string) => void;
};

/** A setting that is a number, as it was typed. */
export function NumberSetting({ inputMode = 'numeric', placeholder, value, onValue, ...field }: NumberProps) {
  return (
    <Field {...field}>
      <input
        className={ui.input}
        inputMode={inputMode}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onValue(event.currentTarget.value)}
      />
    </Field>
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
