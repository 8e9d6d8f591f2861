import type { CanvasHandle } from './canvas/Canvas.tsx';
import type { Editor } from './editor.ts';
import type { Notices } from './notices.ts';
import { unknownWords } from './panels/run-words.ts';
import type { DialogState, RunWish } from './panels/shell.ts';
import type { StartResult } from './runs.ts';

/** Says why a run was not begun, or asks what has to be known first; loaded when one was not. */
export function answerRun(
  result: StartResult,
  wish: RunWish,
  world: {
    editor: Pick<Editor, 'server' | 'plans'>;
    tell: Notices['tell'];
    show: (dialog: DialogState) => void;
    canvas: () => CanvasHandle | null;
  },
): void {
  const { editor, tell, show, canvas } = world;
  const { server, plans } = editor;
  if (result.started || result.reason === 'refused') return;
  if (result.reason === 'running') {
    // A double press of Run says nothing new.
    if (wish.type !== 'all') tell({ kind: 'info', text: 'A run is under way: wait for it, or stop it first.' });
    return;
  }
  if (result.reason === 'ask') return show({ type: 'ask-run', wish, count: result.count });
  if (result.reason === 'more')
    return wish.type === 'retry'
      ? show({ type: 'retry', failures: wish.failures })
      : wish.type === 'new-take'
        ? show({ type: 'ask-take', firstKeys: wish.firstKeys })
        : show({ type: 'ask-run', wish, count: result.count });
  if (result.reason === 'price-unknown') return tell({ kind: 'error', text: NO_PRICE });
  if (result.reason === 'no-token')
    return tell({
      kind: 'error',
      text: noTokenWords(server.getState().reply?.service.label ?? 'The edit service'),
      action: { label: 'Settings', act: () => show({ type: 'settings' }) },
    });
  if (result.reason === 'other-service') return tell({ kind: 'info', text: OTHER_SERVICE });
  if (result.reason === 'errors') {
    const [first] = result.errors;
    tell({ kind: 'error', text: `Nothing was run. ${first!.message}` });
    canvas()?.focusNode(first!.node);
    return;
  }
  const { stuck, unknown, edits } = plans.get().count;
  if (wish.type !== 'all') return tell({ kind: 'info', text: nothingWords(wish) });
  tell({
    kind: 'info',
    text:
      unknown > 0
        ? `Nothing was run: ${unknownWords(unknown)}. Press that in the bar below to look again, or for a new take.`
        : stuck > 0
          ? 'Nothing was run: what is left was taken by the edit service once. Press “Retry” for a new take, or change what is asked for.'
          : plans.get().plan.picks.length > 0
            ? 'Everything up to the pick is made: choose there, then run again.'
            : edits > 0
              ? 'Everything in this graph is made already.'
              : 'There is no edit in this graph yet.',
  });
}

const noTokenWords = (label: string): string =>
  `Nothing was sent: ${label} wants an API token, and none is set. Set one in the settings, or choose the offline service there.`;

const OTHER_SERVICE =
  'Nothing was run: the edit service was changed on another page. Look in the bar below what it costs there, then run again.';

const NO_PRICE =
  'Nothing was run: there is a budget, but the edit service does not say what an edit costs, so it could not be kept. Look again later, or take the budget away in the settings.';

function nothingWords(wish: RunWish): string {
  return wish.type === 'keys' && wish.keys.size === 0
    ? 'There is nothing to make here.'
    : 'There is nothing new to make here: it is made already, or it waits for you, at a pick or with an edit that failed or was lost.';
}
