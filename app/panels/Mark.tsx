/** The product's mark: two threads that cross. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" strokeWidth="2.6" strokeLinecap="round" aria-hidden>
      <path
        d="M3 18h3.500c2.300 0 3.300-1.700 4-3.800M21 6h-3.500c-1.700 0-2.700 1-3.400 2.400"
        stroke="var(--kind-image)"
      />
      <path d="M3 6h3.500c5.500 0 5.500 12 11 12H21" stroke="var(--accent)" />
    </svg>
  );
}
