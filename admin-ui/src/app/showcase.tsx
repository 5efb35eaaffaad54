import { formatLatency } from '@/lib/format'

/** Heights of bars as two people take turns speaking: the caller above, the agent below. */
const BARS = Array.from({ length: 72 }, (_, at) => {
  const isCaller = (at > 8 && at < 24) || (at > 44 && at < 56)
  const isAgent = at < 6 || (at > 27 && at < 43) || at > 59
  const height = 6 + Math.abs(Math.sin(at * 1.7) * 17 + Math.sin(at * 0.6) * 13)
  return { at, isCaller, isAgent, height: isCaller || isAgent ? height : 2 }
})

const LINES = [
  { agent: true, text: 'Corner Bakery, good morning! What can I do for you?' },
  { agent: false, text: 'Hi, I would like to order a birthday cake for Saturday.' },
  { agent: true, text: 'With pleasure! For how many people shall it be?', latency: 642 },
]

/** What this is about, for whoever is not signed in: beside the form, where there is room. */
export function Showcase() {
  return (
    <aside className="hidden flex-col justify-center gap-10 border-l bg-background px-12 py-16 lg:flex xl:px-20">
      <div className="max-w-lg space-y-3">
        <p className="text-3xl leading-tight font-semibold tracking-tight text-balance">Phone agents that let people finish, and stop when they are interrupted.</p>
        <p className="text-lg text-muted-foreground">Make one, talk to it in this browser, give it a telephone number. Every call is heard, read and understood afterwards.</p>
      </div>
      <div aria-hidden className="max-w-lg space-y-5 rounded-lg border bg-card p-6 shadow-sm">
        <svg viewBox="0 0 720 80" className="h-16 w-full" preserveAspectRatio="none">
          {BARS.map(({ at, isCaller, isAgent, height }) => (
            <g key={at}>
              <rect x={at * 10} width={4} rx={2} y={20 - (isCaller ? height : 2) / 2} height={isCaller ? height : 2} fill="var(--chart-3)" opacity={isCaller ? 1 : 0.35} />
              <rect x={at * 10} width={4} rx={2} y={60 - (isAgent ? height : 2) / 2} height={isAgent ? height : 2} fill="var(--chart-1)" opacity={isAgent ? 1 : 0.35} />
            </g>
          ))}
        </svg>
        <div className="space-y-3">
          {LINES.map(({ agent, text, latency }) => (
            <div key={text} className={agent ? 'flex items-end gap-2' : 'flex justify-end'}>
              <p className={agent ? 'max-w-[80%] rounded-lg rounded-tl-sm border bg-card px-3 py-2' : 'max-w-[80%] rounded-lg rounded-tr-sm bg-primary-soft px-3 py-2'}>{text}</p>
              {latency !== undefined && <span className="pb-1 text-xs text-muted-foreground tabular-nums">{formatLatency(latency)}</span>}
            </div>
          ))}
        </div>
      </div>
    </aside>
  )
}
