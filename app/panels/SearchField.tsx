import { Search } from 'lucide-react';
import type { KeyboardEventHandler } from 'react';
import styles from './SearchField.module.css';

type Props = {
  /** What is searched, as the field's name and placeholder. */
  label: string;
  value: string;
  onChange: (value: string) => void;
  onKeyDown?: KeyboardEventHandler;
  className?: string | undefined;
};

export function SearchField({ label, value, onChange, onKeyDown, className = '' }: Props) {
  return (
    <label className={`${styles.search} ${className}`}>
      <Search size={14} aria-hidden />
      <input
        type="search"
        placeholder={label}
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </label>
  );
}
