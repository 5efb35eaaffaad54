import { useQuery } from '@tanstack/react-query'
import { Eraser, History, Pencil } from 'lucide-react'
import { useState } from 'react'
import { conversationColumns } from '@/components/conversations'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { CopyButton } from '@/components/ui/copy-button'
import { DataTable } from '@/components/ui/data-table'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { PageHeader } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { EmptyState, ErrorState } from '@/components/ui/states'
import { isRecord } from '@/lib/conversations'
import { formatDateTime, formatPhone } from '@/lib/format'
import { useCan } from '@/lib/session'
import { type Customer, customerQuery, eraseCustomer, useHistory } from './api/queries'
import { CustomerForm } from './components/customer-form'
import { Erasure } from './components/erasure'

const BACK = { to: '/customers', label: 'Customers' }

export function CustomerPage({ customerId }: { customerId: string }) {
  const [job, setJob] = useState<string>()
  const { data, error, refetch } = useQuery({ ...customerQuery(customerId), enabled: job === undefined })
  if (job !== undefined) return <Erasure job={job} />
  if (data) return <Shown customer={data} erasing={setJob} />
  return (
    <>
      <PageHeader title="Customer" back={BACK} />
      {error ? (
        <Card>
          <ErrorState error={error} retry={() => void refetch()} />
        </Card>
      ) : (
        <div className="space-y-6">
          <Skeleton className="h-40" />
          <Skeleton className="h-64" />
        </div>
      )}
    </>
  )
}

function Shown({ customer, erasing }: { customer: Customer; erasing: (job: string) => void }) {
  const [open, setOpen] = useState<'edit' | 'erase'>()
  const mayManage = useCan('manage')
  const mayErase = useCan('admin')
  const close = () => setOpen(undefined)
  const title = customer.name ?? (customer.phone ? formatPhone(customer.phone) : (customer.external_id ?? 'Customer'))
  return (
    <>
      <PageHeader
        title={title}
        back={BACK}
        actions={
          <>
            {mayErase && (
              <Button onClick={() => setOpen('erase')}>
                <Eraser aria-hidden />
                Erase
              </Button>
            )}
            {mayManage && (
              <Button variant="primary" onClick={() => setOpen('edit')}>
                <Pencil aria-hidden />
                Edit
              </Button>
            )}
          </>
        }
      />
      <div className="space-y-6">
        <Facts customer={customer} />
        <section aria-labelledby="conversations" className="space-y-3">
          <h2 id="conversations" className="text-base font-semibold">
            Conversations
          </h2>
          <Conversations id={customer.id} />
        </section>
      </div>
      <Dialog open={open === 'edit'} onOpenChange={close}>
        <DialogContent title="Edit customer">
          <CustomerForm customer={customer} close={close} />
        </DialogContent>
      </Dialog>
      <ConfirmDialog
        open={open === 'erase'}
        onOpenChange={close}
        title="Erase this customer?"
        confirm="Erase for good"
        typed="erase"
        onConfirm={async () => erasing((await eraseCustomer(customer.id)).job_id)}
      >
        All that they said and were told goes on every channel: recordings, transcripts, analyses. Their name, numbers and metadata go at once. What was used stays counted. It cannot be taken back.
      </ConfirmDialog>
    </>
  )
}

function Facts({ customer }: { customer: Customer }) {
  const metadata = isRecord(customer.metadata) ? Object.entries(customer.metadata) : []
  const facts: [string, React.ReactNode][] = [
    ['Phone', customer.phone ? formatPhone(customer.phone) : 'None'],
    ['Your id', customer.external_id ?? 'None'],
    ['Known since', formatDateTime(customer.created_at)],
    [
      'Id',
      <span key="id" className="flex items-center gap-1">
        <span className="min-w-0 truncate font-mono text-sm">{customer.id}</span>
        <CopyButton text={customer.id} label="Copy the id" className="-my-1" />
      </span>,
    ],
  ]
  return (
    <div className="grid gap-6 lg:grid-cols-2">
      <Card>
        <CardHeader title="Details" />
        <CardContent>
          <List facts={facts} />
        </CardContent>
      </Card>
      <Card>
        <CardHeader title="Metadata" description="What agents may be told of them." />
        <CardContent>
          {metadata.length > 0 ? (
            <List facts={metadata.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)])} />
          ) : (
            <p className="text-sm text-muted-foreground">Nothing is noted. Agents’ texts can name fields of it, as {'{{customer.metadata.plan}}'}.</p>
          )}
        </CardContent>
      </Card>
    </div>
  )
}

function List({ facts }: { facts: [string, React.ReactNode][] }) {
  return (
    <dl className="space-y-2">
      {facts.map(([label, value]) => (
        <div key={label} className="grid grid-cols-[7rem_minmax(0,1fr)] gap-2">
          <dt className="truncate text-muted-foreground" title={label}>
            {label}
          </dt>
          <dd className="min-w-0 break-words tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Conversations({ id }: { id: string }) {
  const list = useHistory(id)
  return (
    <DataTable
      label="Conversations"
      columns={conversationColumns}
      list={list}
      rowKey={(row) => row.id}
      empty={
        <EmptyState icon={History} title="No conversations yet">
          Calls from their number appear here, and sessions that name your id of them.
        </EmptyState>
      }
    />
  )
}
