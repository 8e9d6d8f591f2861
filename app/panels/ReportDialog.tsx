import { Copy, Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { createApi, type Api } from '../api.ts';
import { download } from '../file-pickers.ts';
import { createCareApi } from '../services/care-api.ts';
import { Modal } from './Modal.tsx';
import styles from './ReportDialog.module.css';
import ui from './ui.module.css';

type Props = {
  /** The edit that it is about. */
  jobKey?: string | null;
  /** What this page ran into. */
  fault?: Error | null;
  /** Stands without the rest of the page, which may be what is broken. */
  ask?: Api['ask'];
  onClose: () => void;
};

/** What somebody who is to help needs, shown whole before it is copied. */
export default function ReportDialog({ jobKey = null, fault = null, ask, onClose }: Props) {
  const [report, setReport] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    void createCareApi(ask ?? createApi().ask)
      .report(jobKey)
      .catch((error: unknown) => ({ of: 'Editloom', server: `no report: ${String(error)}` }))
      .then((server) => setReport(JSON.stringify({ ...server, page: pageOf(fault) }, null, 2)));
  }, [ask, jobKey, fault]);

  function copy(text: string): void {
    navigator.clipboard.writeText(text).then(
      () => setSaid('Copied. Paste it wherever you ask for help.'),
      () => setSaid('This browser does not let it be copied. Download it instead.'),
    );
  }

  return (
    <Modal
      wide
      title="A report of this problem"
      lead="For whoever is to help. It holds versions, settings and the last events, and none of your prompts, pictures, file names or the token. Nothing is sent: you copy it."
      onClose={onClose}
      footer={
        report && (
          <>
            <span className={styles.said} role="status">
              {said}
            </span>
            <button
              type="button"
              className={ui.button}
              onClick={() => download(window, 'editloom-report.json', new Blob([report], { type: 'application/json' }))}
            >
              <Download size={15} aria-hidden /> Download
            </button>
            <button type="button" className={ui.primary} onClick={() => copy(report)}>
              <Copy size={15} aria-hidden /> Copy
            </button>
          </>
        )
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- keys can scroll it only then */}
      <pre className={styles.report} tabIndex={0} aria-label="The report">
        {report ?? 'Putting it together…'}
      </pre>
    </Modal>
  );
}

function pageOf(fault: Error | null) {
  return {
    browser: navigator.userAgent,
    language: navigator.language,
    size: `${window.innerWidth} × ${window.innerHeight} at ${window.devicePixelRatio}`,
    ...(fault && { fault: { name: fault.name, message: fault.message, stack: fault.stack } }),
  };
}
