import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { Compass } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { PageTitle } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { EmptyState, ErrorState } from '@/components/ui/states'

export function NotFound() {
  return (
    <>
      <PageTitle title="Not found" />
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={Compass}
        title="There is no such page"
        className="min-h-[60dvh] justify-center"
        action={
          <Button asChild>
            <Link to="/">To the overview</Link>
          </Button>
        }
      >
        The address may be mistyped, or what it showed was deleted.
      </EmptyState>
    </>
  )
}

export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const retry = () => {
    reset()
    void router.invalidate()
  }
  return (
    <>
      <PageTitle title="Error" />
      <h1 className="sr-only">Error</h1>
      <ErrorState error={error} retry={retry} className="min-h-[60dvh] justify-center" />
    </>
  )
}

export function PageSkeleton() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton className="mb-7 h-8 w-48" />
      <Skeleton className="h-64 w-full" />
    </div>
  )
}
