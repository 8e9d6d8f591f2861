/** The dialog itself gets the focus when it opens, not its close button, which stands first but is not meant first. */
export function focusItself(event: Event): void {
  event.preventDefault();
  (event.currentTarget as HTMLElement).focus();
}
