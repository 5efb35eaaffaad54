import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import { PageHeader } from '@/components/ui/page-header'
import { EmptyState } from '@/components/ui/states'
import { useIsOperator } from '@/lib/session'

/** For whoever runs the server; others are told so. */
export function OperatorsOnly({ title, children }: { title: string; children: ReactNode }) {
  if (useIsOperator()) return children
  return (
    <>
      <PageHeader title={title} />
      <Card>
        <EmptyState icon={Lock} title="Only operators see this page">
          Operators run the server. Their addresses are in its configuration (OPERATOR_EMAILS), and have to be confirmed.
        </EmptyState>
      </Card>
    </>
  )
}
