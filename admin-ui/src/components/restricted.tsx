import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { type Permission, useCan, useMe } from '@/lib/session'
import { Card } from './ui/card'
import { PageHeader } from './ui/page-header'
import { EmptyState } from './ui/states'

/** A page that a role may not see says so, and who could change it; nothing is asked of the API. */
export function Restricted({ needs, title, children }: { needs: Permission; title: string; children: ReactNode }) {
  const may = useCan(needs)
  const { tenant } = useMe()
  if (may) return children
  return (
    <>
      <PageHeader title={title} />
      <Card>
        <EmptyState icon={Lock} title={needs === 'own' ? 'Only owners see this page' : 'Only admins and owners see this page'}>
          You are {article(tenant.role)} {tenant.role} of {tenant.name}. An admin can give you another role.
        </EmptyState>
      </Card>
    </>
  )
}

function article(role: string): string {
  return /^[aeiou]/.test(role) ? 'an' : 'a'
}
