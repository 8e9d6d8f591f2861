import { CircleHelp } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useEffect, useState } from 'react';
import { useEditor, useServer } from '../use-editor.ts';
import type { PopupProps } from './on-demand.tsx';
import { dollars, unknownWords } from './run-words.ts';
import { modelName } from './service-words.ts';
import styles from './ServiceCard.module.css';
import { useShell } from './shell.ts';
import { TokenField } from './TokenField.tsx';
import ui from './ui.module.css';

/** Says plainly who makes the pictures and how to change that. */
export default function ServicePopover({ trigger }: PopupProps) {
  return (
    <Popover.Root defaultOpen>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={ui.popover}
          align="end"
          sideOffset={8}
          collisionPadding={8}
          aria-label="Edit service"
        >
          <ServiceCard />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function ServiceCard() {
  const reply = useServer((state) => state.reply);
  const shell = useShell();
  const unknown = useUnknown();
  if (!reply) return null;
  const { service, settings, token } = reply;
  return (
    <div className={styles.card}>
      {service.kind === 'offline' ? (
        <>
          <h2>Pictures come from the offline service</h2>
          <p>
            It is built in, runs on this computer, and costs nothing. It makes real edits – backgrounds, colours, looks,
            borders, crops – but it knows a fixed vocabulary and says so when it does not understand a prompt.
          </p>
          {token.present && settings.service === 'offline' ? (
            <p>A RunComfy token is set, but the settings ask for the offline service.</p>
          ) : (
            <p>
              For edits by {modelName(service.model)}, connect RunComfy. The same graph then runs there, for its price
              per picture.
            </p>
          )}
        </>
      ) : (
        <>
          <h2>
            Pictures come from {service.label}, made by {modelName(service.model)}
          </h2>
          <p>
            {!token.present
              ? `No API token is set yet: set one here, and ${service.label} can be asked. Each edit is paid for.`
              : service.price === null
                ? service.otherPrice
                  ? `Each edit is paid for: ${dollars(service.otherPrice.dollars)} per ${service.otherPrice.unit}, so what a picture costs is not known before.`
                  : 'Each edit is paid for. The service has not told its price.'
                : `Each edit is paid for: ${dollars(service.price)} a picture.`}{' '}
            An edit that was made once is never paid for again.
          </p>
        </>
      )}
      {unknown > 0 && (
        <Popover.Close className={ui.button} onClick={() => shell.show({ type: 'unknown' })}>
          <CircleHelp size={14} aria-hidden /> {unknownWords(unknown)}…
        </Popover.Close>
      )}
      <TokenField />
      <Popover.Close className={ui.plain} onClick={() => shell.show({ type: 'settings' })}>
        All settings…
      </Popover.Close>
    </div>
  );
}

/** How many edits of any graph have an unknown outcome; the bar below tells only of those in the open one. */
function useUnknown(): number {
  const { api } = useEditor();
  const { tellError } = useShell();
  const [count, setCount] = useState(0);
  useEffect(() => {
    api.unknownJobs().then((jobs) => setCount(jobs.length), tellError);
  }, [api, tellError]);
  return count;
}
