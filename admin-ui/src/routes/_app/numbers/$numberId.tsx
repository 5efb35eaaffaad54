import { createFileRoute } from '@tanstack/react-router'
import { NumberPage } from '@/features/numbers'

export const Route = createFileRoute('/_app/numbers/$numberId')({ component: Page })

function Page() {
  const { numberId } = Route.useParams()
  return <NumberPage numberId={numberId} />
}
