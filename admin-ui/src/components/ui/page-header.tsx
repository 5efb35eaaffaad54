import { ArrowLeft } from 'lucide-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

interface PageHeaderProps {
  /** Names the document, too. */
  title: string
  /** Beside the title: a badge. */
  aside?: ReactNode
  description?: ReactNode
  actions?: ReactNode
  back?: { to: string; label: string }
}

export function PageHeader({ title, aside, description, actions, back }: PageHeaderProps) {
  return (
    <header className="mb-6 space-y-2">
      <PageTitle title={title} />
      {back && (
        <Link to={back.to} className="inline-flex items-center gap-1.5 text-sm text-muted-foreground hover:text-foreground">
          <ArrowLeft className="size-3.5" aria-hidden />
          {back.label}
        </Link>
      )}
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-2.5">
            <h1 className="text-xl font-semibold tracking-tight break-words">{title}</h1>
            {aside}
          </div>
          {description && <p className="mt-0.5 max-w-2xl text-muted-foreground">{description}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </header>
  )
}

/** The document's name, for pages with a header of their own. */
export function PageTitle({ title }: { title: string }) {
  return <title>{`${title} · Switchboard`}</title>
}
