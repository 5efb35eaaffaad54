import { Globe, Phone } from 'lucide-react'
import { Elapsed } from '@/components/talk/elapsed'
import { Card } from '@/components/ui/card'
import { cn } from '@/lib/cn'
import { formatPhone } from '@/lib/format'
import type { GoingOn } from '../going-on'

export function List({ list, chosen, onChoose }: { list: GoingOn[]; chosen: string; onChoose: (talk: GoingOn) => void }) {
  return (
    <Card className="overflow-hidden" aria-label="Going on now">
      {list.length === 0 && <p className="px-4 py-3 text-sm text-muted-foreground">Nobody else is on the line.</p>}
      <ul>
        {list.map((talk) => {
          const Icon = talk.call ? Phone : Globe
          return (
            <li key={talk.conversation} className="border-b last:border-b-0">
              <button
                type="button"
                aria-current={talk.conversation === chosen}
                onClick={() => onChoose(talk)}
                className={cn('flex w-full items-center gap-3 px-4 py-3 text-left -outline-offset-2 hover:bg-muted/60', talk.conversation === chosen && 'bg-primary-soft hover:bg-primary-soft')}
              >
                <Icon className="size-4 shrink-0 text-muted-foreground" aria-hidden />
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium tabular-nums">{title(talk)}</span>
                  <span className="block truncate text-sm text-muted-foreground">{detail(talk)}</span>
                </span>
                <span className="text-sm text-muted-foreground">{talk.call?.status === 'in-progress' || !talk.call ? <Elapsed since={talk.since} /> : talk.call.status}</span>
              </button>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

export function title({ call, summary }: GoingOn): string {
  return summary?.customer_name ?? (call ? formatPhone(call.from_number) : (summary?.customer_external_id ?? 'Browser'))
}

/** What the title does not say: the number of somebody with a name, and who answers. */
export function detail(talk: GoingOn): string {
  const { call, summary } = talk
  const number = call ? formatPhone(call.from_number) : undefined
  const agent = summary?.agent_name ? `with ${summary.agent_name}` : call ? `to ${formatPhone(call.to_number)}` : 'Browser or program'
  return number !== undefined && number !== title(talk) ? `${number} · ${agent}` : agent
}
