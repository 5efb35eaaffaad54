import { KeyRound, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Restricted } from '@/components/restricted'
import { Badge, type BadgeTone } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { type Column, DataTable } from '@/components/ui/data-table'
import { DropdownMenuItem } from '@/components/ui/dropdown-menu'
import { PageHeader } from '@/components/ui/page-header'
import { RowMenu } from '@/components/ui/row-menu'
import { EmptyState } from '@/components/ui/states'
import { Time } from '@/components/ui/time'
import { toast } from '@/components/ui/toast'
import { api, take, useCursorList } from '@/lib/api'
import { type KeyState, keyState } from './api/expiry'
import { type ApiKey, keys, useRevokeKey } from './api/keys'
import { CreateKeyDialog } from './components/create-dialog'

const TONES: Record<KeyState, BadgeTone> = { active: 'success', 'expires soon': 'warning', expired: 'neutral', revoked: 'neutral' }

export function ApiKeysPage() {
  return (
    <Restricted needs="admin" title="API keys">
      <Keys />
    </Restricted>
  )
}

function Keys() {
  const list = useCursorList(keys.list(), (cursor, signal) => take(api.GET('/api-keys', { params: { query: { cursor } }, signal })))
  const [creating, setCreating] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey>()
  const revoke = useRevokeKey()
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      Create API key
    </Button>
  )
  return (
    <>
      <PageHeader title="API keys" description="What programs identify themselves with, in the header X-API-Key." actions={create} />
      <DataTable
        label="API keys"
        columns={columns(setRevoking)}
        list={list}
        rowKey={(key) => key.id}
        empty={
          <EmptyState icon={KeyRound} title="No API keys yet" action={create}>
            A key lets a program use the API: to talk to agents, to read calls, to change what this page changes.
          </EmptyState>
        }
      />
      <CreateKeyDialog open={creating} onOpenChange={setCreating} />
      <ConfirmDialog
        open={revoking !== undefined}
        onOpenChange={(open) => !open && setRevoking(undefined)}
        title={`Revoke ${revoking?.name ?? 'key'}?`}
        confirm="Revoke key"
        onConfirm={async () => {
          if (!revoking) return
          await revoke.mutateAsync(revoking.id)
          toast.done('Key revoked')
        }}
      >
        The next request with it is refused. This cannot be undone; programs that use it need another key.
      </ConfirmDialog>
    </>
  )
}

const columns = (revoke: (key: ApiKey) => void): readonly Column<ApiKey>[] => [
  {
    id: 'name',
    header: 'Name',
    cell: (key) => (
      <>
        <span className="block max-w-64 truncate font-medium" title={key.name}>
          {key.name}
        </span>
        <span className="font-mono text-xs text-muted-foreground">{key.prefix}…</span>
      </>
    ),
  },
  {
    id: 'scopes',
    header: 'Scopes',
    className: 'hidden sm:table-cell',
    cell: (key) => (
      <span className="flex flex-wrap gap-1">
        {key.scopes.map((scope) => (
          <Badge key={scope} tone="outline">
            {scope}
          </Badge>
        ))}
      </span>
    ),
  },
  { id: 'state', header: 'Status', cell: (key) => <State apiKey={key} /> },
  { id: 'used', header: 'Last used', className: 'hidden md:table-cell', cell: (key) => <span className="text-muted-foreground">{key.last_used_at ? <Time at={key.last_used_at} /> : 'Never'}</span> },
  {
    id: 'created',
    header: 'Created',
    className: 'hidden lg:table-cell',
    cell: (key) => (
      <span className="text-muted-foreground">
        <Time at={key.created_at} />
        {key.created_by_name && <span className="block max-w-48 truncate text-sm">by {key.created_by_name}</span>}
      </span>
    ),
  },
  {
    id: 'actions',
    header: <span className="sr-only">Actions</span>,
    className: 'w-12 text-right',
    cell: (key) =>
      key.revoked_at ? null : (
        <RowMenu label={`Actions for ${key.name}`}>
          <DropdownMenuItem destructive onSelect={() => revoke(key)}>
            <Trash2 aria-hidden />
            Revoke…
          </DropdownMenuItem>
        </RowMenu>
      ),
  },
]

function State({ apiKey }: { apiKey: ApiKey }) {
  const state = keyState(apiKey)
  return (
    <>
      <Badge tone={TONES[state]}>{state.charAt(0).toUpperCase() + state.slice(1)}</Badge>
      {apiKey.expires_at && !apiKey.revoked_at && (
        <span className="mt-0.5 block text-sm text-muted-foreground">
          <Time at={apiKey.expires_at} />
        </span>
      )}
    </>
  )
}
