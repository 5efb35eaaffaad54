import type { ReactNode } from 'react'
import { Card } from '@/components/ui/card'
import { PageTitle } from '@/components/ui/page-header'

interface PanelProps {
  title: string
  description?: ReactNode
  children?: ReactNode
  /** Below the card: the way to another page. */
  footer?: ReactNode
}

export function Panel({ title, description, children, footer }: PanelProps) {
  return (
    <>
      <PageTitle title={title} />
      <Card className="p-6">
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        {description && <div className="mt-1 text-muted-foreground">{description}</div>}
        {children && <div className="mt-5">{children}</div>}
      </Card>
      {footer && <p className="mt-4 text-center text-sm text-muted-foreground [&_a]:font-medium [&_a]:text-primary-text [&_a]:underline-offset-4 [&_a]:hover:underline">{footer}</p>}
    </>
  )
}
