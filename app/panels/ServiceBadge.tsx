import { Popover } from 'radix-ui';
import { lazy, Suspense } from 'react';
import { useServer } from '../use-editor.ts';
import { serviceWords } from './service-words.ts';
import styles from './ServiceBadge.module.css';
import ui from './ui.module.css';
import { useNarrow } from './use-media.ts';

const ServiceCard = lazy(() => import('./ServiceCard.tsx'));

/** Who makes the pictures, always in sight; pressing it explains, and connects RunComfy. */
export function ServiceBadge() {
  const service = useServer((state) => state.reply?.service ?? null);
  const narrow = useNarrow();
  if (!service) return <span className={styles.badge}>Connecting…</span>;
  const words = serviceWords(service);
  return (
    <Popover.Root>
      <Popover.Trigger className={styles.badge} aria-label={`Edit service: ${words.long}`} data-kind={service.kind}>
        <span className={styles.dot} aria-hidden />
        <span className={styles.words}>{narrow ? words.short : words.long}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={ui.popover}
          align="end"
          sideOffset={8}
          collisionPadding={8}
          aria-label="Edit service"
        >
          <Suspense fallback={<p className={styles.waiting}>One moment…</p>}>
            <ServiceCard />
          </Suspense>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
