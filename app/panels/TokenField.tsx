import { KeyRound } from 'lucide-react';
import { useId, useState } from 'react';
import { useEditor, useServer } from '../use-editor.ts';
import styles from './form.module.css';
import ui from './ui.module.css';
import { useService } from './use-service.ts';

/** Sets, replaces and removes the token. It goes one way: the server never sends it back, so it is never shown. */
export function TokenField() {
  const { api } = useEditor();
  const token = useServer((state) => state.reply?.token ?? null);
  const { change, refusal, busy, running } = useService();
  const [replacing, setReplacing] = useState(false);
  const [text, setText] = useState('');
  const id = useId();
  if (!token) return null;

  if (token.present && !replacing)
    return (
      <div className={styles.field}>
        <span className={styles.label}>API token</span>
        <div className={styles.tokenSet}>
          <KeyRound size={15} aria-hidden />
          <span>
            {token.source === 'environment'
              ? 'A token is set by the environment of the server. Change it there.'
              : 'A token is set. It is kept in a file that only you can read.'}
          </span>
        </div>
        {token.source === 'file' && (
          <div className={styles.row}>
            <button type="button" className={ui.button} disabled={busy || running} onClick={() => setReplacing(true)}>
              Replace
            </button>
            <button
              type="button"
              className={ui.danger}
              disabled={busy || running}
              onClick={() => void change(api.removeToken)}
            >
              Remove
            </button>
          </div>
        )}
        {running && <p className={styles.hint}>A run is going on: the token can be changed when it has ended.</p>}
        {refusal && (
          <p className={styles.refusal} role="alert">
            {refusal}
          </p>
        )}
      </div>
    );

  const send = async (): Promise<void> => {
    if (!(await change(() => api.setToken(text)))) return;
    setText('');
    setReplacing(false);
  };
  return (
    <form
      className={styles.field}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label className={styles.label} htmlFor={id}>
        API token
      </label>
      <div className={styles.row}>
        <input
          id={id}
          className={ui.input}
          type="password"
          autoComplete="off"
          spellCheck={false}
          placeholder="Paste your RunComfy token"
          value={text}
          aria-invalid={refusal !== null}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" className={ui.primary} disabled={busy || running || text.trim() === ''}>
          {replacing ? 'Replace' : 'Connect'}
        </button>
        {replacing && (
          <button type="button" className={ui.plain} onClick={() => setReplacing(false)}>
            Cancel
          </button>
        )}
      </div>
      {refusal && (
        <p className={styles.refusal} role="alert">
          {refusal}
        </p>
      )}
      <p className={styles.hint} id={`${id}-hint`}>
        {running
          ? 'A run is going on: the token can be set when it has ended.'
          : 'Kept by Editloom’s server on this computer, never sent back here. You find it in your RunComfy profile, under API Token.'}
      </p>
    </form>
  );
}
