import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { Select } from '@/components/ui/select'
import { api, take } from '@/lib/api'
import { ACTIONS, type AuditFilter, actionName } from '../api/words'

const ANY = 'any'

export function Filters({ filter, onFilter }: { filter: AuditFilter; onFilter: (filter: AuditFilter) => void }) {
  const id = useId()
  const members = useQuery({ queryKey: ['team', 'list', { of: 'actors' }], queryFn: ({ signal }) => take(api.GET('/members', { params: { query: { limit: 100 } }, signal })) })
  const people = members.data?.items.map(({ user_id, name }) => ({ value: user_id, label: name })) ?? []
  // Keys and former members are chosen in the log itself.
  const actors = filter.actor && !people.some(({ value }) => value === filter.actor) ? [...people, { value: filter.actor, label: filter.actor }] : people
  const actions: readonly string[] = filter.action && !(ACTIONS as readonly string[]).includes(filter.action) ? [...ACTIONS, filter.action] : ACTIONS
  const isSet = Object.values(filter).some((value) => value !== undefined)
  return (
    <div className="mb-4 flex flex-wrap items-end gap-3">
      <div className="w-full space-y-1 sm:w-56">
        <Label htmlFor={`${id}-action`} className="block">
          Action
        </Label>
        <Select
          id={`${id}-action`}
          options={[{ value: ANY, label: 'Any action' }, ...actions.map((value) => ({ value, label: actionName(value) }))]}
          value={filter.action ?? ANY}
          onChange={(action) => onFilter({ ...filter, action: action === ANY ? undefined : action })}
        />
      </div>
      <div className="w-full space-y-1 sm:w-48">
        <Label htmlFor={`${id}-actor`} className="block">
          Who
        </Label>
        <Select
          id={`${id}-actor`}
          options={[{ value: ANY, label: 'Anybody' }, ...actors]}
          value={filter.actor ?? ANY}
          onChange={(actor) => onFilter({ ...filter, actor: actor === ANY ? undefined : actor })}
        />
      </div>
      <Day id={`${id}-from`} label="From" value={filter.from} onChange={(from) => onFilter({ ...filter, from })} />
      <Day id={`${id}-to`} label="To" value={filter.to} onChange={(to) => onFilter({ ...filter, to })} />
      {isSet && (
        <Button variant="ghost" onClick={() => onFilter({})}>
          Clear
        </Button>
      )}
      {filter.target && <p className="basis-full text-sm text-muted-foreground">Only what was done to <span className="font-mono text-xs break-all">{filter.target}</span></p>}
    </div>
  )
}

function Day({ id, label, value, onChange }: { id: string; label: string; value: string | undefined; onChange: (day: string | undefined) => void }) {
  return (
    <div className="space-y-1">
      <Label htmlFor={id} className="block">
        {label}
      </Label>
      <Input id={id} type="date" className="w-40" value={value ?? ''} onChange={(event) => onChange(event.target.value || undefined)} />
    </div>
  )
}
