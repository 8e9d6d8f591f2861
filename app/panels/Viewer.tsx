export default function Viewer(_: { node: string; index: number; onClose: () => void }) {
  return null;
}
