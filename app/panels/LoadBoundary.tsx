import { Component, type ReactNode } from 'react';

type Props = { onFault: (error: Error) => void; children: ReactNode };

/** A dialog that cannot be loaded or drawn takes down nothing but itself. */
export class LoadBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: Error): void {
    this.props.onFault(error);
  }

  override render(): ReactNode {
    return this.state.failed ? null : this.props.children;
  }
}
