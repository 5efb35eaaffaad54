import { useQuery } from '@tanstack/react-query'
import { ListFilter, Search, X } from 'lucide-react'
import { useEffect, useEffectEvent, useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { type Option, Select } from '@/components/ui/select'
import { CHANNELS, ENDINGS, sentence } from '@/lib/conversations'
import { agentsQuery, customerQuery, numbersQuery } from '../api/list'
import { type CallFilters, SENTIMENTS, countFilters, parseFilters } from '../filters'

interface FilterBarProps {
  filters: CallFilters
  onChange: (filters: CallFilters) => void
}

/** A select's value for "no filter": it knows no empty one. */
const ANY = 'any'

const CHANNEL_OPTIONS: Option[] = [{ value: ANY, label: 'All channels' }, ...Object.entries(CHANNELS).map(([value, label]) => ({ value, label }))]
const STATE_OPTIONS: Option[] = [
  { value: ANY, label: 'Any state' },
  { value: 'active', label: 'Going on' },
  { value: 'ended', label: 'Ended' },
]
const SENTIMENT_OPTIONS: Option[] = [{ value: ANY, label: 'Any' }, ...SENTIMENTS.map((value) => ({ value, label: sentence(value) }))]
const END_OPTIONS: Option[] = [{ value: ANY, label: 'However it ended' }, ...Object.entries(ENDINGS).map(([value, { label }]) => ({ value, label }))]

export function FilterBar({ filters, onChange }: FilterBarProps) {
  const set = (change: Partial<CallFilters>) => onChange(parseFilters({ ...filters, ...change }))
  const pick = (name: keyof CallFilters) => (value: string) => set({ [name]: value === ANY ? undefined : value })
  const count = countFilters(filters)
  return (
    <div className="mb-4 space-y-3">
      <div className="flex flex-wrap gap-2" role="search">
        <SearchBox value={filters.q ?? ''} onChange={(q) => set({ q })} />
        <Select aria-label="Channel" className="w-36" options={CHANNEL_OPTIONS} value={filters.channel ?? ANY} onChange={pick('channel')} />
        {filters.q === undefined && <Select aria-label="State" className="w-32" options={STATE_OPTIONS} value={filters.status ?? ANY} onChange={pick('status')} />}
        <MoreFilters filters={filters} set={set} pick={pick} count={count} />
      </div>
      {count > 0 && <Chips filters={filters} onChange={onChange} set={set} />}
    </div>
  )
}

/** Milliseconds without a key before the words are taken over. */
const TYPING_MS = 300

function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value)
  const [before, setBefore] = useState(value)
  // The address changed by other means: the way back, a chip.
  if (before !== value) {
    setBefore(value)
    if (value !== text.trim()) setText(value)
  }
  const take = useEffectEvent((words: string) => {
    if (words !== value) onChange(words)
  })
  useEffect(() => {
    const timer = window.setTimeout(() => take(text.trim()), TYPING_MS)
    return () => window.clearTimeout(timer)
  }, [text])
  return (
    <div className="relative min-w-56 flex-1">
      <Search className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted-foreground" aria-hidden />
      <Input type="search" aria-label="Search in transcripts" placeholder="Search what was said…" maxLength={500} className="pl-8" value={text} onChange={(event) => setText(event.target.value)} />
    </div>
  )
}

interface MoreProps {
  filters: CallFilters
  set: (change: Partial<CallFilters>) => void
  pick: (name: keyof CallFilters) => (value: string) => void
  count: number
}

function MoreFilters({ filters, set, pick, count }: MoreProps) {
  const agents = useQuery(agentsQuery)
  const numbers = useQuery(numbersQuery)
  const agentOptions: Option[] = [{ value: ANY, label: 'All agents' }, ...(agents.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))]
  const numberOptions: Option[] = [
    { value: ANY, label: 'All numbers' },
    ...(numbers.data?.items ?? []).map(({ id, label, phone_number }) => ({ value: id, label: label ? `${label} (${phone_number})` : phone_number })),
  ]
  const searches = filters.q !== undefined
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button>
          <ListFilter aria-hidden />
          Filters
          {count > 0 && <span className="rounded-full bg-primary px-1.5 text-xs text-primary-foreground">{count}</span>}
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" aria-label="Filters" className="w-80 space-y-3">
        <Labelled label="Agent">{(id) => <Select id={id} options={agentOptions} value={filters.agent ?? ANY} onChange={pick('agent')} />}</Labelled>
        <div className="grid grid-cols-2 gap-2">
          <Labelled label="From day">{(id) => <Input id={id} type="date" max={filters.to} value={filters.from ?? ''} onChange={(event) => set({ from: event.target.value })} />}</Labelled>
          <Labelled label="To day">{(id) => <Input id={id} type="date" min={filters.from} value={filters.to ?? ''} onChange={(event) => set({ to: event.target.value })} />}</Labelled>
        </div>
        {searches ? (
          <p className="text-sm text-muted-foreground">Number, caller, end and outcome narrow the list when nothing is searched for.</p>
        ) : (
          <>
            <Labelled label="Your number">{(id) => <Select id={id} options={numberOptions} value={filters.number ?? ANY} onChange={pick('number')} />}</Labelled>
            <TextField label="Caller’s number" type="tel" placeholder="+1 415 555 0100" value={filters.caller ?? ''} onChange={(caller) => set({ caller })} />
            <Labelled label="End">{(id) => <Select id={id} options={END_OPTIONS} value={filters.end ?? ANY} onChange={pick('end')} />}</Labelled>
            <div className="grid grid-cols-2 gap-2">
              <TextField label="Outcome" placeholder="resolved" value={filters.outcome ?? ''} onChange={(outcome) => set({ outcome })} />
              <Labelled label="Sentiment">{(id) => <Select id={id} options={SENTIMENT_OPTIONS} value={filters.sentiment ?? ANY} onChange={pick('sentiment')} />}</Labelled>
            </div>
          </>
        )}
      </PopoverContent>
    </Popover>
  )
}

interface TextFieldProps {
  label: string
  type?: 'text' | 'tel'
  placeholder: string
  value: string
  onChange: (value: string) => void
}

/** Taken over with Enter, or when it is left. */
function TextField({ label, type = 'text', placeholder, value, onChange }: TextFieldProps) {
  const [text, setText] = useState(value)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onChange(text)
      }}
    >
      <Labelled label={label}>{(id) => <Input id={id} type={type} placeholder={placeholder} value={text} onChange={(event) => setText(event.target.value)} onBlur={() => text !== value && onChange(text)} />}</Labelled>
    </form>
  )
}

function Labelled({ label, children }: { label: string; children: (id: string) => React.ReactNode }) {
  const id = useId()
  return (
    <div className="space-y-1">
      <Label htmlFor={id}>{label}</Label>
      {children(id)}
    </div>
  )
}

/** What narrows the list, each to be taken away. */
function Chips({ filters, onChange, set }: Pick<MoreProps, 'filters' | 'set'> & Pick<FilterBarProps, 'onChange'>) {
  const agents = useQuery(agentsQuery)
  const numbers = useQuery(numbersQuery)
  const customer = useQuery({ ...customerQuery(filters.customer ?? ''), enabled: filters.customer !== undefined })
  const { channel, status, agent, number, caller, end, outcome, sentiment, from, to } = filters
  const chips: [keyof CallFilters, string][] = []
  const add = (name: keyof CallFilters, label: string | undefined) => label !== undefined && chips.push([name, label])
  if (channel) add('channel', CHANNELS[channel])
  if (status) add('status', status === 'active' ? 'Going on' : 'Ended')
  if (agent) add('agent', agents.data?.items.find(({ id }) => id === agent)?.name ?? 'One agent')
  if (number) add('number', numbers.data?.items.find(({ id }) => id === number)?.phone_number ?? 'One number')
  if (filters.customer) add('customer', customer.data?.name ?? customer.data?.phone ?? customer.data?.external_id ?? 'One customer')
  if (caller) add('caller', `From ${caller}`)
  if (end) add('end', ENDINGS[end]?.label)
  if (outcome) add('outcome', sentence(outcome))
  if (sentiment) add('sentiment', sentence(sentiment))
  if (from) add('from', `Since ${from}`)
  if (to) add('to', `Until ${to}`)
  return (
    <ul aria-label="Filters that are set" className="flex flex-wrap items-center gap-1.5">
      {chips.map(([name, label]) => (
        <li key={name} className="flex items-center gap-1 rounded-full bg-primary-soft py-0.5 pr-1 pl-2.5 text-sm text-primary-text">
          {label}
          <button type="button" aria-label={`Take away ${label}`} className="rounded-full p-0.5 hover:bg-primary/15" onClick={() => set({ [name]: undefined })}>
            <X className="size-3.5" aria-hidden />
          </button>
        </li>
      ))}
      <li>
        <Button variant="ghost" size="sm" onClick={() => onChange(filters.q === undefined ? {} : { q: filters.q })}>
          Clear
        </Button>
      </li>
    </ul>
  )
}
