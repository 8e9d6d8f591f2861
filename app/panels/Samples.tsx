import { pictureUrl } from '../../graphs/artifact.ts';
import { useEditor } from '../use-editor.ts';
import type { Sample } from '../wire.ts';
import { pictureParam } from './palette-items.ts';
import styles from './Palette.module.css';
import { useShell } from './shell.ts';
import { useSamples } from './use-samples.ts';

/** Photographs that come with Editloom: something to work on at once. */
export function Samples({ onAdded }: { onAdded: (() => void) | undefined }) {
  const samples = useSamples();
  if (samples.length === 0) return null;
  return (
    <section aria-label="Sample photographs">
      <h2 className={styles.heading}>Sample photographs</h2>
      <ul className={styles.samples}>
        {samples.map((sample) => (
          <li key={sample.artifact.sha256}>
            <SampleButton sample={sample} onAdded={onAdded} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function SampleButton({ sample, onAdded }: { sample: Sample; onAdded: (() => void) | undefined }) {
  const { nodeTypes } = useEditor();
  const { canvas } = useShell();
  const { title, credit, artifact } = sample;
  const add = (): void => {
    const into = pictureParam(nodeTypes);
    if (!into) return;
    canvas()?.addNode(into.type, { [into.param]: { ...artifact, name: title } }, title);
    onAdded?.();
  };
  return (
    <button type="button" className={styles.sample} title={`${title}. ${credit}`} onClick={add}>
      <img src={pictureUrl(artifact.sha256, 'small')} alt={title} width={88} height={64} loading="lazy" />
    </button>
  );
}
