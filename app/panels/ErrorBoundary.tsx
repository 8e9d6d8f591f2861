import { Component, lazy, Suspense, type ReactNode } from 'react';
import { writeGraphFile } from '../../graphs/file.ts';
import type { EditorDocument } from '../document.ts';
import { download } from '../file-pickers.ts';
import { graphFileName } from '../graph-files.ts';
import styles from './ErrorBoundary.module.css';

const ReportDialog = lazy(() => import('./ReportDialog.tsx'));

type Props = { document: EditorDocument; children: ReactNode };

/** A fault of ours: the document is safe, and can be taken along. */
export class ErrorBoundary extends Component<Props, { error: Error | null; isReporting?: boolean }> {
  override state: { error: Error | null; isReporting?: boolean } = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override componentDidCatch(): void {
    void this.props.document.flush().catch(() => undefined);
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    const { title, graph } = this.props.document.get();
    return (
      <main className={styles.page}>
        <div className={styles.box} role="alert">
          <h1>Editloom has stopped working here</h1>
          <p>
            This is a fault of Editloom, not of yours. Your graph is safe, and pictures that were asked for are still
            being made and will be there when you come back.
          </p>
          <pre>{error.message}</pre>
          <div className={styles.actions}>
            <button type="button" onClick={() => location.reload()}>
              Start again
            </button>
            <button
              type="button"
              onClick={() =>
                download(
                  window,
                  graphFileName(title),
                  new Blob([writeGraphFile(title, graph)], { type: 'application/json' }),
                )
              }
            >
              Download the graph file
            </button>
            <button type="button" onClick={() => this.setState({ isReporting: true })}>
              Copy a report of this problem…
            </button>
          </div>
        </div>
        {this.state.isReporting && (
          <Suspense>
            <ReportDialog fault={error} onClose={() => this.setState({ isReporting: false })} />
          </Suspense>
        )}
      </main>
    );
  }
}
