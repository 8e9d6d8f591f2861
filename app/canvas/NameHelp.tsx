import { useMemo } from 'react';
import { nameOutlook, type NameOutlook } from '../../graphs/name-tokens.ts';
import { plural } from '../panels/run-words.ts';
import { useDocument, useEditor, usePlans, useReadOnly } from '../use-editor.ts';
import type { ControlProps } from './FieldRow.tsx';
import styles from './NameHelp.module.css';
import { shownName } from './shown-name.ts';

/** Below a file name with tokens: what it will be, what is wrong with it, and the tokens that mean something here. */
export default function NameHelp({ id, field, input, inside }: ControlProps & { inside: boolean }) {
  const { document } = useEditor();
  const readOnly = useReadOnly();
  const title = useDocument((state) => state.title);
  const text = useDocument((state) => state.graph.nodes[id]?.params[field.name]);
  const template = typeof text === 'string' ? text : '';
  const plan = usePlans((state) => state.plan);
  const planned = plan.nodes.get(id);
  const outlook = useMemo(
    () => (template.trim() ? nameOutlook(template, { title, plan, node: id }) : null),
    // oxlint-disable-next-line react/exhaustive-deps -- a plan of which this node is the same says the same of it
    [template, title, planned, id],
  );
  const warnings = outlook ? warningsOf(outlook) : [];

  /** In place of the first one that means nothing, else where the cursor is. */
  function insert(token: string): void {
    const element = window.document.getElementById(input);
    if (!(element instanceof HTMLInputElement)) return;
    const wrong = outlook?.unknown[0] ?? outlook?.empty[0];
    const from = wrong === undefined ? (element.selectionStart ?? template.length) : template.indexOf(wrong);
    const to = wrong === undefined ? (element.selectionEnd ?? from) : from + wrong.length;
    const value = template.slice(0, from) + token + template.slice(to);
    document.change({ type: 'setParam', node: id, name: field.name, value });
    element.focus();
    requestAnimationFrame(() => element.setSelectionRange(from + token.length, from + token.length));
  }

  if (!outlook) return null;
  return (
    <div className={styles.name}>
      {warnings.map((warning) => (
        <p key={warning} className={styles.warning} role="status">
          {warning}
        </p>
      ))}
      {!readOnly && (inside || warnings.length > 0) && (
        <div className={styles.tokens} role="group" aria-label={`Tokens for ${field.title}`}>
          {outlook.tokens.map((token) => (
            <button
              key={token}
              type="button"
              className="nodrag"
              aria-label={`Put in ${token}`}
              aria-controls={input}
              // The cursor stays where it is.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => insert(token)}
            >
              {token.slice(1, -1)}
            </button>
          ))}
        </div>
      )}
      <p className={styles.first}>
        {outlook.count === 1 ? 'Will be' : 'The first'}: <bdi>{shownName(outlook.first, new Date())}</bdi>
      </p>
    </div>
  );
}

function warningsOf({ unknown, empty, alike, count }: NameOutlook): string[] {
  const list = (tokens: readonly string[]): string => tokens.join(', ');
  return [
    ...(unknown.length > 0
      ? [`${list(unknown)} ${unknown.length === 1 ? 'means' : 'mean'} nothing here and would be written as it stands.`]
      : []),
    ...(empty.length > 0 ? [`No edit comes before this, so ${list(empty)} would be empty.`] : []),
    ...(alike > 0
      ? [
          `${alike === count ? `All ${plural(count, 'file')}` : `${alike} of ${plural(count, 'file')}`} would share a name with another; numbers would tell them apart.`,
        ]
      : []),
  ];
}
