import { Construction } from 'lucide-react'
import { Card } from './ui/card'
import { PageHeader } from './ui/page-header'
import { EmptyState } from './ui/states'

/** Stands on a route whose page does not exist yet. Such a route is not in the navigation. */
export function NotBuilt({ title }: { title: string }) {
  return (
    <>
      <PageHeader title={title} />
      <Card>
        <EmptyState icon={Construction} title="This page does not exist yet">
          What it will show can be reached through the API: see <a className="underline" href="/docs">/docs</a>.
        </EmptyState>
      </Card>
    </>
  )
}
