import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ArrowRight, CalendarClock, Headset, LoaderCircle, type LucideIcon, ShoppingBasket } from 'lucide-react'
import { toast } from '@/components/ui/toast'
import { api, idempotencyKey, queryKeys, take } from '@/lib/api'
import { TEMPLATES, type Template } from '@/lib/templates'

const ICONS: Record<string, LucideIcon> = { reception: Headset, appointments: CalendarClock, orders: ShoppingBasket }

/** One press makes an agent and opens a conversation with it. */
export function QuickStart() {
  const navigate = useNavigate()
  const client = useQueryClient()
  const make = useMutation({
    mutationFn: ({ name, settings }: Template) => take(api.POST('/agents', { params: { header: { 'Idempotency-Key': idempotencyKey() } }, body: { name, ...settings } })),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: queryKeys('agents').all })
      await navigate({ to: '/chat', search: { agent: id } })
    },
    onError: toast.error,
  })
  return (
    <ul aria-label="Agents to begin with" className="grid gap-3 md:grid-cols-3">
      {TEMPLATES.map((template) => {
        const Icon = ICONS[template.key] ?? Headset
        const isMade = make.isPending && make.variables.key === template.key
        return (
          <li key={template.key} className="flex">
            <button
              type="button"
              disabled={make.isPending}
              onClick={() => make.mutate(template)}
              className="group flex flex-1 items-start gap-3 rounded-lg border border-input bg-card p-4 text-left shadow-xs transition-colors hover:border-primary hover:bg-primary-soft disabled:opacity-60"
            >
              <span className="grid size-9 shrink-0 place-items-center rounded-full bg-primary-soft text-primary-text transition-colors group-hover:bg-card">
                {isMade ? <LoaderCircle className="size-4.5 animate-spin" aria-hidden /> : <Icon className="size-4.5" aria-hidden />}
              </span>
              <span className="min-w-0 flex-1">
                <span className="flex items-center gap-1.5 font-semibold">
                  {template.name}
                  <ArrowRight className="size-3.5 text-muted-foreground transition-transform group-hover:translate-x-0.5" aria-hidden />
                </span>
                <span className="block text-sm text-muted-foreground">{template.description}</span>
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
