import { lacksToken } from '../settings-wire.ts';
import { useServer } from '../use-editor.ts';
import { onDemand } from './on-demand.tsx';
import { serviceWords } from './service-words.ts';
import styles from './ServiceBadge.module.css';
import { useNarrow } from './use-media.ts';

const ServiceCard = onDemand(() => import('./ServiceCard.tsx'));

/** Who makes the pictures, always in sight; pressing it explains, and connects RunComfy. */
export function ServiceBadge() {
  const service = useServer((state) => state.reply?.service ?? null);
  const lacks = useServer(({ reply }) => reply !== null && lacksToken(reply));
  const narrow = useNarrow();
  if (!service) return <span className={styles.badge}>Connecting…</span>;
  const words = lacks ? withoutToken(service.label) : serviceWords(service);
  return (
    <ServiceCard>
      <button
        type="button"
        className={styles.badge}
        aria-label={`Edit service: ${words.long}`}
        data-kind={lacks ? 'lacks' : service.kind}
      >
        <span className={styles.dot} aria-hidden />
        <span className={styles.words}>{narrow ? words.short : words.long}</span>
      </button>
    </ServiceCard>
  );
}

const withoutToken = (label: string) => ({ long: `${label} · no token yet`, short: 'No token' });
