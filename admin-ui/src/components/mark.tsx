/** Two jacks and the cord that joins them; one lamp is on. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden>
      <rect width="32" height="32" rx="8" className="fill-[#0f766e]" />
      <path d="M10 13.2v3.3c0 7.5 12 7.5 12 0v-3.3" fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" />
      <circle cx="10" cy="10" r="3.2" fill="#fff" />
      <circle cx="22" cy="10" r="3.2" className="fill-[#fbbf24]" />
    </svg>
  )
}
