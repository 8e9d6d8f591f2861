import { shortcuts } from '../shortcuts.ts';
import { viewShortcuts } from '../view-shortcuts.ts';
import { KeyCaps } from './Menu.tsx';
import { Modal } from './Modal.tsx';
import styles from './ShortcutsDialog.module.css';

const mouse = [
  ['Double click on the canvas', 'Add a node by name'],
  ['Rest a finger on the canvas', 'Add a node by name'],
  ['Double click or double tap on a card', 'Come nearer, from where its words are too small'],
  ['Double click on its name', 'Rename a node'],
  ['Drag from a port into the open', 'Add a node that fits, connected'],
  ['Drag on the canvas, wheel, pinch', 'Pan and zoom'],
  ['Shift + drag', 'Select an area'],
] as const;

type Entry = { readonly title: string; readonly keys: readonly string[] };

export default function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const groups = new Map<string, Entry[]>();
  for (const entry of shortcuts) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  for (const { group, entries } of viewShortcuts) groups.set(group, [...entries]);
  return (
    <Modal title="Keyboard shortcuts" wide textOnly onClose={onClose}>
      <div className={styles.groups}>
        {[...groups].map(([group, entries]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {entries.map(({ title, keys }) => (
                <div key={title}>
                  <dt>{title}</dt>
                  <dd>
                    {keys.map((key) => (
                      <KeyCaps key={key} combination={key} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section>
          <h3>Mouse and touch</h3>
          <dl>
            {mouse.map(([how, what]) => (
              <div key={how}>
                <dt>{what}</dt>
                <dd>{how}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Modal>
  );
}
