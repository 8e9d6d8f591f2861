import {
  cloneElement,
  lazy,
  Suspense,
  useState,
  type ComponentProps,
  type ComponentType,
  type ReactElement,
} from 'react';

type Button = ReactElement<ComponentProps<'button'>>;
/** Draws the button as its trigger and begins open. */
export type PopupProps = { trigger: Button };

/**
 * A button whose menu or popover is loaded when it is first reached for: what hangs below buttons is a large part of the
 * code and none of it is needed to begin.
 */
export function onDemand<P extends object>(load: () => Promise<{ default: ComponentType<P & PopupProps> }>) {
  const Popup = lazy(load) as unknown as ComponentType<P & PopupProps>;
  const loadEarly = (): void => void load().catch(() => undefined);

  return function OnDemand({ children, ...props }: P & { children: Button }) {
    const [asked, setAsked] = useState(false);
    const button = cloneElement(children, {
      'aria-haspopup': 'true',
      'aria-expanded': false,
      onPointerEnter: loadEarly,
      onFocus: loadEarly,
      onClick: () => setAsked(true),
    });
    if (!asked) return button;
    return (
      <Suspense fallback={button}>
        <Popup {...(props as unknown as P)} trigger={children} />
      </Suspense>
    );
  };
}
