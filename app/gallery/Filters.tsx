import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import ui from '../panels/ui.module.css';
import { Choices } from './Choices.tsx';
import styles from './Gallery.module.css';
import type { GalleryStore } from './gallery-store.ts';
import { MadeWhen } from './MadeWhen.tsx';
import { Stars } from './Stars.tsx';
import { narrowingOf, toggled, type Narrowing } from './view.ts';
import { countWords, graphName, nodeName, picturesWords, ratingFilterTip, serviceName } from './words.ts';

type Props = {
  gallery: GalleryStore;
  onFilter: (change: Partial<Narrowing>) => void;
  /** On a narrow screen the filters lie over the pictures until they are put away. */
  onDone: (() => void) | null;
};

/** By what the pictures can be narrowed down, each with how many there are. */
export function Filters({ gallery, onFilter, onDone }: Props) {
  // While one types, only the counts change here.
  const filter = useStore(gallery.store, useShallow(narrowingOf));
  const facets = useStore(gallery.store, (state) => state.facets);
  return (
    <aside className={styles.filters} aria-label="Filters">
      <div className={styles.sections}>
        <section>
          <h3>Rating</h3>
          <Stars
            rating={filter.rating}
            onRate={(rating) => onFilter({ rating })}
            label="At least"
            tipOf={ratingFilterTip}
          />
        </section>
        <MadeWhen filter={filter} onFilter={onFilter} />
        <Choices
          title="Graph"
          counts={facets?.graphs}
          nameOf={graphName}
          chosen={filter.graphs}
          onToggle={(value) => onFilter({ graphs: toggled(filter.graphs, value) })}
        />
        <Choices
          title="Node"
          counts={facets?.nodes}
          nameOf={nodeName}
          chosen={filter.nodes}
          onToggle={(value) => onFilter({ nodes: toggled(filter.nodes, value) })}
        />
        {facets?.axes.map(({ title, values, more }) => (
          <Choices
            key={title}
            title={title}
            kind="Axis"
            counts={values}
            more={more}
            chosen={filter.values.filter((one) => one.title === title).map(({ value }) => value)}
            onToggle={(value) => {
              const isChosen = filter.values.some((one) => one.title === title && one.value === value);
              const rest = filter.values.filter((one) => one.title !== title || one.value !== value);
              onFilter({ values: isChosen ? rest : [...rest, { title, value }] });
            }}
          />
        ))}
        <Choices
          title="Edit service"
          counts={facets?.services}
          nameOf={serviceName}
          chosen={filter.services}
          onToggle={(value) => onFilter({ services: toggled(filter.services, value) })}
        />
        {facets !== null && (facets.gone > 0 || filter.here !== 'yes') && (
          <section>
            <h3>Removed pictures</h3>
            {(['yes', 'no', 'any'] as const).map((here) => (
              <label key={here} className={styles.choice}>
                <input
                  type="radio"
                  name="gallery-here"
                  checked={filter.here === here}
                  onChange={() => onFilter({ here })}
                />
                <span>{{ yes: 'Those that are here', no: 'Those that are not', any: 'Both' }[here]}</span>
                <em>{countWords({ yes: facets.here, no: facets.gone, any: facets.here + facets.gone }[here])}</em>
              </label>
            ))}
          </section>
        )}
      </div>
      {onDone && <Done gallery={gallery} onDone={onDone} />}
    </aside>
  );
}

function Done({ gallery, onDone }: { gallery: GalleryStore; onDone: () => void }) {
  const total = useStore(gallery.store, (state) => state.total);
  return (
    <footer className={styles.done}>
      <button type="button" className={ui.primary} onClick={onDone}>
        Show {picturesWords(total)}
      </button>
    </footer>
  );
}
