import { Check, Monitor, Moon, Sun } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { chooseTheme, themeChoice, type ThemeChoice } from '../theme.ts';
import ui from './ui.module.css';

const choices = [
  { value: 'system', label: 'As the system', icon: Monitor },
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
] as const;

/** The three themes as entries of a menu. */
export function ThemeChoices() {
  const [theme, setTheme] = useState(themeChoice());
  return (
    <DropdownMenu.RadioGroup
      value={theme}
      onValueChange={(value) => {
        chooseTheme(value as ThemeChoice);
        setTheme(value as ThemeChoice);
      }}
    >
      <DropdownMenu.Label className={ui.menuLabel}>Theme</DropdownMenu.Label>
      {choices.map(({ value, label, icon: Icon }) => (
        <DropdownMenu.RadioItem
          key={value}
          value={value}
          className={ui.item}
          onSelect={(event) => event.preventDefault()}
        >
          <Icon size={15} aria-hidden />
          <span className={ui.itemText}>{label}</span>
          <DropdownMenu.ItemIndicator>
            <Check size={15} aria-hidden />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
