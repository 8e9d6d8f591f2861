import { useEffect, useState } from 'react';
import { late } from '../panels/late.tsx';
import type { ControlProps } from './FieldRow.tsx';
import { TextField } from './TextField.tsx';

const NameHelp = late(() => import('./NameHelp.tsx'), { quiet: true });

/** A file name with tokens, and below it what it comes to. */
export function FileNameField(props: ControlProps) {
  const [inside, setInside] = useState(false);
  const [touched, setTouched] = useState(false);
  // The page stands before anything is loaded for it that nobody can have begun to need.
  useEffect(() => {
    const touch = (): void => setTouched(true);
    const begin = new AbortController();
    for (const type of ['pointermove', 'pointerdown', 'keydown', 'dragenter'])
      addEventListener(type, touch, { once: true, signal: begin.signal });
    return () => begin.abort();
  }, []);
  return (
    <div
      onFocus={() => setInside(true)}
      onBlur={(event) => setInside(event.currentTarget.contains(event.relatedTarget))}
    >
      <TextField {...props} field={{ ...props.field, control: 'text' }} />
      {touched && <NameHelp {...props} inside={inside} />}
    </div>
  );
}
