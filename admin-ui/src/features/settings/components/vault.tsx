import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card, CardContent, CardHeader } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Table, Td, Th } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import { toast } from '@/components/ui/toast'
import type { Schema } from '@/lib/api'
import { useCan } from '@/lib/session'
import { useRotateVault } from '../api/settings'

/** The keys that seal the tenant's secrets. */
export function Vault({ dataKeys }: { dataKeys: readonly Schema<'DataKey'>[] }) {
  const mayOwn = useCan('own')
  const [asking, setAsking] = useState(false)
  const rotate = useRotateVault()
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="Data keys"
        description={`They seal your providers’ keys, auth tokens and secrets of webhooks. Changed once a year by itself.${mayOwn ? '' : ' Only owners change them.'}`}
        actions={mayOwn && <Button onClick={() => setAsking(true)}>Change data key</Button>}
      />
      {dataKeys.length === 0 ? (
        <CardContent className="text-sm text-muted-foreground">None yet: the first comes with the first secret.</CardContent>
      ) : (
        <Table aria-label="Data keys">
          <thead>
            <tr>
              <Th>Key</Th>
              <Th>State</Th>
              <Th className="hidden sm:table-cell">Sealed by the operator’s key</Th>
              <Th className="text-right">Made</Th>
            </tr>
          </thead>
          <tbody>
            {dataKeys.map(({ id, retired_at, operator_key_id, created_at }) => (
              <tr key={id}>
                <Td className="font-mono text-xs break-all">{id}</Td>
                <Td>{retired_at ? <Badge>Only opens</Badge> : <Badge tone="success">Seals</Badge>}</Td>
                <Td className="hidden font-mono text-xs sm:table-cell">{operator_key_id}</Td>
                <Td className="text-right text-muted-foreground">
                  <Time at={created_at} />
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        destructive={false}
        title="Change the data key?"
        confirm="Change data key"
        onConfirm={async () => {
          await rotate.mutateAsync(undefined)
          toast.done('New secrets are sealed by a new key')
        }}
      >
        A job seals all secrets anew, while they are in use. The old key goes when nothing is sealed by it any more.
      </ConfirmDialog>
    </Card>
  )
}
