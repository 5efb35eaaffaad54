import { Link, useNavigate } from '@tanstack/react-router'
import { FileUp, Plus, Search, SearchX, Users } from 'lucide-react'
import { useEffect, useEffectEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { Input } from '@/components/ui/input'
import { PageHeader } from '@/components/ui/page-header'
import { Select } from '@/components/ui/select'
import { EmptyState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { formatPhone } from '@/lib/format'
import { useCan } from '@/lib/session'
import { type Customer, useCustomers } from './api/queries'
import { CustomerForm } from './components/customer-form'
import { ImportDialog } from './components/import-dialog'
import { type CustomerFilters, parseFilters } from './filters'

interface CustomersPageProps {
  filters: CustomerFilters
  onFilters: (filters: CustomerFilters) => void
}

const COLUMNS: readonly Column<Customer>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: (row) => (
      <Link to="/customers/$customerId" params={{ customerId: row.id }} className="block max-w-64 truncate font-medium hover:underline">
        {row.name ?? (row.phone ? formatPhone(row.phone) : row.external_id)}
      </Link>
    ),
  },
  { id: 'phone', header: 'Phone', cell: (row) => <span className="whitespace-nowrap">{row.phone ? formatPhone(row.phone) : '–'}</span> },
  { id: 'external', header: 'Your id', className: 'hidden sm:table-cell', cell: (row) => <span className="block max-w-48 truncate">{row.external_id ?? '–'}</span> },
  { id: 'created', header: 'Known since', className: 'hidden md:table-cell', cell: (row) => <Time at={row.created_at} /> },
]

export function CustomersPage({ filters, onFilters }: CustomersPageProps) {
  const list = useCustomers(filters)
  const mayManage = useCan('manage')
  const navigate = useNavigate()
  const [open, setOpen] = useState<'new' | 'import'>()
  const close = () => setOpen(undefined)
  const actions = mayManage && (
    <>
      <Button onClick={() => setOpen('import')}>
        <FileUp aria-hidden />
        Import
      </Button>
      <Button variant="primary" onClick={() => setOpen('new')}>
        <Plus aria-hidden />
        Add customer
      </Button>
    </>
  )
  const empty =
    filters.q !== undefined ? (
      <EmptyState icon={SearchX} title="Nobody is called that" action={<Button onClick={() => onFilters({})}>Show all customers</Button>}>
        Names are found by their beginning, phone numbers and your ids whole.
      </EmptyState>
    ) : (
      <EmptyState icon={Users} title="No customers yet" action={mayManage && <Button onClick={() => setOpen('import')}>Import customers</Button>}>
        Whoever calls is noted down here by their number. Add or import those whom you know already: agents can greet them by name.
      </EmptyState>
    )
  return (
    <>
      <PageHeader title="Customers" description="Whom your agents talk to, by number or by your own id." actions={actions} />
      <Finder filters={filters} onFilters={onFilters} />
      <DataTable label="Customers" columns={COLUMNS} list={list} rowKey={(row) => row.id} expected={8} empty={empty} />
      <Dialog open={open === 'new'} onOpenChange={close}>
        <DialogContent title="Add customer">
          <CustomerForm close={close} saved={({ id }) => void navigate({ to: '/customers/$customerId', params: { customerId: id } })} />
        </DialogContent>
      </Dialog>
      <Dialog open={open === 'import'} onOpenChange={close}>
        <ImportDialog close={close} />
      </Dialog>
    </>
  )
}

const BY_OPTIONS = [
  { value: 'name', label: 'Name' },
  { value: 'phone', label: 'Phone' },
  { value: 'external_id', label: 'Your id' },
]

/** Milliseconds without a key before the words are taken over. */
const TYPING_MS = 300

function Finder({ filters, onFilters }: CustomersPageProps) {
  const [text, setText] = useState(filters.q ?? '')
  const [before, setBefore] = useState(filters.q)
  // The address changed by other means: the way back, a button.
  if (before !== filters.q) {
    setBefore(filters.q)
    if ((filters.q ?? '') !== text.trim()) setText(filters.q ?? '')
  }
  const take = useEffectEvent((q: string) => {
    if (q !== (filters.q ?? '')) onFilters(parseFilters({ ...filters, q }))
  })
  useEffect(() => {
    const timer = window.setTimeout(() => take(text.trim()), TYPING_MS)
    return () => window.clearTimeout(timer)
  }, [text])
  return (
    <div role="search" className="mb-4 flex gap-2">
      <Select aria-label="Search by" className="w-28 shrink-0" options={BY_OPTIONS} value={filters.by ?? 'name'} onChange={(by) => onFilters(parseFilters({ ...filters, by }))} />
      <div className="relative min-w-0 flex-1 sm:max-w-sm">
        <Search className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted-foreground" aria-hidden />
        <Input type="search" aria-label="Search customers" placeholder="Search…" maxLength={200} className="pl-8" value={text} onChange={(event) => setText(event.target.value)} />
      </div>
    </div>
  )
}
