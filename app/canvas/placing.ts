import type { ReactFlowInstance } from '@xyflow/react';
import { freshNodeId, type GraphNode, type Position } from '../../graphs/graph.ts';
import { freshParams, type NodeType } from '../../graphs/node-type.ts';
import type { Editor } from '../editor.ts';
import type { FlowEdge, FlowNode } from './flow.ts';
import type { Box } from './layout.ts';
import { guessSize } from './size.ts';
import type { View } from './view.ts';

export type Notice = { kind: 'info' | 'error'; text: string; action?: { label: string; act: () => void } };

/** What the commands work on. */
export type CommandWorld = {
  readonly editor: Editor;
  readonly view: View;
  readonly flow: ReactFlowInstance<FlowNode, FlowEdge>;
  /** The canvas on the page. */
  readonly frame: () => DOMRect;
  readonly notice: (notice: Notice) => void;
};

export type Placing = ReturnType<typeof createPlacing>;

/** New nodes and where they go. */
export function createPlacing({ editor, view, flow, frame }: CommandWorld) {
  const { document, nodeTypes } = editor;
  const graph = () => document.get().graph;

  function centre(): Position {
    const { left, top, width, height } = frame();
    return flow.screenToFlowPosition({ x: left + width / 2, y: top + height / 2 });
  }

  /** Where the cards are, as they stand or with the room that those will take whose pictures are still to come. */
  function boxes({ grown }: { grown: boolean }): Box[] {
    return view.get().nodes.map(({ id, position, measured }) => {
      const node = graph().nodes[id];
      const type = nodeTypes.get(node?.type ?? '');
      return {
        ...position,
        width: measured?.width ?? 0,
        height: Math.max(measured?.height ?? 0, grown && type && node ? grownHeight(type, node) : 0),
      };
    });
  }

  /** Beside the one selected card: behind it, or before it what can only feed it. Else the middle of the view. */
  function usualPlace(type: NodeType, width: number): Position {
    const [only, ...others] = view.selected();
    const card = others.length > 0 ? undefined : view.get().nodes.find(({ id }) => id === only);
    if (!card) return { x: centre().x - width / 2, y: centre().y - 90 };
    const { x, y } = card.position;
    const { width: cardWidth = 0, height: cardHeight = 0 } = card.measured ?? {};
    const takes = (candidate: NodeType | undefined): boolean => Object.keys(candidate?.inputs ?? {}).length > 0;
    if (takes(type)) return { x: x + cardWidth + GAP, y };
    return takes(nodeTypes.get(graph().nodes[card.id]?.type ?? ''))
      ? { x: x - width - GAP, y }
      : { x, y: y + cardHeight + GAP };
  }

  function makeNode(
    type: NodeType,
    params: Record<string, unknown> | undefined,
    title: string | undefined,
    taken: ReadonlySet<string>,
  ): GraphNode {
    return {
      id: freshNodeId(type.type, (id) => Object.hasOwn(graph().nodes, id) || taken.has(id)),
      type: type.type,
      version: type.version,
      ...(title ? { title } : {}),
      position: { x: 0, y: 0 },
      params: { ...freshParams(type, Math.random), ...params },
    };
  }

  return { centre, boxes, usualPlace, makeNode };
}

const GAP = 72;
/** What comes later should find room: the tallest picture that a card shows, with its words and its strip. */
const ROOM_FOR_PICTURES = 540;
/** A few lines of files, or rows of small pictures to choose from. */
const ROOM_FOR_MORE = 220;

export function grownHeight(type: NodeType, node: GraphNode): number {
  const room = type.uses === 'edits' ? ROOM_FOR_PICTURES : type.uses || type.picks ? ROOM_FOR_MORE : 0;
  return guessSize(type, node).height + room;
}
