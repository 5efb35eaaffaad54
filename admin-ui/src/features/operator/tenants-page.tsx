import { Link } from '@tanstack/react-router'
import { Building2, Search } from 'lucide-react'
import { useDeferredValue, useEffect, useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { type Column, DataTable } from '@/components/ui/data-table'
import { Input } from '@/components/ui/input'
import { PageHeader } from '@/components/ui/page-header'
import { EmptyState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { api, take, useCursorList } from '@/lib/api'
import { formatCount } from '@/lib/format'
import { type Tenant, keys } from './api/operator'
import { STATUSES, matches } from './api/words'
import { OperatorsOnly } from './components/operators-only'

export function TenantsPage() {
  return (
    <OperatorsOnly title="Tenants">
      <Tenants />
    </OperatorsOnly>
  )
}

function Tenants() {
  const [typed, setTyped] = useState('')
  const query = useDeferredValue(typed)
  const list = useCursorList(keys.list({ of: 'tenants' }), (cursor, signal) => take(api.GET('/operator/tenants', { params: { query: { cursor, limit: 100 } }, signal })))
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = list
  const isSearching = query.trim() !== ''
  // The API does not search: what is looked for may be on a page that is not here yet.
  useEffect(() => {
    if (isSearching && hasNextPage && !isFetchingNextPage && !isError) void fetchNextPage()
  }, [isSearching, hasNextPage, isFetchingNextPage, isError, fetchNextPage])
  const found = isSearching ? list.items?.filter((tenant) => matches(tenant, query)) : list.items
  return (
    <>
      <PageHeader title="Tenants" description="Who uses this server. You see how big they are, and none of their content." />
      <div className="relative mb-3 max-w-sm">
        <Search className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted-foreground" aria-hidden />
        <Input type="search" aria-label="Search tenants" placeholder="Name or id" className="pl-8" value={typed} onChange={(event) => setTyped(event.target.value)} />
      </div>
      <p className="sr-only" aria-live="polite">
        {isSearching && found ? `${formatCount(found.length)} found${hasNextPage ? ', still searching' : ''}` : ''}
      </p>
      <DataTable
        label="Tenants"
        columns={COLUMNS}
        list={{ ...list, items: found }}
        rowKey={(tenant) => tenant.id}
        empty={
          hasNextPage ? (
            <EmptyState icon={Search} title="Searching…" />
          ) : (
            <EmptyState icon={Building2} title={isSearching ? 'No such tenant' : 'No tenants yet'} action={isSearching && <Button onClick={() => setTyped('')}>Clear the search</Button>}>
              {isSearching ? 'No name has this in it, and no id begins with it.' : 'A tenant is made when somebody signs up.'}
            </EmptyState>
          )
        }
      />
    </>
  )
}

const COLUMNS: readonly Column<Tenant>[] = [
  {
    id: 'name',
    header: 'Name',
    cell: (tenant) => (
      <Link to="/operator/tenants/$tenantId" params={{ tenantId: tenant.id }} className="font-medium hover:underline">
        {tenant.name}
      </Link>
    ),
  },
  { id: 'status', header: 'Status', cell: ({ status }) => <Badge tone={STATUSES[status].tone}>{STATUSES[status].label}</Badge> },
  { id: 'members', header: 'Members', className: 'hidden md:table-cell text-right', cell: ({ members }) => formatCount(members) },
  { id: 'agents', header: 'Agents', className: 'hidden md:table-cell text-right', cell: ({ agents }) => formatCount(agents) },
  { id: 'numbers', header: 'Numbers', className: 'hidden lg:table-cell text-right', cell: ({ phone_numbers }) => formatCount(phone_numbers) },
  { id: 'calls', header: 'Calls now', className: 'hidden sm:table-cell text-right', cell: ({ calls_in_progress }) => (calls_in_progress > 0 ? <Badge lamp>{formatCount(calls_in_progress)}</Badge> : '0') },
  {
    id: 'created',
    header: 'Created',
    className: 'hidden lg:table-cell text-right',
    cell: ({ created_at }) => (
      <span className="text-muted-foreground">
        <Time at={created_at} />
      </span>
    ),
  },
]
