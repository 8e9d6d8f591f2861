import { FolderOpen, HardDrive, LogOut } from 'lucide-react';
import { useId, useState } from 'react';
import { useEditor, useServer } from '../use-editor.ts';
import type { SettingsReply } from '../settings-wire.ts';
import form from './form.module.css';
import { Modal } from './Modal.tsx';
import { formOf, readSettings, timeZoneWords, type SettingsField, type SettingsForm } from './settings-form.ts';
import styles from './SettingsDialog.module.css';
import { Field, NumberSetting, RunLimitFields } from './SettingsFields.tsx';
import { useShell } from './shell.ts';
import { TokenField } from './TokenField.tsx';
import ui from './ui.module.css';
import { useService } from './use-service.ts';

const services = [
  { value: 'auto', title: 'Automatic', text: 'RunComfy when a token is set, else offline' },
  { value: 'offline', title: 'Offline', text: 'Built in, free, on this computer' },
  { value: 'remote', title: 'RunComfy', text: 'Step1X-Edit v1.2, paid per picture' },
] as const;

export default function SettingsDialog({ onClose }: { onClose: () => void }) {
  const reply = useServer((state) => state.reply);
  if (!reply)
    return (
      <Modal
        title="Settings"
        lead="Editloom’s server does not answer, so its settings cannot be shown."
        onClose={onClose}
      />
    );
  return <Form reply={reply} onClose={onClose} />;
}

function Form({ reply, onClose }: { reply: SettingsReply; onClose: () => void }) {
  const { api, server } = useEditor();
  const shell = useShell();
  const { change, refusal, busy, running } = useService();
  const [values, setValues] = useState(() => formOf(reply.settings));
  const [refusals, setRefusals] = useState<Partial<Record<SettingsField, string>>>({});
  const id = useId();
  const set = (some: Partial<SettingsForm>): void => setValues((before) => ({ ...before, ...some }));

  async function save(): Promise<void> {
    const read = readSettings(values);
    setRefusals(read.refusals ?? {});
    if (!read.settings) return;
    const timeZone = timeZoneHere() ?? reply.settings.timeZone;
    if (!(await change(() => api.changeSettings({ ...read.settings, timeZone })))) return;
    const kept = server.getState().reply?.settings;
    const words = kept && timeZoneWords(timeZone, kept);
    if (words) shell.tell({ kind: 'info', text: words });
    onClose();
  }

  return (
    <Modal
      title="Settings"
      onClose={onClose}
      footer={
        <>
          {running && <p className={styles.running}>A run is going on. Settings can be changed when it has ended.</p>}
          <button type="button" className={ui.button} onClick={onClose}>
            Cancel
          </button>
          <button type="submit" form={id} className={ui.primary} disabled={busy || running}>
            Save
          </button>
        </>
      }
    >
      <form
        id={id}
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save().catch(shell.tellError);
        }}
      >
        <fieldset className={form.field}>
          <legend className={form.label}>Edit service</legend>
          <div className={styles.choices}>
            {services.map(({ value, title, text }) => (
              <label key={value} className={styles.choice}>
                <input
                  type="radio"
                  name="service"
                  value={value}
                  aria-label={title}
                  checked={values.service === value}
                  onChange={() => set({ service: value })}
                />
                <span>
                  <strong>{title}</strong>
                  <span>{text}</span>
                </span>
              </label>
            ))}
          </div>
          {values.service === 'remote' && !reply.token.present && (
            <p className={form.refusal} role="status">
              RunComfy wants an API token, and none is set yet: nothing can be made before one is set below.
            </p>
          )}
        </fieldset>
        <Field
          id={`${id}-url`}
          label="Address of the service"
          hint="Only for other hosts that speak the same interface."
          refusal={refusals.baseUrl ?? refusal}
        >
          <input
            type="url"
            className={ui.input}
            spellCheck={false}
            value={values.baseUrl}
            onChange={(event) => set({ baseUrl: event.currentTarget.value })}
          />
        </Field>
        <NumberSetting
          id={`${id}-flight`}
          label="Jobs at once"
          hint="How many edits the service is asked for at the same time: 1 to 64."
          refusal={refusals.inFlight ?? null}
          value={values.inFlight}
          onValue={(inFlight) => set({ inFlight })}
        />
        <RunLimitFields id={id} values={values} refusals={refusals} set={set} />
        <Field
          id={`${id}-delay`}
          label={`Delay of the offline service: ${delayWords(values.offlineDelay)}`}
          hint="To see how a run feels with the real model, which needs 8 to 120 seconds an edit."
          refusal={refusals.offlineDelay ?? null}
        >
          <input
            type="range"
            className={styles.range}
            min={0}
            max={1}
            step={0.05}
            value={values.offlineDelay}
            onChange={(event) => set({ offlineDelay: Number(event.currentTarget.value) })}
          />
        </Field>
      </form>
      <div className={styles.apart}>
        <TokenField />
        <div className={form.field}>
          <span className={form.label}>Outputs folder</span>
          <div className={form.row}>
            <code className={styles.path}>{reply.service.outputsFolder}</code>
            <button
              type="button"
              className={ui.button}
              onClick={() => void api.openOutputsFolder().catch(shell.tellError)}
            >
              <FolderOpen size={15} aria-hidden /> Open
            </button>
          </div>
        </div>
        <div className={form.field}>
          <span className={form.label}>Storage</span>
          <div className={form.row}>
            <button type="button" className={ui.button} onClick={() => shell.show({ type: 'storage' })}>
              <HardDrive size={15} aria-hidden /> What takes room…
            </button>
          </div>
        </div>
        {reply.login && (
          <div className={form.field}>
            <span className={form.label}>This browser is logged in</span>
            <div className={form.row}>
              <button
                type="button"
                className={ui.button}
                onClick={() => void api.logOut().then(() => location.reload(), shell.tellError)}
              >
                <LogOut size={15} aria-hidden /> Log out
              </button>
            </div>
          </div>
        )}
      </div>
    </Modal>
  );
}

/** The day of the budget is the day of whoever sets it. */
function timeZoneHere(): string | null {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || null;
}

function delayWords(delay: number): string {
  if (delay === 0) return 'none';
  return delay === 1 ? 'as slow as the real model' : `${Math.round(delay * 100)} % of the real model’s time`;
}
