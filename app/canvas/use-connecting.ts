import type { Connection, FinalConnectionState, HandleType, IsValidConnection } from '@xyflow/react';
import { useMemo, useRef } from 'react';
import { canConnect, isRefusal, kindOfInput, kindOfOutput } from '../../graphs/connect.ts';
import type { PortRef, Position } from '../../graphs/graph.ts';
import { outputsOf, type NodeType } from '../../graphs/node-type.ts';
import type { Editor } from '../editor.ts';
import { refusalWords, targetOnNode, type LooseEnd } from './fitting.ts';
import type { FlowEdge } from './flow.ts';
import type { CanvasContextValue } from './view.ts';

/** Drawing an edge with the hand: from a port to a port, to a card, to empty space; and taking an edge's end away. */
export function useConnecting(editor: Editor, { view, commands, notice }: CanvasContextValue) {
  const reconnecting = useRef<'no' | 'open' | 'done'>('no');
  return useMemo(() => {
    const { document: graphDocument, nodeTypes } = editor;
    const graph = () => graphDocument.get().graph;

    function begin(node: string | null, port: string | null, type: HandleType | null): void {
      if (!node || !port || !type) return;
      const ref = { node, port };
      const kind = type === 'source' ? kindOfOutput(graph(), nodeTypes, ref) : kindOfInput(graph(), nodeTypes, ref);
      const end: LooseEnd | null = kind ? { ref, kind, side: type === 'source' ? 'output' : 'input' } : null;
      view.set({ end, hint: null });
      if (end) addEventListener('pointermove', follow);
    }

    function stop(): LooseEnd | null {
      const { end } = view.get();
      removeEventListener('pointermove', follow);
      view.set({ end: null, hint: null });
      return end;
    }

    /** Says at the cursor what would happen here, when that is not plain to see. */
    function follow(event: PointerEvent): void {
      const { end, hint } = view.get();
      if (!end) return;
      const at = { x: event.clientX, y: event.clientY };
      const text = hintAt(end, at);
      if (text) view.set({ hint: { at, ...text } });
      else if (hint) view.set({ hint: null });
    }

    function hintAt(end: LooseEnd, at: Position): { text: string; tone: 'good' | 'bad' } | null {
      const element = document.elementFromPoint(at.x, at.y);
      const node = element?.closest<HTMLElement>('.react-flow__node')?.dataset.id;
      if (!node) return null;
      const handle = element?.closest<HTMLElement>('.react-flow__handle');
      const wanted = end.side === 'output' ? 'target' : 'source';
      if (node === end.ref.node)
        return handle?.classList.contains(wanted) ? { text: 'A node cannot feed itself.', tone: 'bad' } : null;
      if (handle) {
        if (!handle.classList.contains(wanted))
          return { text: `An ${end.side} cannot be connected to another ${end.side}.`, tone: 'bad' };
        const answer = canConnect(graph(), nodeTypes, ...ordered(end, { node, port: handle.dataset.handleid! }));
        if (isRefusal(answer)) return { text: refusalWords(answer), tone: 'bad' };
        return answer.replaces ? { text: 'Takes the place of the edge that is there', tone: 'good' } : null;
      }
      const target = targetOnNode(graph(), nodeTypes, end, node);
      if (!target) return { text: whyNot(end, node), tone: 'bad' };
      const port = portsOf(end, node)[target.port];
      return { text: `Connect to ${port?.title ?? target.port}`, tone: 'good' };
    }

    /** Those of a node at which this end could be tied, were it of their kind. */
    function portsOf(end: LooseEnd, node: string): NodeType['inputs'] | NodeType['outputs'] {
      const found = graph().nodes[node];
      const type = nodeTypes.get(found?.type ?? '');
      if (!found || !type) return {};
      return end.side === 'output' ? type.inputs : outputsOf(type, found.params);
    }

    function whyNot(end: LooseEnd, node: string): string {
      const ports = portsOf(end, node);
      const port = Object.keys(ports).find((name) => ports[name]!.kind === end.kind);
      if (port === undefined)
        return `This node has no ${end.side === 'output' ? 'input' : 'output'} for ${end.kind === 'image' ? 'an image' : end.kind === 'images' ? 'a list of images' : `a ${end.kind}`}.`;
      const answer = canConnect(graph(), nodeTypes, ...ordered(end, { node, port }));
      return isRefusal(answer) ? refusalWords(answer) : '';
    }

    /** Let go over no port: on a card it is tied to what fits, on empty space a node is searched that fits. */
    function finish(event: MouseEvent | TouchEvent, state: FinalConnectionState): void {
      // An edge's end that was taken from a port has its own ending.
      if (reconnecting.current !== 'no') return;
      const end = stop();
      if (!end || state.isValid) return;
      const at = placeOf(event);
      const element = document.elementFromPoint(at.x, at.y);
      const node = element?.closest<HTMLElement>('.react-flow__node')?.dataset.id;
      if (node && node !== end.ref.node) {
        const target = targetOnNode(graph(), nodeTypes, end, node);
        const onPort = element?.closest('.react-flow__handle') !== null;
        if (target && !onPort) commands.connect(...ordered(end, target));
        else notice({ kind: 'error', text: hintAt(end, at)?.text ?? 'These two cannot be connected.' });
      } else if (!node && element?.closest('.react-flow__pane')) {
        passClick(element);
        commands.openSearch(at, end);
      }
    }

    /** Where the new edge ends at another input, the old one goes in the same step. */
    function redraw(old: FlowEdge, from: PortRef, to: PortRef): void {
      const gesture = view.gesture('reconnect');
      if (old.target !== to.node || old.targetHandle !== to.port)
        graphDocument.change({ type: 'remove', edges: [old.id] }, gesture);
      graphDocument.change({ type: 'connect', from, to }, gesture);
    }

    const isValidConnection: IsValidConnection<FlowEdge> = (edge) => {
      const [from, to] = endsOf(edge);
      return !isRefusal(canConnect(graph(), nodeTypes, from, to));
    };

    return {
      isValidConnection,
      onConnectStart: (
        _: unknown,
        {
          nodeId,
          handleId,
          handleType,
        }: { nodeId: string | null; handleId: string | null; handleType: HandleType | null },
      ) => begin(nodeId, handleId, handleType),
      onConnect: (connection: Connection) => commands.connect(...endsOf(connection)),
      onConnectEnd: finish,
      onReconnectStart: (_: unknown, edge: FlowEdge, fixed: HandleType) => {
        reconnecting.current = 'open';
        const onSource = fixed === 'source';
        begin(onSource ? edge.source : edge.target, (onSource ? edge.sourceHandle : edge.targetHandle) ?? null, fixed);
      },
      onReconnect: (edge: FlowEdge, connection: Connection) => {
        reconnecting.current = 'done';
        redraw(edge, ...endsOf(connection));
      },
      /** An edge's end that is let go over empty space is taken away. */
      onReconnectEnd: (event: MouseEvent | TouchEvent, edge: FlowEdge, _: HandleType, state: FinalConnectionState) => {
        const done = reconnecting.current === 'done';
        reconnecting.current = 'no';
        const end = stop();
        if (!end || done || state.isValid || state.toHandle) return;
        const at = placeOf(event);
        const element = document.elementFromPoint(at.x, at.y);
        const node = element?.closest<HTMLElement>('.react-flow__node')?.dataset.id;
        const target = node && node !== end.ref.node ? targetOnNode(graph(), nodeTypes, end, node) : null;
        if (target) redraw(edge, ...ordered(end, target));
        else if (element?.closest('.react-flow__pane')) {
          passClick(element);
          commands.remove([], [edge.id]);
        }
      },
    };
  }, [editor, view, commands, notice]);
}

/**
 * React Flow passes over the click that follows a drop on its pane. That click never comes, since the press began at a
 * port, so the user's next one would be lost: give it this one.
 */
function passClick(pane: Element): void {
  if (pane instanceof HTMLElement) pane.click();
}

function ordered(end: LooseEnd, other: PortRef): [PortRef, PortRef] {
  return end.side === 'output' ? [end.ref, other] : [other, end.ref];
}

function endsOf(edge: Connection | FlowEdge): [PortRef, PortRef] {
  return [
    { node: edge.source, port: edge.sourceHandle ?? '' },
    { node: edge.target, port: edge.targetHandle ?? '' },
  ];
}

function placeOf(event: MouseEvent | TouchEvent): Position {
  const point = 'changedTouches' in event ? event.changedTouches[0]! : event;
  return { x: point.clientX, y: point.clientY };
}
