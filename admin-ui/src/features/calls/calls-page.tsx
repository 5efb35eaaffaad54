import { Link } from '@tanstack/react-router'
import { PhoneIncoming, SearchX } from 'lucide-react'
import { conversationColumns } from '@/components/conversations'
import { Button } from '@/components/ui/button'
import { DataTable } from '@/components/ui/data-table'
import { PageHeader } from '@/components/ui/page-header'
import { EmptyState } from '@/components/ui/states'
import { useLive } from '@/lib/api'
import { keys, useConversations } from './api/list'
import { ExportButton } from './components/export-button'
import { FilterBar } from './components/filter-bar'
import { SearchResults } from './components/search-results'
import { type CallFilters, countFilters } from './filters'

interface CallsPageProps {
  /** What the address says. */
  filters: CallFilters
  onFilters: (filters: CallFilters) => void
}

export function CallsPage({ filters, onFilters }: CallsPageProps) {
  return (
    <>
      <PageHeader title="Calls" description="Every conversation with your agents: by phone, in the browser, in writing." actions={filters.q === undefined && <ExportButton filters={filters} />} />
      <FilterBar filters={filters} onChange={onFilters} />
      {filters.q === undefined ? <CallList filters={filters} onFilters={onFilters} /> : <SearchResults filters={filters} />}
    </>
  )
}

const LISTS = [keys.list().slice(0, 2)]

function CallList({ filters, onFilters }: CallsPageProps) {
  const list = useConversations(filters)
  useLive(LISTS)
  const empty =
    countFilters(filters) > 0 ? (
      <EmptyState icon={SearchX} title="Nothing fits these filters" action={<Button onClick={() => onFilters({})}>Clear the filters</Button>}>
        Take one away, or choose other days.
      </EmptyState>
    ) : (
      <EmptyState
        icon={PhoneIncoming}
        title="No calls yet"
        action={
          <Button asChild variant="primary">
            <Link to="/chat">Talk to an agent</Link>
          </Button>
        }
      >
        Calls appear here as soon as somebody rings a registered number, or talks to an agent from a browser.
      </EmptyState>
    )
  return <DataTable label="Calls" columns={conversationColumns} list={list} rowKey={(row) => row.id} expected={8} empty={empty} />
}
