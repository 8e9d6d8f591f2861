import styles from './sign-in.module.css';
import form from './panels/form.module.css';
import ui from './panels/ui.module.css';

/**
 * Asks for the password over whatever is open, until it is right: a session may end while somebody works, and the work
 * must still be there afterwards. A native dialog, so that it stands above every other one and nothing behind it is reached.
 */
export function signIn(): Promise<void> {
  const dialog = make('dialog', styles.dialog);
  const box = make('form', styles.form);
  const title = make('h2', styles.title, 'Log in again');
  const lead = make(
    'p',
    styles.lead,
    'Your session has ended. Your work is as you left it; what waits goes on after this.',
  );
  const label = make('label', form.label, 'Password');
  const field = make('input', ui.input);
  const message = make('p', form.refusal);
  const button = make('button', ui.primary, 'Log in');
  title.id = 'sign-in-title';
  lead.id = 'sign-in-lead';
  field.id = label.htmlFor = 'sign-in-password';
  field.type = 'password';
  field.autocomplete = 'current-password';
  field.required = true;
  field.maxLength = 1000;
  message.setAttribute('role', 'alert');
  dialog.setAttribute('aria-labelledby', title.id);
  dialog.setAttribute('aria-describedby', lead.id);
  box.append(title, lead, label, field, message, button);
  dialog.append(box);
  // Neither the shortcuts of the app nor the menus and dialogs behind shall hear of what happens here.
  for (const event of ['keydown', 'keyup', 'pointerdown', 'focusin', 'paste', 'copy', 'cut'])
    dialog.addEventListener(event, (heard) => heard.stopPropagation());
  dialog.addEventListener('cancel', (event) => event.preventDefault());

  return new Promise((resolve) => {
    let done = false;
    const finish = (): void => {
      done = true;
      window.removeEventListener('focus', look);
      dialog.remove();
      resolve();
    };
    // Another tab may have logged in meanwhile: the session is the browser's.
    const look = (): void =>
      void fetch('/api/service').then(
        ({ ok }) => ok && !done && finish(),
        () => undefined,
      );
    window.addEventListener('focus', look);
    dialog.addEventListener('close', () => {
      if (!done) dialog.showModal();
    });
    box.addEventListener('submit', (event) => {
      event.preventDefault();
      button.disabled = true;
      message.textContent = '';
      void logIn(field.value).then((refusal) => {
        button.disabled = false;
        if (refusal !== null) {
          message.textContent = refusal;
          field.setAttribute('aria-invalid', 'true');
          field.select();
          field.focus();
          return;
        }
        if (!done) finish();
      });
    });
    document.body.append(dialog);
    dialog.showModal();
    field.focus();
  });
}

/** Null, or why not. */
async function logIn(password: string): Promise<string | null> {
  try {
    const response = await fetch('/api/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Editloom': '1' },
      body: JSON.stringify({ password }),
    });
    if (response.ok) return null;
    const body = (await response.json()) as { error: { message: string } };
    return body.error.message;
  } catch {
    return 'Editloom’s server does not answer. Is it still running?';
  }
}

function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string | undefined,
  text = '',
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  element.className = className ?? '';
  element.textContent = text;
  return element;
}
