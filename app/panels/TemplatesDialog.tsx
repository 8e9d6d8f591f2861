import { useState } from 'react';
import { pictureUrl } from '../../graphs/artifact.ts';
import { countPlan } from '../../graphs/known.ts';
import { makePlan } from '../../graphs/plan.ts';
import { templates, type Template } from '../templates.ts';
import { useEditor } from '../use-editor.ts';
import { GraphSketch } from './GraphSketch.tsx';
import { Modal } from './Modal.tsx';
import { plural } from './run-words.ts';
import type { NodeTypes } from '../../graphs/node-type.ts';
import { useShell } from './shell.ts';
import styles from './TemplatesDialog.module.css';

/** Ready-made graphs. */
export default function TemplatesDialog({ onClose }: { onClose: () => void }) {
  const { nodeTypes } = useEditor();
  const shell = useShell();
  const [all] = useState(() =>
    templates(nodeTypes).map((template) => ({ template, edits: editsOf(template, nodeTypes) })),
  );

  return (
    <Modal
      title="Templates"
      lead="Each begins with a sample photograph; put your own in its place. The graph that is open now can be had back."
      wide
      onClose={onClose}
    >
      <ul className={styles.list}>
        {all.map(({ template, edits }) => (
          <li key={template.title}>
            <button
              type="button"
              className={styles.template}
              onClick={() => {
                onClose();
                shell.openGraph(template);
              }}
            >
              <span className={styles.cover}>
                {template.picture && <img src={pictureUrl(template.picture, 'large')} alt="" />}
                <GraphSketch graph={template.graph} nodeTypes={nodeTypes} />
              </span>
              <span className={styles.text}>
                <strong>{template.title}</strong>
                <span>{template.description}</span>
                <small>
                  {plural(edits, 'edit')} · {plural(Object.keys(template.graph.nodes).length, 'node')}
                </small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Modal>
  );
}

function editsOf({ graph }: Template, nodeTypes: NodeTypes): number {
  return countPlan(makePlan(graph, nodeTypes, 'template'), () => undefined).edits;
}
